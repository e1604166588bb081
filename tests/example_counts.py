"""On how many made-up cases a property is tried: some in `make test`, all in `make proof`, which sets HANDSLAG_EXAMPLES=all."""

from __future__ import annotations

import os

_ALL = os.environ.get("HANDSLAG_EXAMPLES") == "all"
_ONE_IN, _FEWEST = 10, 4


def examples(count: int) -> int:
    """The part of so many that this run takes."""
    return count if _ALL else max(min(_FEWEST, count), count // _ONE_IN)
