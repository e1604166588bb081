"""The bound that prices prove, in exact integers: any prices that are not negative give a true one.

B = what people and places would be paid for all their slots + what each meeting is worth more than its best slot costs.
A frozen meeting has one slot, one place and its people; where moves have a price, a held meeting may stay at full value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handslag.partnering.checking.event import Event
from handslag.partnering.problem import AnyOf, Held, Meeting
from handslag.partnering.schedule import Prices

# Prices of people and slots that are looked at together: 64 MiB of them.
_CELLS = 8_000_000
_SAFE = 2**62
# Instead of a row: all places without a host, whose lowest price is known.
_FREE = -1

Numbers = NDArray[Any]
Flags = NDArray[np.bool_]


def unknown_in_prices(event: Event, prices: Prices) -> str | None:
    """The first name in the prices that the problem does not have; None if it has all."""
    days = {slot.day for slot in event.problem.slots}
    for table, known in ((prices.people, event.people), (prices.places, event.places)):
        for name, entries in table.items():
            if name not in known:
                return name
            for when in entries:
                if when not in event.slot_at and when not in days:
                    return when
    return None


def price_bound(event: Event, prices: Prices) -> int:
    """floor(B / scale): no schedule of the problem has a higher value."""
    total = 0
    best = [0] * len(event.problem.meetings)
    width = max(1, min(len(event.problem.slots), _CELLS // max(1, len(event.people))))
    exact = _number_type(event, prices)
    for first in range(0, len(event.problem.slots), width):
        block = _Block(event, prices, range(first, min(first + width, len(event.problem.slots))), exact)
        total += block.paid()
        for position, meeting in enumerate(event.problem.meetings):
            best[position] = max(best[position], block.surplus(meeting))
    return (total + sum(best)) // prices.scale


def _number_type(event: Event, prices: Prices) -> type:
    """64-bit integers where nothing can leave them, else Python's own."""
    tables = (*prices.people.values(), *prices.places.values())
    largest = max((price for entries in tables for price in entries.values()), default=0)
    most_worth = max((meeting.value for meeting in event.problem.meetings), default=0) + event.problem.rules.move_price
    # A meeting adds up at most everybody's prices and a place's; a row of people at most all slots'.
    terms = len(event.people) + len(event.problem.slots) + 2
    return np.int64 if (largest + 1) * terms + prices.scale * most_worth < _SAFE else object


