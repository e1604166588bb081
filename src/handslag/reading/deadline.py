"""How long the reading of one document may take. The engine has no wall clock of its own: the caller gives one."""

from __future__ import annotations

from collections.abc import Callable

from handslag.reading.loading.refusal import Refusal


class Deadline:
    """Ends `seconds` after it was made, by the seconds that `clock` tells; without a clock it never ends."""

    def __init__(self, seconds: float = 0.0, clock: Callable[[], float] | None = None) -> None:
        self._seconds = seconds
        self._clock = clock
        self._end = clock() + seconds if clock else 0.0

    def check(self) -> None:
        """Raises `Refusal` once the time is up. To be called between steps, and in loops whose length a document decides."""
        if self._clock is not None and self._clock() > self._end:
            raise Refusal(f"takes longer than {self._seconds:g} seconds to read; split it into smaller files")


NEVER = Deadline()
"""For callers that set no limit."""
