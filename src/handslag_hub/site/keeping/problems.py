"""Everything that must hold of a hub's data, looked at; a line for what does not, with what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from handslag_hub.store.checking import differences
from handslag_hub.store.models import Original
from handslag_hub.store.services.originals import original_path


def problems() -> Iterator[tuple[str, str]]:
    """(what kind it is, what is wrong): `database`, `originals` or `caches`."""
    yield from (("database", line) for line in (_sqlite() if connection.vendor == "sqlite" else _postgresql()))
    yield from (("originals", line) for line in _originals())
    yield from (("caches", line) for line in _search_index())
    yield from (("caches", line) for line in differences())
    yield from (("caches", line) for line in _projections())


def projections() -> Iterator[object]:
    """The modules that keep projection tables: `<app>.projections` with `differences` and `rebuild`."""
    for app in apps.get_app_configs():
        name = f"{app.name}.projections"
        if app.name.startswith("handslag_hub.") and find_spec(name):
            module = import_module(name)
            yield module


def _sqlite() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(20)")
        yield from (row[0] for row in cursor.fetchall() if row[0] != "ok")
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, other, _number in cursor.fetchall()[:20]:
            yield _("%(table)s, row %(row)s: names a row of %(other)s that is not there") % {"table": table, "row": row, "other": other}  # fmt: skip


def _postgresql() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("""SELECT conrelid::regclass::text, conname, a.attname, confrelid::regclass::text, b.attname
            FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
            JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
            WHERE contype = 'f' AND connamespace = current_schema()::regnamespace""")
        for table, name, column, other, key in cursor.fetchall():
            try:
                with transaction.atomic():
                    cursor.execute(
                        f'SELECT count(*) FROM {table} t WHERE "{column}" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o."{key}" = t."{column}")'
                    )
                    if count := cursor.fetchone()[0]:
                        yield _("%(table)s: %(count)s rows name rows of %(other)s that are not there") % {"table": table, "count": count, "other": other}  # fmt: skip
            except IntegrityError as error:
                yield f"{table}, {name}: {error}"


def _search_index() -> Iterator[str]:
    """PostgreSQL's index is a part of the table itself."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_searchrow")
        rows = cursor.fetchone()[0]
        try:
            cursor.execute("INSERT INTO store_searchindex(store_searchindex) VALUES ('integrity-check')")
        except DatabaseError as error:
            yield _("the search index is damaged (%(why)s)") % {"why": error}
            return
        cursor.execute("SELECT count(*) FROM store_searchindex_docsize")
        if (indexed := cursor.fetchone()[0]) != rows:
            yield _("the search index has %(indexed)s rows, the table %(rows)s") % {"indexed": indexed, "rows": rows}  # fmt: skip


def _originals() -> Iterator[str]:
    for original in Original.objects.order_by("sha256").iterator(chunk_size=500):
        path = original_path(original.sha256)
        if original.gone:
            if path.exists():
                yield _("original %(name)s: is said to be gone (%(why)s), and is there") % {"name": original.sha256, "why": original.gone}  # fmt: skip
        elif not path.exists():
            yield _("original %(name)s: is missing in %(folder)s; put it back from a backup") % {"name": original.sha256, "folder": path.parent}  # fmt: skip
        elif not original.masked:
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != original.sha256:
                    yield _("original %(name)s: its bytes are not those that came in; put it back from a backup") % {"name": original.sha256}  # fmt: skip


def _projections() -> Iterator[str]:
    for module in projections():
        yield from map(str, module.differences())
