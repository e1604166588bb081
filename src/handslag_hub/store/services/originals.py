"""Original files: kept under their sum, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from handslag_hub.store.bulk import insert_rows, select_rows
from handslag_hub.store.erasing.guard import mask_text
from handslag_hub.store.erasing.known import maskers
from handslag_hub.store.erasing.originals import cover_bytes, cover_original, names_in
from handslag_hub.store.models import Original
from handslag_hub.store.writing import one_writer


def original_path(sha256: str) -> Path:
    """Where the bytes with this sum lie."""
    return settings.ORIGINALS / sha256[:2] / sha256


def keep_original(name: str, content: bytes) -> Original:
    """The bytes on disk (synced before the database speaks of them) and their row; the same bytes are kept once.

    Names of those who were erased are covered in text files before they are written, and the sum stays that of what came in; what else
    is erased does not come back with the same bytes.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = original_path(sha256)
    name = mask_text(name)
    there = Original.objects.get(sha256=sha256) if select_rows(Original, ("id",), sha256=[sha256]) else None
    if there is not None and (there.gone or there.masked):
        return there
    masker, _ = maskers()
    covered = cover_bytes(masker, content) if masker else None
    masked = covered is not None and covered != content
    if masked:
        content = covered
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    if there is not None:
        return there
    made = Original(sha256=sha256, name=name[:255], size=len(content), masked=masked)
    columns = [column.attname for column in Original._meta.concrete_fields if not column.primary_key]
    with one_writer():
        # Somebody else may have brought the same bytes in meanwhile.
        insert_rows(Original, columns, [[getattr(made, column) for column in columns]], or_ignore=True)
        return Original.objects.get(sha256=sha256)


def cover_named(original: Original) -> None:
    """Covers (of other files than text: removes) a kept file, if it names somebody who was erased."""
    masker, _ = maskers()
    if masker and names_in(masker, original_path(original.sha256)):
        cover_kept(original)


def cover_kept(original: Original) -> None:
    """Covers the names of those who were erased in a file that was kept before it was read."""
    masker, _ = maskers()
    if masker:
        cover_original(masker, original, original_path(original.sha256))
