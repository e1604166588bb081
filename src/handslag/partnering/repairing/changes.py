"""What can happen to an event under way, as values: each kind of change is a small frozen dataclass."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.partnering.problem import Meeting, Person, Place


@dataclass(frozen=True, slots=True)
class PersonAway:
    """Somebody is away, in `slots` or from the slot `since` on (neither: in all that may still change)."""

    person: str
    slots: tuple[str, ...] | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class PersonBack:
    """Somebody is available after all, in `slots` or from the slot `since` on."""

    person: str
    slots: tuple[str, ...] | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class NoShow:
    """Somebody did not come to a slot: it is offered to the best waiting meeting whose people are idle."""

    person: str
    slot: str


@dataclass(frozen=True, slots=True)
class Added:
    """What was not known before: a late company with its accepted requests, a request between people who are there, tables.

    A new meeting may name old people and places, a new place may have a host that is there.
    """

    people: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaClosed:
    """Places are closed, those named and those of a zone, in `slots` or from the slot `since` on."""

    places: tuple[str, ...] = ()
    zone: str | None = None
    slots: tuple[str, ...] | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class AreaOpened:
    """Places are open after all, those named and those of a zone, in `slots` or from the slot `since` on."""

    places: tuple[str, ...] = ()
    zone: str | None = None
    slots: tuple[str, ...] | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """A meeting is wanted no more."""

    meeting: str


@dataclass(frozen=True, slots=True)
class TimePassed:
    """What is before the slot `until` does not change any more: it has been, or is too near."""

    until: str


Change = PersonAway | PersonBack | NoShow | Added | AreaClosed | AreaOpened | MeetingCancelled | TimePassed
# As files name them.
KINDS: dict[str, type[Change]] = {
    "person_away": PersonAway,
    "person_back": PersonBack,
    "no_show": NoShow,
    "added": Added,
    "area_closed": AreaClosed,
    "area_opened": AreaOpened,
    "meeting_cancelled": MeetingCancelled,
    "time_passed": TimePassed,
}
KIND_OF = {kind: name for name, kind in KINDS.items()}
