"""Files that are there in full or not at all."""

from __future__ import annotations

import secrets
from pathlib import Path

from handslag.kernel.errors import HandslagError
from handslag.reading.output.json_form import as_json, json_text
from handslag.reading.results import Reading


def write_json(reading: Reading, path: Path) -> None:
    """Write the reading as JSON under `path`; folders are made. HandslagError where that is not possible."""
    try:
        text = json_text(as_json(reading))
    except ValueError as error:  # NaN and infinity, which JSON does not have
        raise HandslagError(
            f"{path}: cannot be written as JSON ({error}); please report this, with the document"
        ) from error
    write_text_atomically(text, path)


def write_text_atomically(text: str, path: Path) -> None:
    """Write UTF-8 under a temporary name in the same folder, then rename: nobody ever sees half a file.

    Folders are made. HandslagError where it cannot be written; then an old file of that name is still the old one.
    """
    temporary = path.with_name(f".{path.name[:60]}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(text.encode("utf-8"))
        temporary.replace(path)
    except OSError as error:
        raise HandslagError(f"{path}: cannot be written ({error.strerror or error}); check the folder") from error
    finally:
        _unlink_quietly(temporary)


def write_where_named(text: str, path: Path) -> None:
    """Write UTF-8 to what a person named: a file as a whole, behind its links; a device or pipe as it stands.

    HandslagError where it cannot be written.
    """
    try:
        is_file = path.is_file() or not path.exists()
        target = path.resolve() if is_file else path
    except (OSError, RuntimeError):  # a ring of links; writing tells it
        is_file, target = False, path
    if is_file:
        write_text_atomically(text, target)
        return
    try:
        with path.open("wb") as stream:
            stream.write(text.encode("utf-8"))
    except OSError as error:
        raise HandslagError(f"{path}: cannot be written ({error.strerror or error}); name another file") from error


def remove_json(path: Path) -> None:
    """Remove the JSON of an earlier run, if there is one. HandslagError where that is not possible."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise HandslagError(f"{path}: cannot be removed ({error.strerror or error}); remove it by hand") from error


def _unlink_quietly(path: Path) -> None:
    """Remove what a failed or stopped write left behind; the failure itself is already on its way up."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
