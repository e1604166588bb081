"""The problem of an event as people read it: slots, places, people, meetings, rules and goals (`handslag-meetings/1`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

Goal = Literal["kept", "value", "moves", "place_changes", "far_walks", "breaks"]
GOALS: tuple[Goal, ...] = get_args(Goal)
# The one goal of which more is better.
MAXIMISED: Goal = "value"
LARGEST_VALUE = 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
    """A time in which meetings are held: `start` with its offset, `minutes` long, on one day of the event."""

    id: str
    start: datetime | None = None
    minutes: int | None = None
    day: str | None = None
    half: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """`count` identical rooms or tables; open in `slots` (None: in all); with a `host`, for its organisation only."""

    id: str
    count: int = 1
    zone: str | None = None
    host: str | None = None
    slots: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who attends: away in the slots `unavailable`, with limits in meetings (None: no limit)."""

    id: str
    organisation: str | None = None
    unavailable: tuple[str, ...] = ()
    max_per_day: int | None = None
    max_in_a_row: int | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`count` people out of `of`, whichever."""

    count: int
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a meeting: everyone in `all`, and so many of `any`."""

    all: tuple[str, ...] = ()
    any: AnyOf | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What was announced of a meeting. Taken from an earlier schedule it may name what the problem no longer has."""

    slot: str
    place: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request to place: in one of `slots` and `places` (None: any), strictly after the meetings `after`."""

    id: str
    sides: tuple[Side, ...]
    value: int = 1
    slots: tuple[str, ...] | None = None
    after: tuple[str, ...] = ()
    places: tuple[str, ...] | None = None
    held: Held | None = None
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Walk:
    """How many minutes it takes from one zone to another, either way."""

    start: str
    end: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for the whole event. Each of `lunch` is a set of slots of one day: one of them is kept free."""

    all_meetings: bool = False
    max_break_spread: int | None = None
    move_price: int = 0
    lunch: tuple[tuple[str, ...], ...] = ()
    walks: Literal["forbid", "count"] = "forbid"


@dataclass(frozen=True, slots=True)
class Problem:
    """An event to plan, in the order of its file; `goals` as they were given (None: not given)."""

    slots: tuple[Slot, ...]
    places: tuple[Place, ...]
    people: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    rules: Rules = Rules()
    walks: tuple[Walk, ...] = ()
    goals: tuple[Goal, ...] | None = None
    name: str | None = None

    @property
    def ranked_goals(self) -> tuple[Goal, ...]:
        """The goals, the most important first: as given or the default; `kept` leads by itself where anything is held."""
        has_held = any(meeting.held is not None for meeting in self.meetings)
        if self.goals is None:
            return ("kept", "value", "moves", "breaks") if has_held else ("value", "breaks")
        return ("kept", *self.goals) if has_held and "kept" not in self.goals else self.goals

    @property
    def least_value_of_all(self) -> int:
        """The value of a schedule that places every meeting, and moves every held one that is not frozen."""
        may_move = sum(meeting.held is not None and not meeting.frozen for meeting in self.meetings)
        return sum(meeting.value for meeting in self.meetings) - self.rules.move_price * may_move

    @property
    def days(self) -> tuple[tuple[int, ...], ...]:
        """The positions in `slots` of each day's slots, in order; without days the event is one day."""
        by_day: dict[str | None, list[int]] = {}
        for position, slot in enumerate(self.slots):
            by_day.setdefault(slot.day, []).append(position)
        return tuple(tuple(positions) for positions in by_day.values())
