"""Rows written in bulk, past the services: without indexes and syncing on SQLite, with COPY on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import repeat

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

_FLUSHED_AT = 20_000
_SQLITE_WHILE_WRITING = {
    "synchronous": "OFF", "foreign_keys": "OFF", "journal_mode": "OFF", "cache_size": "-800000", "temp_store": "MEMORY",
    "threads": "2",
}  # fmt: skip


class Tables:
    """Rows of any table, numbered as they come and written when there are enough of them."""

    def __init__(self, fields: dict[type[models.Model], Sequence[str]]) -> None:
        self.fields = fields
        self.rows: dict[type[models.Model], list[tuple]] = {model: [] for model in fields}
        self.last: dict[type[models.Model], int] = dict.fromkeys(fields, 0)

    def next(self, model: type[models.Model]) -> int:
        """The key that the next row will have."""
        return self.last[model] + 1

    def add(self, model: type[models.Model], *values: object) -> int:
        """A row; gives its key."""
        key = self.last[model] = self.last[model] + 1
        rows = self.rows[model]
        rows.append((key, *values))
        if len(rows) >= _FLUSHED_AT:
            self._write(model)
        return key

    def add_keyed(self, model: type[models.Model], *values: object) -> None:
        """A row whose key is among its values."""
        rows = self.rows[model]
        rows.append(values)
        if len(rows) >= _FLUSHED_AT:
            self._write(model)

    def flush(self) -> None:
        """Writes what is left."""
        for model in self.rows:
            self._write(model)

    def _write(self, model: type[models.Model]) -> None:
        rows = self.rows[model]
        if not rows:
            return
        names = self.fields[model]
        if len(rows[0]) > len(names):
            names = ("id", *names)
        table = connection.ops.quote_name(model._meta.db_table)
        columns = ", ".join(connection.ops.quote_name(model._meta.get_field(name).column) for name in names)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(repeat("?", len(names)))
            # Past Django's cursor, which looks at every value again.
            connection.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)
        rows.clear()


def stamp(at: datetime) -> str:
    """A time (UTC) as the database keeps it."""
    return at.strftime("%Y-%m-%d %H:%M:%S") + ("+00:00" if connection.vendor == "postgresql" else "")


@contextmanager
def written_in_bulk() -> Iterator[None]:
    """One transaction. SQLite: without indexes, triggers and syncing until all is written; then the indexes are made."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        with connection.cursor() as cursor:
            for command in connection.ops.sequence_reset_sql(no_style(), _our_models()):
                cursor.execute(command)
            cursor.execute("ANALYZE")
        return
    with connection.cursor() as cursor:
        before = {}
        for name, value in _SQLITE_WHILE_WRITING.items():
            cursor.execute(f"PRAGMA {name}")
            before[name] = (cursor.fetchone() or ("",))[0]
            cursor.execute(f"PRAGMA {name}={value}")
        tables = ", ".join(f"'{model._meta.db_table}'" for model in _our_models())
        cursor.execute(f"SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({tables})")  # fmt: skip
        made_later = cursor.fetchall()
        for what, name, _ in made_later:
            cursor.execute(f'DROP {what} "{name}"')
        with transaction.atomic():
            yield
        cursor.execute("INSERT INTO store_searchindex(store_searchindex) VALUES ('rebuild')")
        for _, _, sql in made_later:
            cursor.execute(sql)
        cursor.execute("PRAGMA analysis_limit=2000")
        cursor.execute("ANALYZE")
        for name, value in before.items():
            if value != "":
                cursor.execute(f"PRAGMA {name}={value}")


def _our_models() -> list[type[models.Model]]:
    return [model for label in ("store", "register", "commitments") for model in apps.get_app_config(label).get_models()]  # fmt: skip
