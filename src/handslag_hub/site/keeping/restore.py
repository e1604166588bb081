"""Restoring a backup: everything is verified first, then put into a fresh database; what was there is left until that is done."""

from __future__ import annotations

import io
import os
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from handslag.kernel.errors import HandslagError
from handslag_hub.accounts.actors import command_actor
from handslag_hub.site.keeping.manifest import (
    NAME,
    BadBackup,
    Manifest,
    key_mark,
    read_manifest,
    sum_of,
    table_member,
)
from handslag_hub.site.keeping.tables import insert_lines, models_kept
from handslag_hub.site.new_database import is_new, make_tables
from handslag_hub.store.erasing.services import erase_again
from handslag_hub.store.models import Action, Document, Original
from handslag_hub.store.services.originals import original_path

# What opens something by a secret alone, and the column that says when that ended.
_ENDED = {"asking.AnswerAddress": "ended_at", "asking.FeedAddress": "revoked_at", "exchange.ApiToken": "revoked_at"}


class CannotRestore(HandslagError):
    """The hub is not empty, or is being used."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored. `erased_again`: erasures that were applied to it; `has_other_key`: names erased there will not be known here;
    `ended`: private addresses and tokens that worked when the backup was made, and do so no longer.
    """

    manifest: Manifest
    erased_again: int
    has_other_key: bool
    ended: int


def restore(path: Path, *, replace: bool = False) -> Restored:
    """Restores a backup into this hub; erasures are applied again afterwards, and private addresses of then are dead: which of them were
    withdrawn since, no backup knows.

    BadBackup where a sum does not fit or the backup is of a newer version, CannotRestore where the hub has data and `replace` is not
    given, or is being used. In both cases nothing was changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = read_manifest(archive, path)
            _verify(archive, manifest, path)
            _refuse_unknown_migrations(manifest, path)
            _refuse_gaps(manifest, path)
            if not replace and not is_empty():
                raise CannotRestore(_("this hub has data: restore into an empty one (another HANDSLAG_HOME), or give --replace"))  # fmt: skip
            _put_originals(archive, manifest)
            ended: list[int] = []
            _replace_database(lambda: ended.append(_load(archive, manifest, path)))
    except (zipfile.BadZipFile, OSError) as error:
        raise BadBackup(_("%(path)s: cannot be read as a backup (%(why)s)") % {"path": path, "why": getattr(error, "strerror", None) or error}) from error  # fmt: skip
    call_command("migrate", verbosity=0, interactive=False)
    erasures = manifest.rows("store.Erasure")
    # Whoever was erased after the backup was made is in it: covered again.
    erased_again = erase_again(command_actor("restore"))
    return Restored(manifest, erased_again, bool(erasures and manifest.erasure_key != key_mark()), sum(ended))


def is_empty() -> bool:
    """True if nobody has brought in anything or done anything yet."""
    tables = connection.introspection.table_names()
    return not any(model._meta.db_table in tables and model.objects.exists() for model in (Document, Action, Original))


def _verify(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """BadBackup unless every member is there with its sum."""
    there = set(archive.namelist())
    for name, member in manifest.members.items():
        if name not in there:
            raise BadBackup(_("%(path)s: %(name)s is missing; take another backup") % {"path": path, "name": name})
        try:
            with archive.open(name) as file:
                found = sum_of(file)
        except (zipfile.BadZipFile, EOFError, ValueError, OSError, RuntimeError, zlib.error) as error:
            raise BadBackup(_("%(path)s: %(name)s is damaged (%(why)s); take another backup") % {"path": path, "name": name, "why": error}) from error  # fmt: skip
        if found != member.sha256:
            why = _("its sum is not that of the %(manifest)s") % {"manifest": NAME}
            raise BadBackup(_("%(path)s: %(name)s is damaged (%(why)s); take another backup") % {"path": path, "name": name, "why": why})  # fmt: skip


def _refuse_unknown_migrations(manifest: Manifest, path: Path) -> None:
    known = MigrationExecutor(connection).loader.graph.nodes
    ours = {app.label for app in apps.get_app_configs()}
    newer = [f"{app} {name}" for app, names in manifest.migrations.items() for name in names
        if app in ours and (app, name) not in known]  # fmt: skip
    if newer:
        raise BadBackup(_("%(path)s: is of a newer Handslag (%(version)s; unknown here: %(unknown)s). Install that one first.") % {"path": path, "version": manifest.handslag, "unknown": ", ".join(newer[:3])})  # fmt: skip


def _refuse_gaps(manifest: Manifest, path: Path) -> None:
    """BadBackup where a migration was applied and not what it rests on: no version of the hub can have been so."""
    graph = MigrationExecutor(connection).loader.graph
    applied = {(app, name) for app, names in manifest.migrations.items() for name in names} & graph.nodes.keys()
    gaps = sorted({parent for key in applied for parent in graph.forwards_plan(key)} - applied)
    if gaps:
        raise BadBackup(_("%(path)s: lacks the migrations %(gaps)s, on which its others rest; take another backup") % {"path": path, "gaps": ", ".join(f"{app} {name}" for app, name in gaps[:3])})  # fmt: skip


def _put_originals(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Originals are known by their sums, so those that are here already stay; nothing is overwritten."""
    for name in manifest.originals:
        target = original_path(Path(name).name)
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as file:
            with archive.open(name) as original:
                while part := original.read(1 << 20):
                    file.write(part)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(target)


