"""The door through which files come in."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading.days import with_given_day
from handslag.reading.loading.document import Content, Limits, LoadedDocument
from handslag.reading.loading.formats import ENDINGS
from handslag.reading.loading.plain import read_plain
from handslag.reading.loading.refusal import Refusal, size_in_words

_DEFAULT_LIMITS = Limits()


def load(
    path: Path, *, name: str | None = None, ending: str | None = None, limits: Limits = _DEFAULT_LIMITS
) -> LoadedDocument:
    """The document in a file, whose ending says what it is; all but plain text is parsed in a process of its own.

    `name` is what the user calls the file (its path if not given), `ending` (".pdf") says what it is where it is kept
    under a name without one. Raises `UnreadableFile` with the reason, and no
    other error, whatever the file holds.
    """
    called = str(path) if name is None else name
    try:
        format_name = _format_of(path.suffix if ending is None else ending)
        data = file_bytes(path, limits)
        content = _content(data, format_name, limits)
        if not content.text.strip():
            raise Refusal("holds no text, only white space")
    except Refusal as refusal:
        raise UnreadableFile(called, refusal.reason) from refusal
    return LoadedDocument(
        path=called,
        sha256=hashlib.sha256(data).hexdigest(),
        format=format_name,
        text=content.text,
        title=content.title,
        publisher=content.publisher,
        metadata_day=content.metadata_day,
        metadata_source=content.metadata_source,
        given_day=content.given_day,
        regions=content.regions,
        warnings=content.warnings,
    )


def _format_of(suffix: str) -> str:
    ending = suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    found = f"has the ending {ending}" if ending else "has no ending in its name"
    raise Refusal(f"{found}; read are {', '.join(ENDINGS)}: save it as one of these")


def file_bytes(path: Path, limits: Limits) -> bytes:
    """The file's bytes, never more than the limit; `Refusal` otherwise. Devices and pipes, which may never end, are not opened."""
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise Refusal("is a folder, not a file; name the files in it, or read the folder")
        if not stat.S_ISREG(about.st_mode):
            raise Refusal("is not an ordinary file; save its content to one")
        if about.st_size > limits.max_bytes:
            raise Refusal(too_large(about.st_size, limits))
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except FileNotFoundError as error:
        raise Refusal("does not exist; check the name") from error
    except PermissionError as error:
        raise Refusal("may not be opened; check its permissions") from error
    except (OSError, ValueError) as error:
        raise Refusal(
            f"cannot be opened ({getattr(error, 'strerror', None) or error}); check the name and the disk"
        ) from error
    if len(data) > limits.max_bytes:
        raise Refusal(too_large(len(data), limits))
    if not data:
        raise Refusal("is empty (0 bytes); fetch or save it again")
    return data


def too_large(size: int, limits: Limits) -> str:
    """Why a file of this many bytes is not read, as a clause."""
    limit = size_in_words(limits.max_bytes)
    return f"is too large ({size_in_words(size)}, the limit is {limit}); split it, or leave out its pictures"


def _content(data: bytes, format_name: str, limits: Limits) -> Content:
    if format_name in ("txt", "md"):
        return read_plain(data, limits, is_markdown=format_name == "md")
    # Not where only plain text is read.
    from handslag.reading.loading.workshop import workshop  # noqa: PLC0415  # loaded when first needed

    return with_given_day(workshop.parse(data, format_name, limits))