class _Block:
    """The prices of some slots: rows are people and places, columns are slots."""

    def __init__(self, event: Event, prices: Prices, slots: range, exact: type) -> None:
        self._event = event
        self._scale = prices.scale
        self._slots = slots
        self._exact = exact
        self._column = {event.problem.slots[slot].id: slot - slots.start for slot in slots}
        days: dict[str, list[int]] = {}
        for slot in slots:
            day = event.problem.slots[slot].day
            if day is not None:
                days.setdefault(day, []).append(slot - slots.start)
        self._days = {day: np.array(columns) for day, columns in days.items()}
        self._row = {name: row for row, name in enumerate(event.people)}
        self._person_prices = self._table(list(event.people), prices.people)
        self._away = np.zeros((len(event.people), len(slots)), dtype=np.bool_)
        for row, person in enumerate(event.problem.people):
            self._away[row, self._columns(person.unavailable)] = True
        self._place_row = {name: row for row, name in enumerate(event.places)}
        self._place_prices = self._table(list(event.places), prices.places)
        self._open = np.ones((len(event.places), len(slots)), dtype=np.bool_)
        for row, place in enumerate(event.problem.places):
            if place.slots is not None:
                self._open[row] = self._only(place.slots)
        self._hosted: dict[str, list[int]] = {}
        for row, place in enumerate(event.problem.places):
            if place.host is not None:
                self._hosted.setdefault(place.host, []).append(row)
        free = [row for row, place in enumerate(event.problem.places) if place.host is None]
        self._cheapest_free = self._cheapest((row, self._open[row]) for row in free)

    def paid(self) -> int:
        """Σ over people and available slots of the price + Σ over places and open slots of count × price."""
        people = sum(map(int, np.where(self._away, 0, self._person_prices).sum(axis=1)))
        places = np.where(self._open, self._place_prices, 0).sum(axis=1)
        counts = (place.count for place in self._event.problem.places)
        return people + sum(count * int(price) for count, price in zip(counts, places, strict=True))

    def surplus(self, meeting: Meeting) -> int:
        """What the meeting is worth more than it costs in the best of these slots; at least 0."""
        held = meeting.held
        if meeting.frozen and held is not None:
            return self._surplus_as_held(meeting, held, (held.place,))
        columns: Numbers | slice = slice(None) if meeting.slots is None else self._columns(meeting.slots)
        worth = self._scale * meeting.value
        moved = worth if held is None else worth - self._scale * self._event.problem.rules.move_price
        everyone = [self._row[person] for side in meeting.sides for person in side.all]
        cost = self._person_prices[everyone].sum(axis=0)
        is_possible: Flags = np.asarray(~self._away[everyone].any(axis=0))
        for side in meeting.sides:
            if side.any is not None:
                cheapest, enough = self._any(side.any)
                cost = cost + cheapest
                is_possible = is_possible & enough
        place, has_place = self._place_of(meeting)
        is_possible = is_possible & has_place
        left = (moved - cost - place)[columns][is_possible[columns]]
        best = max(0, int(left.max())) if left.size else 0
        if held is not None and moved < worth and (meeting.slots is None or held.slot in meeting.slots):
            best = max(best, self._surplus_as_held(meeting, held, meeting.places))
        return best

    def _surplus_as_held(self, meeting: Meeting, held: Held, places: Sequence[str] | None) -> int:
        """The same in the held slot with the held people, who may be others than the meeting now asks for."""
        column = self._column.get(held.slot)
        if column is None or not _is_set_of(meeting, held.people) or not all(name in self._row for name in held.people):
            return 0
        rows = [self._row[person] for person in held.people]
        price, has_place = self._cheapest(self._hosts_and_free(held.people, places))
        if self._away[rows, column].any() or not has_place[column]:
            return 0
        cost = int(self._person_prices[rows, column].sum()) + int(price[column])
        return max(0, self._scale * meeting.value - cost)

    def _any(self, choice: AnyOf) -> tuple[Numbers, Flags]:
        """The price of the `count` cheapest who are available, and where there are enough of them."""
        rows = [self._row[person] for person in choice.of]
        away = self._away[rows]
        # Those who are away come last, and where one of them would be counted there are too few.
        last = self._person_prices[rows].max(initial=0) + 1
        prices = np.sort(np.where(away, last, self._person_prices[rows]), axis=0)
        return prices[: choice.count].sum(axis=0), (~away).sum(axis=0) >= choice.count

    def _place_of(self, meeting: Meeting) -> tuple[Numbers, Flags]:
        people = [person for side in meeting.sides for person in (*side.all, *(side.any.of if side.any else ()))]
        if meeting.places is None and not any(self._event.people[one].organisation in self._hosted for one in people):
            return self._cheapest_free
        return self._cheapest(self._hosts_and_free(people, meeting.places))

    def _hosts_and_free(self, people: Sequence[str], places: Sequence[str] | None) -> Iterator[tuple[int, Flags]]:
        """The places that may be used, each with where it is: open, and with a host among those who may attend then."""
        members: dict[str, list[int]] = {}
        for person in people:
            organisation = self._event.people[person].organisation
            if organisation is not None and organisation in self._hosted:
                members.setdefault(organisation, []).append(self._row[person])
        if places is None:
            yield _FREE, self._cheapest_free[1]
            rows = [row for one in members for row in self._hosted[one]]
        else:
            rows = [self._place_row[name] for name in places if name in self._place_row]
        for row in rows:
            host = self._event.problem.places[row].host
            if host is None:
                yield row, self._open[row]
            elif host in members:
                yield row, self._open[row] & ~self._away[members[host]].all(axis=0)

    def _cheapest(self, places: Iterator[tuple[int, Flags]]) -> tuple[Numbers, Flags]:
        """The lowest price of the places in each slot, and where there is any."""
        price: Numbers = np.zeros(len(self._slots), dtype=self._exact)
        there: Flags = np.zeros(len(self._slots), dtype=np.bool_)
        for row, usable in places:
            asked = self._cheapest_free[0] if row == _FREE else self._place_prices[row]
            price = np.where(usable & (~there | (asked < price)), asked, price)
            there = there | usable
        return price, there

    def _table(self, names: list[str], entries: Mapping[str, Mapping[str, int]]) -> Numbers:
        table: Numbers = np.zeros((len(names), len(self._slots)), dtype=self._exact)
        for row, name in enumerate(names):
            own = entries.get(name)
            if own:
                for when, price in own.items():
                    if when in self._days:
                        table[row, self._days[when]] = price
                # After its day: a slot's own entry goes before.
                for when, price in own.items():
                    if when in self._column:
                        table[row, self._column[when]] = price
        return table

    def _columns(self, slots: Sequence[str]) -> Numbers:
        return np.array([self._column[slot] for slot in slots if slot in self._column], dtype=np.intp)

    def _only(self, slots: Sequence[str]) -> Flags:
        flags: Flags = np.zeros(len(self._slots), dtype=np.bool_)
        flags[self._columns(slots)] = True
        return flags


def _is_set_of(meeting: Meeting, people: Sequence[str]) -> bool:
    """True if these people are whom the meeting's sides ask for."""
    attending = set(people)
    asked: set[str] = set()
    for side in meeting.sides:
        asked.update(side.all)
        if side.any is not None:
            chosen = attending.intersection(side.any.of)
            if len(chosen) != side.any.count:
                return False
            asked.update(chosen)
    return asked == attending
