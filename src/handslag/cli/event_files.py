"""The files of `handslag plan`, `check` and `repair`: read and written, with what is wrong told in the terminal's language."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from handslag.cli.documents import name_for_people
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


def write_schedule(schedule: Schedule, output: Path | None) -> None:
    """Writes the schedule, to standard output where no file is named; Unusable where that cannot be."""
    data = schedule_json(schedule)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_file(output, data.decode())


def problem_beside(output: Path | None) -> Path | None:
    """Where a schedule's problem is written if no other file is named; None where the schedule goes to standard output."""
    return None if output is None else output.with_name(f"{output.stem}.problem.json")


def _told(key: str, path: Path, error: OSError, language: str) -> str:
    return sentence("check", key, {"file": name_for_people(path), "why": error.strerror or str(error)}, language)
