"""Original files with a name in them: text is covered, of other files the bytes go."""

from __future__ import annotations

import html
import os
import re
import zipfile
from pathlib import Path

from handslag_hub.store.erasing.names import Masker
from handslag_hub.store.models import Original

ERASED = "erased"
_TAGS = re.compile(r"<[^>]*>")
# Of a packed file so much is looked at; the parts of office files with words in them are far smaller.
_LARGEST_PART = 50_000_000


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


def names_in(masker: Masker, path: Path) -> bool:
    """True where a full name stands in a kept file: in text, or in the words of an office file."""
    if not path.exists():
        return False
    try:
        with zipfile.ZipFile(path) as packed:
            parts = [part for part in packed.infolist() if part.filename.endswith((".xml", ".rels")) and part.file_size <= _LARGEST_PART]  # fmt: skip
            texts = [packed.read(part).decode("utf-8", "ignore") for part in parts]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
        # No packed file, a broken one, or one with a password.
        texts = [path.read_bytes().decode("utf-8", "ignore")]
    return any(masker.finds(html.unescape(_TAGS.sub(between, text))) for text in texts for between in ("", "\n"))


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
