"""Why a file is not read: a clause for people, that says what to do."""

from __future__ import annotations

from handslag.kernel.errors import HandslagError


class Refusal(HandslagError):
    """A file that a parser will not read; becomes `UnreadableFile` once the file's name is known."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def first_line(error: BaseException, limit: int = 160) -> str:
    """The kind and first line of a foreign error, shortened: what a parser itself said."""
    said = " ".join(str(error).strip().split("\n", 1)[0].split())
    if len(said) > limit:
        said = said[: limit - 1] + "…"
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def size_in_words(count: int) -> str:
    """A number of bytes as people read it: "812 bytes", "3.4 MB"."""
    if count < 1_000:
        return f"{count} bytes"
    if count < 1_000_000:
        return f"{count / 1_000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB".replace(".0 MB", " MB")