def _load(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> int:
    """Makes the tables as the backup's version had them and fills them; BadBackup where somebody wrote what is no hub's into it.

    Gives how many private addresses were ended.
    """
    try:
        return _fill(archive, manifest)
    except (ValueError, TypeError, LookupError, StopIteration, RecursionError, ValidationError, IntegrityError, DataError) as error:  # fmt: skip
        raise BadBackup(_("%(path)s: holds rows that are no hub's (%(why)s); take another backup") % {"path": path, "why": error}) from error  # fmt: skip


def _fill(archive: zipfile.ZipFile, manifest: Manifest) -> int:
    executor = MigrationExecutor(connection)
    nodes = executor.loader.graph.node_map
    applied = {(app, name) for app, names in manifest.migrations.items() for name in names} & nodes.keys()
    if applied == nodes.keys() and is_new():
        make_tables(executor)
        then = models_kept()
    else:
        # The last of every app; those before it come with it.
        targets = [key for key in applied if not any(child.key in applied and child.key[0] == key[0] for child in nodes[key].children)]  # fmt: skip
        then = models_kept(executor.migrate(targets).apps)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            # Migrations that add a foreign key leave it checked at once for the rest of the transaction.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        # What migrations themselves put in stands in the backup, too.
        for model in reversed(then):
            if archived := manifest.members.get(table_member(model._meta.label)):
                with connection.cursor() as cursor:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
                with archive.open(table_member(model._meta.label)) as member:
                    count = insert_lines(model, io.BufferedReader(member))
                if count != archived.rows:
                    raise BadBackup(_("%(table)s: %(found)s rows, the manifest says %(expected)s") % {"table": model._meta.label, "found": count, "expected": archived.rows})  # fmt: skip
        with connection.cursor() as cursor:
            for command in connection.ops.sequence_reset_sql(no_style(), then):
                cursor.execute(command)
        connection.check_constraints()
        return _end_addresses(then)


def _end_addresses(models: Iterable[type[Model]]) -> int:
    """Ends the private addresses, in the transaction that brings them back: one that was withdrawn never works again, not for a moment."""
    now, found = timezone.now(), 0
    for model in models:
        if column := _ENDED.get(model._meta.label):
            found += model.objects.filter(**{column: None}).update(**{column: now})
    return found


def _replace_database(load: Callable[[], None]) -> None:
    if connection.vendor == "sqlite":
        _into_new_file(load)
    else:
        _into_schema(load)


def _into_new_file(load: Callable[[], None]) -> None:
    """SQLite: a new file beside the old one, renamed when it is complete."""
    old = Path(connection.settings_dict["NAME"])
    new = old.with_name(f".{old.name}.{os.getpid()}.new")
    try:
        with _another_file(new):
            load()
        _checkpoint(new)
        _close_for_good(old)
        new.replace(old)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            new.with_name(new.name + ending).unlink(missing_ok=True)


@contextmanager
def _another_file(path: Path) -> Iterator[None]:
    old = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = old


def _checkpoint(path: Path) -> None:
    """Everything into the one file, synced: its log is not renamed with it."""
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA synchronous=FULL")
        file.execute("PRAGMA journal_mode=DELETE")
    file.close()
    path.chmod(0o600)
    with path.open("rb") as synced:
        os.fsync(synced.fileno())


def _close_for_good(path: Path) -> None:
    """Takes the old database out of WAL, so that no log of it is left; CannotRestore where somebody still has it open."""
    if not path.exists():
        return
    file = sqlite3.connect(path, timeout=1)
    try:
        mode = file.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        raise CannotRestore(_in_use()) from error
    finally:
        file.close()
    if mode != "delete":
        raise CannotRestore(_in_use())


def _in_use() -> str:
    return _("the hub is being used: stop `handslag hub serve` first. Nothing was changed.")


def _into_schema(load: Callable[[], None]) -> None:
    """PostgreSQL: old tables out and new ones in, as one transaction."""
    with transaction.atomic():
        ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {"django_migrations"}
        there = [name for name in connection.introspection.table_names() if name in ours]
        with connection.cursor() as cursor:
            for name in there:
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
        load()
