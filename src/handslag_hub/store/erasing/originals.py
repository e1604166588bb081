"""Original files with a name in them: text is covered, of other files the bytes go."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

from handslag_hub.store.erasing.names import Masker
from handslag_hub.store.models import Original

ERASED = "erased"
_TAGS = re.compile(r"<[^>]*>")


def cover_bytes(masker: Masker, content: bytes, *, context: bool = False) -> bytes | None:
    """The bytes of a text file with the names covered; None where that cannot be done for certain, as in PDF and Word files."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\0" in text or text.startswith("%PDF"):
        return None
    shown = html.unescape(text)
    context = context or masker.finds(text) or masker.finds(shown) or masker.finds(_TAGS.sub("", shown))
    covered = masker.mask(text, context=context)
    # What a browser shows: names cut by tags or spelt with entities.
    left = html.unescape(covered)
    for view in (left, _TAGS.sub("", left), _TAGS.sub(" ", left)):
        if masker.mask(view, context=context) != view:
            return None
    return covered.encode()


def cover_original(masker: Masker, original: Original, path: Path, *, context: bool = True) -> None:
    """Covers the names in a kept file, or removes its bytes. Its sum stays that of what came in, to know it again."""
    if original.gone or not path.exists():
        return
    content = path.read_bytes()
    covered = cover_bytes(masker, content, context=context)
    if covered is None:
        overwrite(path, b"\0" * len(content))
        path.unlink()
        Original.objects.filter(pk=original.pk).update(gone=ERASED, name=masker.mask(original.name, context=True))
    elif covered != content:
        overwrite(path, covered)
        Original.objects.filter(pk=original.pk).update(masked=True, name=masker.mask(original.name, context=True))


def overwrite(path: Path, content: bytes) -> None:
    """Writes over the old bytes in place, so they do not stay on the disk in freed blocks."""
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
