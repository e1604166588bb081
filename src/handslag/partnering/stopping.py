"""When a search ends: a rule that is looked at between blocks of steps. The engine has no clock: the caller gives one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from handslag.partnering.schedule import Stopped


def never() -> bool:
    """For who cannot ask."""
    return False


def no_time() -> float:
    """For who has no clock."""
    return 0.0


@dataclass(frozen=True, slots=True)
class StoppingRule:
    """Ends after `seconds` of `clock` since `began`, after `steps`, at a gap of value to its bound, or when `asked`."""

    seconds: float | None = None
    steps: int | None = None
    gap: float | None = None
    clock: Callable[[], float] = no_time
    began: float = 0.0
    asked: Callable[[], bool] = never

    @property
    def is_limited(self) -> bool:
        """True if the search ends by itself, whatever it finds."""
        return self.seconds is not None or self.steps is not None

    def share(self, steps: int) -> float:
        """How much of the time or of the steps is used up: 1 and more means the end."""
        shares = [0.0]
        if self.seconds is not None:
            shares.append((self.clock() - self.began) / max(self.seconds, 1e-9))
        if self.steps is not None:
            shares.append(steps / max(self.steps, 1))
        return max(shares)

    def reason(self, steps: int) -> Stopped:
        """What ends the search when its share is used up."""
        if self.asked():
            return "asked"
        return "steps" if self.steps is not None and steps >= self.steps else "time"
