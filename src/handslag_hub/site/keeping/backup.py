"""A backup: one file with every table and every original as they were at one moment, while others go on writing."""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

import handslag
from handslag.kernel.errors import HandslagError
from handslag_hub.site.keeping.manifest import (
    NAME,
    Manifest,
    Member,
    key_mark,
    original_member,
    table_member,
)
from handslag_hub.site.keeping.tables import models_kept, rows_as_lines
from handslag_hub.store.models import Original
from handslag_hub.store.services.originals import original_path

# The time that every entry has: two backups of the same data differ in nothing but their manifests.
_MOMENT = (1980, 1, 1, 0, 0, 0)


class CannotBackUp(HandslagError):
    """The backup cannot be written where it was asked for."""


def back_up(path: Path) -> Manifest:
    """Writes the backup and gives its table of contents. It is there whole or not at all; the keys of the hub are not in it.

    Holds password hashes and restricted documents, so only its owner may read it. CannotBackUp where it cannot be written.
    """
    if path.exists():
        raise CannotBackUp(_("%(path)s: is there already; name a new file, or move that one away") % {"path": path})
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            manifest = _write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise CannotBackUp(_("%(path)s: cannot be written (%(why)s); name a file in a folder with room") % {"path": path, "why": error.strerror}) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _write(file: object) -> Manifest:
    members: dict[str, Member] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        with one_moment():
            made_at = timezone.now().isoformat(timespec="seconds")
            migrations: dict[str, list[str]] = {}
            for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
                migrations.setdefault(app, []).append(name)
            for model in models_kept():
                name = table_member(model._meta.label)
                digest, lines = _add(archive, name, rows_as_lines(model))
                members[name] = Member(digest, lines - 1)
            originals = list(Original.objects.filter(gone="").order_by("sha256").values_list("sha256", flat=True))
        missing = []
        for sha256 in originals:
            # Kept before their rows were written, so all are there; gone by now are those that somebody erased meanwhile.
            if original_path(sha256).exists():
                digest, _count = _add(archive, original_member(sha256), _parts(original_path(sha256)))
                members[original_member(sha256)] = Member(digest, 1)
            elif Original.objects.filter(sha256=sha256, gone="").exists():
                missing.append(sha256)
        manifest = Manifest(made_at=made_at, handslag=handslag.__version__, database=connection.vendor, migrations=migrations,
            members=members, missing=missing, erasure_key=key_mark())  # fmt: skip
        archive.writestr(_entry(NAME), manifest.as_json())
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Every read inside sees the database as it was at the beginning; nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # Django would begin IMMEDIATE, which is for those who write.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _add(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> tuple[str, int]:
    """Adds a member; gives its sum and of how many parts it is."""
    digest, count = hashlib.sha256(), 0
    with archive.open(_entry(name), "w", force_zip64=True) as member:
        for part in parts:
            digest.update(part)
            member.write(part)
            count += 1
    return digest.hexdigest(), count


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _parts(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            yield part


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
