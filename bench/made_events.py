"""Partnering events of any size and regime, made up; equal seeds give equal events.

    python bench/made_events.py REGIME PEOPLE REQUESTS SEED > event.json

Three days of sixteen half hours. Sizes and shares after what public pages say of large partnering conferences: companies of 1 to 8,
heavy-tailed; popularity Pareto (1.3) times size; many come on one day only, have a talk, or are blocked here and there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from random import Random

from handslag.partnering import AnyOf, Meeting, Person, Place, Problem, Rules, Side, Slot, Walk, problem_json

DAYS, A_DAY = 3, 16
_BEGINS = datetime(2026, 11, 2, 9, 0, tzinfo=timezone(timedelta(hours=1)))
_ZONES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Regime:
    """What an event is short of, and which rules it has. Tables are a share of the requests that come to a slot on average."""

    tables: float = 0.84
    any_of: float = 0.5
    both: float = 0.06
    several: float = 0.0
    largest: int = 8
    booths: float = 0.04
    limited: float = 0.0
    ordered: float = 0.0
    has_lunch: bool = False
    has_walks: bool = False


REGIMES = {
    "mixed": Regime(),
    "tables": Regime(tables=0.6),
    "people": Regime(tables=4.0),
    "delegations": Regime(any_of=0.8, both=0.1, several=0.2, largest=60),
    "booths": Regime(tables=0.5, booths=0.5),
    "order": Regime(ordered=0.15),
    "walks": Regime(booths=0.15, has_walks=True),
    "days": Regime(limited=0.4, has_lunch=True),
    "rules": Regime(booths=0.1, limited=0.2, ordered=0.05, has_lunch=True, has_walks=True),
}


def made_event(regime: str, people: int, requests: int, seed: int) -> Problem:
    """An event of about so many people, and just so many requests."""
    return _Making(REGIMES[regime], people, requests, Random(f"{regime} {people} {requests} {seed}")).event(
        f"{regime}-{people}-{requests}-{seed}"
    )


class _Making:
    def __init__(self, regime: Regime, people: int, requests: int, rng: Random) -> None:
        self.regime, self.requests, self.rng = regime, requests, rng
        self.slots = [
            Slot(f"{day + 1}-{at:02}", _BEGINS + timedelta(days=day, minutes=30 * at), 30, str(day + 1))
            for day in range(DAYS)
            for at in range(A_DAY)
        ]
        self.names = [slot.id for slot in self.slots]
        self.staff: list[list[str]] = []
        named = 0
        while named < people:
            size = min(regime.largest, int(rng.paretovariate(1.5 if regime.largest <= 8 else 0.9)), people - named)
            self.staff.append([f"p{number}" for number in range(named, named + size)])
            named += size
        self.popularity = list(accumulate(len(one) * min(40.0, rng.paretovariate(1.3)) for one in self.staff))

    def event(self, name: str) -> Problem:
        people = tuple(self.person(f"o{body}", one) for body, staff in enumerate(self.staff) for one in staff)
        places = tuple(self.places())
        return Problem(
            tuple(self.slots),
            places,
            people,
            tuple(self.meetings()),
            self.rules(),
            self.walks(),
            ("value", "breaks"),
            name,
        )

    def person(self, body: str, name: str) -> Person:
        rng = self.rng
        away: set[str] = {slot for slot in self.names if rng.random() < 0.07}
        coming = rng.random()
        day = rng.randrange(DAYS)
        for other in range(DAYS):
            if (coming < 0.14 and other != day) or (0.14 <= coming < 0.28 and other == day):
                away.update(self.names[other * A_DAY : (other + 1) * A_DAY])
        if rng.random() < 0.4:
            first = rng.randrange(DAYS) * A_DAY + rng.randrange(A_DAY - 4)
            away.update(self.names[first : first + rng.randint(2, 4)])
        limited = rng.random() < self.regime.limited
        return Person(name, body, tuple(slot for slot in self.names if slot in away),
            rng.randint(6, 12) if limited else None, rng.randint(3, 6) if limited else None)  # fmt: skip

    def places(self) -> Iterator[Place]:
        tables = max(1, round(self.regime.tables * self.requests / len(self.slots)))
        if self.regime.has_walks:
            for zone in _ZONES[:2]:
                yield Place(f"hall-{zone}", max(1, tables // 2), zone)
        else:
            yield Place("hall", tables)
        for body, staff in enumerate(self.staff):
            if self.rng.random() < self.regime.booths * (1 if len(staff) > 1 else 0.5):
                yield Place(f"booth-{body}", 1, self.rng.choice(_ZONES) if self.regime.has_walks else None, f"o{body}")

    def meetings(self) -> Iterator[Meeting]:
        bodies = range(len(self.staff))
        last_of: dict[int, str] = {}
        for number in range(self.requests):
            one = other = 0
            while one == other:
                one, other = self.rng.choices(bodies, cum_weights=self.popularity, k=2)
            name = f"m{number}"
            after = ()
            if one in last_of and self.rng.random() < self.regime.ordered:
                after = (last_of[one],)
            last_of[one] = name
            value = self.rng.choices((1, 2, 3), (40, 35, 25))[0]
            yield Meeting(name, (self.side(one), self.side(other)), value, after=after)

    def side(self, body: int) -> Side:
        staff, rng = self.staff[body], self.rng
        if len(staff) > 1:
            drawn = rng.random()
            if drawn < self.regime.both:
                return Side(tuple(rng.sample(staff, 2)))
            if drawn < self.regime.both + self.regime.any_of:
                count = 2 if len(staff) > 2 and rng.random() < self.regime.several else 1
                return Side((), AnyOf(count, tuple(staff)))
        return Side((rng.choice(staff),))

    def rules(self) -> Rules:
        if not self.regime.has_lunch:
            return Rules()
        noon = [tuple(self.names[day * A_DAY + 6 : day * A_DAY + 9]) for day in range(DAYS)]
        return Rules(lunch=tuple(noon))

    def walks(self) -> tuple[Walk, ...]:
        if not self.regime.has_walks:
            return ()
        return (Walk("A", "B", 5), Walk("B", "C", 8), Walk("A", "C", 12))


if __name__ == "__main__":
    made = made_event(sys.argv[1], *map(int, sys.argv[2:5]))
    sys.stdout.buffer.write(problem_json(made))
