"""The files of `handslag plan`, `check` and `repair`: read and written, with what is wrong told in the terminal's language."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from handslag.cli.documents import is_same_file, name_for_people, place_of
from handslag.kernel.errors import HandslagError
from handslag.partnering import BadFormat, Schedule, schedule_json, sha256_of
from handslag.partnering.wording import sentence
from handslag.reading.output.writing import write_where_named

Read = TypeVar("Read")


class Unusable(Exception):
    """A file that cannot be read or written; its text is for the person at the terminal."""


def read_file(path: Path, read: Callable[[bytes], Read], language: str) -> tuple[Read, str]:
    """What the file holds, and its checksum; Unusable where it cannot be read or is not as its format has it."""
    data = readable(path, path.read_bytes, language)
    return readable(path, lambda: read(data), language), sha256_of(data)


def readable(path: Path, read: Callable[[], Read], language: str) -> Read:
    """What `read` gives; Unusable, naming the file, where it raises BadFormat or OSError."""
    try:
        return read()
    except OSError as error:
        raise Unusable(_told("unreadable", path, error, language)) from None
    except BadFormat as error:
        raise Unusable(f"{name_for_people(path)}: {error.in_language(language)}") from None


def write_file(path: Path, text: str) -> None:
    """Writes the file whole or not at all, and the folders that it is to lie in; Unusable where that cannot be."""
    try:
        write_where_named(text, path)
    except HandslagError as error:
        raise Unusable(str(error)) from None


def write_schedule(schedule: Schedule, output: Path | None, language: str) -> None:
    """Writes the schedule, to standard output where no file is named; Unusable where that cannot be."""
    data = schedule_json(schedule)
    if output is None:
        write_out(data, language)
    else:
        write_file(output, data.decode())


def problem_beside(output: Path | None) -> Path | None:
    """Where a schedule's problem is written if no other file is named; None where the schedule goes to standard output."""
    return None if output is None else output.with_name(f"{output.stem}.problem.json")


def write_out(data: bytes, language: str) -> None:
    """Writes to standard output; Unusable where it takes no more, silent end where nobody reads on."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is left in the buffer would be tried again at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Unusable(_told("unwritable", Path("-"), error, language)) from None


def check_apart(inputs: Collection[Path | None], outputs: Collection[Path | None], language: str) -> None:
    """Unusable where one file is to be written twice, or one that is read is to be written over."""
    known = [path for path in inputs if path is not None]
    for path in outputs:
        if path is None:
            continue
        if not _is_stream(path) and any(
            is_same_file(path, other) or place_of(path) == place_of(other) for other in known
        ):
            raise Unusable(sentence("check", "same_file", {"file": name_for_people(path)}, language))
        known.append(path)


def _told(key: str, path: Path, error: OSError, language: str) -> str:
    return sentence("check", key, {"file": name_for_people(path), "why": error.strerror or str(error)}, language)


def _is_stream(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()
