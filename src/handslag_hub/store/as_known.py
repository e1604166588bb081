"""As known on a day: what had been said by then, or what this hub held and had decided then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# Days that can be asked for: a month, a week or the hours of a time zone away there are days still.
EARLIEST, LATEST = date(1000, 1, 1), date(9000, 12, 31)


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The day chosen, None for today with everything; `held`: as this hub held and had decided it on that day."""

    day: date | None = None
    held: bool = False

    @property
    def end_of_day(self) -> datetime:
        """The moment at which the day ended, in the hub's time zone."""
        if self.day is None:
            return timezone.now()
        return timezone.make_aware(datetime.combine(self.day + timedelta(days=1), time.min))

    @property
    def query(self) -> str:
        """The choice as it stands in addresses: "", "on=2026-10-08" or "on=2026-10-08&held=1"."""
        if self.day is None:
            return ""
        return f"on={self.day.isoformat()}" + ("&held=1" if self.held else "")


def as_known_from(on: str, held: str = "") -> AsKnown:
    """The choice that an address carries; ValueError where the day is none."""
    if not on:
        return AsKnown()
    return AsKnown(day_asked(on), held in {"1", "on", "true"})


def day_asked(words: str) -> date:
    """The day that an address carries; ValueError where it is none, or lies at an end of the calendar, where the next may be none."""
    day = date.fromisoformat(words)
    if not EARLIEST <= day <= LATEST:
        raise ValueError(words)
    return day
