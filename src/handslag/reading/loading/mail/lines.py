"""The lines of a plain text in a mail message: soft line ends undone, quoted earlier messages told apart."""

from __future__ import annotations

import re

_QUOTED = re.compile(r"[ ]?(?:>[ ]?)+")
_DEPTH = re.compile(r">+")


def unflow(text: str, *, drops_space: bool) -> str:
    """The text of a `format=flowed` part with its paragraphs on one line each (RFC 3676, section 4.2)."""
    done: list[str] = []
    is_open, depth = False, 0
    for line in text.split("\n"):
        marks = _DEPTH.match(line)
        own = len(marks[0]) if marks else 0
        content = line[own:].removeprefix(" ")
        is_signature = content == "-- "
        if is_open and own == depth and not is_signature:
            done[-1] += content
        else:
            done.append(">" * own + (" " if own else "") + content)
        is_open, depth = content.endswith(" ") and not is_signature, own
        if is_open and drops_space:
            done[-1] = done[-1][:-1]
    return "\n".join(done)


def is_quoted(line: str) -> bool:
    """True for a line of an earlier message, set off with ">"."""
    return _QUOTED.match(line) is not None
