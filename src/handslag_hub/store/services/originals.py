"""Original files: kept under their sum, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

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
    if (there := Original.objects.filter(sha256=sha256).first()) is not None and (there.gone or there.masked):
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
    original = Original.objects.filter(sha256=sha256).first()
    if original is None:
        with one_writer():
            original, _ = Original.objects.get_or_create(sha256=sha256, defaults={"name": name[:255], "size": len(content), "masked": masked})  # fmt: skip
    return original


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
