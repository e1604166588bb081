"""Tables as lines of JSON, the same from SQLite and PostgreSQL: first the columns, then a list of values for each row, by key."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.db import connection, models

# What is no part of a hub's data: who is logged in just now, and what is being done just now.
LEFT_OUT = {"sessions.session", "django_tasks_database.dbtaskresult"}
_ROWS = 2000
Row = list[object]


def models_kept(apps: Apps = current_apps) -> list[type[models.Model]]:
    """Every model whose rows are kept, by label; also those of other packages and of later versions of these apps."""
    found = [model for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT]  # fmt: skip
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """The fields that have a column which is written."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def rows_as_lines(model: type[models.Model]) -> Iterator[bytes]:
    """The columns' names, then the rows in the order of their keys, a line each."""
    fields = columns_of(model)
    names = [field.attname for field in fields]
    coders = [_coder(field) for field in fields]
    yield _line(names)
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(chunk_size=_ROWS):
        yield _line([value if code is None or value is None else code(value) for code, value in zip(coders, row, strict=True)])  # fmt: skip


def insert_lines(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Inserts rows given as lines (the columns first) with their keys; gives how many. ValueError where a column is unknown."""
    lines = iter(lines)
    names = json.loads(next(lines))
    fields = {field.attname: field for field in columns_of(model)}
    if unknown := [name for name in names if name not in fields]:
        raise ValueError(f"{model._meta.label} has no column {', '.join(unknown)}")
    chosen = [fields[name] for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in chosen)
    places = ", ".join(["%s"] * len(chosen))
    command = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"
    decoders = [_decoder(field) for field in chosen]
    count = 0
    with connection.cursor() as cursor:
        while batch := list(islice(lines, _ROWS)):
            cursor.executemany(command, [_decoded(json.loads(line), decoders) for line in batch])
            count += len(batch)
    return count


def _line(values: Sequence[object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def _decoded(row: Row, decoders: Sequence[Callable[[object], object] | None]) -> Row:
    return [value if decode is None or value is None else decode(value) for value, decode in zip(row, decoders, strict=True)]  # fmt: skip


def _coder(field: models.Field) -> Callable[[object], object] | None:
    """What makes a column's values JSON; None where they are."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.JSONField | models.CharField | models.TextField | models.IntegerField | models.BooleanField | models.FloatField):  # fmt: skip
        return None
    if isinstance(kind, models.BinaryField):
        return lambda value: base64.b64encode(bytes(value)).decode()
    if isinstance(kind, models.DateField | models.TimeField):
        return lambda value: value.isoformat()
    return str


def _decoder(field: models.Field) -> Callable[[object], object] | None:
    """What makes of a JSON value what the database takes; None where it takes it."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.BinaryField):
        return lambda value: field.get_db_prep_save(base64.b64decode(value), connection)
    if isinstance(kind, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    if _coder(field) is None:
        return None
    return lambda value: field.get_db_prep_save(kind.to_python(value), connection)
