"""Roles in time: what statements, said on their days, say about a person's roles on a given day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from handslag.kernel.periods import Period, parse_period
from handslag.register.names import folded_name
from handslag.vocabulary.load import vocabulary

# The way a role goes: a later statement that is further along brings news, it does not contradict.
STATES: Final = ("coming", "current", "former")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleClaim:
    """One statement that somebody has, had or will have a role.

    `statement` is the caller's key of it, `organisation` a name or a key of one organisation, `tense` current, former, coming
    or leaving, `printed` what the page prints of dates, as a period ("2020/" since 2020, "/2024" until, "2019/2023", "2026-10").
    """

    statement: str
    role: str
    organisation: str
    tense: str
    said_on: date
    printed: str = ""


@dataclass(frozen=True, slots=True)
class RoleReading:
    """What the `statements` say of a role on the day: its state, and the printed periods in which it began and ended.

    `last_said` is when it was last said so: an old "current" is still current as long as nothing else was said.
    """

    state: str
    statements: tuple[str, ...]
    begins: str
    ends: str
    last_said: date


@dataclass(frozen=True, slots=True)
class RoleAsOf:
    """One role in one organisation on the day: no reading if nothing said concerns the day, several if they contradict."""

    role: str
    organisation: str
    readings: tuple[RoleReading, ...]

    @property
    def is_contradictory(self) -> bool:
        """True if statements say different things and no later one explains the earlier."""
        return len(self.readings) > 1

    @property
    def state(self) -> str:
        """Coming, current or former; empty where nothing is said or statements contradict each other."""
        return self.readings[0].state if len(self.readings) == 1 else ""


def roles_as_of(claims: Iterable[RoleClaim], day: date) -> tuple[RoleAsOf, ...]:
    """The roles of one person as of a day, by organisation and role, from all claims given.

    Whoever wants what was known on the day gives only claims said by then. An undated claim speaks of the day it was said
    and, until something else is said, of those after it; a dated one of all days its period settles. BadPeriod where
    `printed` is no period.
    """
    grouped: dict[tuple[str, str], list[RoleClaim]] = {}
    for claim in claims:
        grouped.setdefault((folded_name(claim.organisation), role_key(claim.role)), []).append(claim)
    found = []
    for key in sorted(grouped):
        held = sorted(grouped[key], key=lambda claim: (claim.said_on, claim.statement))
        newest = held[-1]
        found.append(RoleAsOf(newest.role, newest.organisation, _readings(held, day)))
    return tuple(found)


def role_key(role: str) -> str:
    """The key under which a role is the same in both languages: "vd" and "CEO" have one."""
    folded = folded_name(role)
    return _same_roles().get(folded, folded)


@cache
def _same_roles() -> dict[str, str]:
    return {folded_name(name): group[0] for group in vocabulary("name_pairs")["roles"] for name in group}


def _readings(claims: list[RoleClaim], day: date) -> tuple[RoleReading, ...]:
    """The readings of one role, the newest first; `claims` are in the order in which they were said."""
    told = [(claim, state) for claim in claims if (state := state_on(claim, day))]
    standing = [
        (claim, state)
        for claim, state in told
        if not any(_explains(later, later_state, claim, state) for later, later_state in told)
    ]
    by_state: dict[str, list[RoleClaim]] = {}
    for claim, state in standing:
        by_state.setdefault(state, []).append(claim)
    readings = [
        RoleReading(
            state,
            tuple(claim.statement for claim in said),
            *_limits([claim for claim in claims if claim in said or len(by_state) == 1]),
            last_said=max(claim.said_on for claim in said),
        )
        for state, said in by_state.items()
    ]
    return tuple(sorted(readings, key=lambda reading: (-reading.last_said.toordinal(), STATES.index(reading.state))))


def _explains(later: RoleClaim, later_state: str, earlier: RoleClaim, earlier_state: str) -> bool:
    """True if what was said later is news that leaves the earlier statement true on its own day."""
    if later.said_on <= earlier.said_on or later_state == earlier_state:
        return False
    if STATES.index(later_state) > STATES.index(earlier_state):
        return True
    # somebody came back: the new time in the role begins after the earlier statement was made
    begins, _ = printed_limits(later)
    return begins is not None and begins.first is not None and begins.first > earlier.said_on


def state_on(claim: RoleClaim, day: date) -> str:
    """What one claim says about a day: coming, current or former; empty where it says nothing of it."""
    begins, ends = printed_limits(claim)
    if begins and begins.first and day < begins.first:
        return "coming"
    if ends and ends.last and day > ends.last:
        return "former"
    # Within the month or year in which it began or ended, the date alone does not settle the day.
    if begins and begins.last and day >= begins.last and (ends is None or (ends.first and day < ends.first)):
        if ends or claim.tense != "former" or day < claim.said_on:
            return "current"
        return "former"
    if begins is None and ends and ends.first and day < ends.first and day >= claim.said_on:
        return "current"
    if day < claim.said_on:
        return ""
    return "current" if claim.tense == "leaving" else claim.tense


def printed_limits(claim: RoleClaim) -> tuple[Period | None, Period | None]:
    """The periods in which a claim says that the role began and ended, each None where it does not say.

    "2019/2023" gives both. A single period is the end of a former role or of one that somebody leaves, else its beginning.
    """
    if not claim.printed:
        return None, None
    first, slash, last = claim.printed.partition("/")
    parse_period(claim.printed)
    if slash:
        return (parse_period(first) if first else None), (parse_period(last) if last else None)
    period = parse_period(claim.printed)
    if period.is_rhythm:
        return None, None
    return (None, period) if claim.tense in {"former", "leaving"} else (period, None)


def _limits(claims: list[RoleClaim]) -> tuple[str, str]:
    """The printed beginning and end that were said last."""
    begins = ends = ""
    for claim in claims:
        first, last = printed_limits(claim)
        begins = first.text if first else begins
        ends = last.text if last else ends
    return begins, ends
