"""Which files a command line names: files as they are, folders walked."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from handslag.kernel.errors import UnreadableFile
from handslag.reading.output import Source


@dataclass(slots=True)
class Found:
    """The files to read, in the order named and sorted within a folder; folders that gave none; what is closed."""

    sources: list[Source] = field(default_factory=list)
    empty_folders: list[Path] = field(default_factory=list)
    unreadable: list[UnreadableFile] = field(default_factory=list)


def find_documents(
    named: Sequence[Path], endings: Collection[str], *, is_passed_over: Callable[[Path], bool] = lambda file: False
) -> Found:
    """The files named, and in named folders those with one of the endings (in lower case), each file once.

    What was named itself is kept whatever its ending, so that it is told why it cannot be read. In a folder, hidden
    files (`.name`, and Word's `~$name`) and links to folders are passed over: no walk leaves the folder or runs in a
    circle. So are those that `is_passed_over`.
    """
    found = Found()
    sources: dict[str, Source] = {}
    for path in named:
        if not path.is_dir():
            sources.setdefault(place_of(path), Source(path))
            continue
        inside = [
            file for file in _walk(path, found.unreadable) if _is_wanted(file, endings) and not is_passed_over(file)
        ]
        if not inside:
            found.empty_folders.append(path)
        for file in inside:
            sources.setdefault(place_of(file), Source(file, path))
    found.sources.extend(sources.values())
    return found


def place_of(path: PurePath) -> str:
    """The absolute path, without `.` and `..`; links are kept, so a link is a document of its own."""
    return os.path.normpath(Path(path).absolute())


def is_same_file(one: Path, other: Path) -> bool:
    """True if both names lead to one file, by links or a second name."""
    return one.is_file() and other.is_file() and one.samefile(other)


def name_for_people(path: Path) -> str:
    """The path as it can be written and shown: bytes that are no UTF-8 become a replacement sign."""
    return os.fsencode(path).decode("utf-8", "replace")


def _walk(folder: Path, unreadable: list[UnreadableFile]) -> Iterator[Path]:
    """All files below a folder, in the order of their names, a folder's own before those of its folders."""

    def refused(error: OSError) -> None:
        name = name_for_people(Path(error.filename))
        unreadable.append(
            UnreadableFile(name, f"is a folder that cannot be opened ({error.strerror}); check its permissions")
        )

    for place, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place) / name for name in sorted(files))


def _is_wanted(file: Path, endings: Collection[str]) -> bool:
    if file.name.startswith((".", "~$")) or file.suffix.lower() not in endings:
        return False
    # A link that leads nowhere stays: somebody meant a document to be here. Pipes and devices are none.
    return file.is_file() or file.is_symlink()
