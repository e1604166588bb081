"""From sheets to a problem: people, when they can, whom they want to meet, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.agreement import check_agreement
from handslag.partnering.files.json_text import MOST_DIGITS
from handslag.partnering.problem import LARGEST_VALUE, AnyOf, Meeting, Person, Place, Problem, Side, Slot
from handslag.partnering.sheets.tables import Table
from handslag.vocabulary.load import vocabulary

_NEEDED = ("people", "availability", "requests")
_TIME = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2})[:.](\d\d)(?::00)?")
_HALL = "hall"


@dataclass(frozen=True, slots=True)
class EventOfSheets:
    """An event, and how many requests said the same as another (A asks for B, B for A): those are one meeting."""

    problem: Problem
    repeated: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet: its cells by column, and where it stands."""

    place: str
    cells: Mapping[str, str]

    def fault(self, column: str, key: str, **values: object) -> BadFormat:
        return BadFormat(f"{self.place}, {column}", key, named=None, **values)

    def needed(self, column: str) -> str:
        if not self.cells.get(column):
            raise self.fault(column, "sheets_empty")
        return self.cells[column]

    def number(self, column: str, least: int, most: int | None = None) -> int | None:
        text = self.cells.get(column, "")
        if not text:
            return None
        is_number = text.isdecimal() and len(text) <= MOST_DIGITS
        if not is_number or int(text) < least or (most is not None and int(text) > most):
            raise self.fault(column, "out_of_range", found=text, range=f"{least}…{'' if most is None else most}")
        return int(text)


def event_of_sheets(tables: Sequence[Table], name: str | None = None) -> EventOfSheets:
    """The event that the sheets tell of. People and times are their own ids; requests are numbered by their rows.

    A request's side is names with semicolons between them, who all come; a company's name is any one of its people, and so
    are names with | between them. BadFormat leads to the sheet, row and column of the first fault.
    """
    sheets = _by_kind(tables)
    people = list(_rows(sheets["people"], ("name",)))
    slots, away = _availability(sheets["availability"], {row.cells["name"] for row in people})
    persons = _persons(people, away)
    sides = _Sides(persons)
    meetings: dict[frozenset[Side], Meeting] = {}
    requests = list(_rows(sheets["requests"], ("who", "with")))
    for number, row in enumerate(requests, 1):
        pair = sides.of_row(row)
        value = row.number("value", 0, LARGEST_VALUE)
        value = 1 if value is None else value
        before = meetings.get(frozenset(pair))
        if before is None or before.value < value:
            meetings[frozenset(pair)] = Meeting(before.id if before else f"m{number}", pair, value)
    problem = Problem(slots, _places(sheets.get("places"), len(persons)), persons, tuple(meetings.values()), name=name)
    check_agreement(problem)
    return EventOfSheets(problem, len(requests) - len(meetings))


def _by_kind(tables: Sequence[Table]) -> dict[str, Table]:
    known = _spellings("sheets")
    found: dict[str, Table] = {}
    for table in tables:
        kind = known.get(table.name.strip().casefold())
        if kind is None:
            continue
        if kind in found:
            raise BadFormat(table.name, "sheets_twice", other=found[kind].name)
        found[kind] = table
    for kind in _NEEDED:
        if kind not in found:
            names = [spelling for names in vocabulary("event_sheets")["sheets"][kind].values() for spelling in names]
            raise BadFormat("", "sheets_missing", names=names, found=[table.name for table in tables])
    return found


def _spellings(group: str) -> dict[str, str]:
    """Casefolded spelling → key, for both languages."""
    words = vocabulary("event_sheets")[group]
    return {spelling.casefold(): key for key, by_language in words.items() for names in by_language.values() for spelling in names}  # fmt: skip


def _rows(table: Table, needed: Sequence[str]) -> Iterator[_Row]:
    """The rows that are not empty; a heading that is not known is left alone, one that is needed must be there."""
    known = _spellings("columns")
    headings = [known.get(cell.strip().casefold()) for cell in table.rows[0]] if table.rows else []
    for column in needed:
        if column not in headings:
            names = [name for names in vocabulary("event_sheets")["columns"][column].values() for name in names]
            raise BadFormat(f"{table.name}, 1", "sheets_no_column", names=names)
    for column in {heading for heading in headings if heading and headings.count(heading) > 1}:
        raise BadFormat(f"{table.name}, 1", "sheets_column_twice", column=column)
    for line, row in enumerate(table.rows[1:], 2):
        cells = {column: " ".join(cell.split()) for column, cell in zip(headings, row, strict=False) if column}
        if any(cells.values()):
            one = _Row(f"{table.name}, {line}", cells)
            for column in needed:
                one.needed(column)
            yield one


def _availability(table: Table, known: set[str]) -> tuple[tuple[Slot, ...], dict[str, tuple[str, ...]]]:
    """The times, which are the headings, and for each person those at which they cannot."""
    headings = table.rows[0] if table.rows else ()
    last = max((at for at, cell in enumerate(headings) if cell.strip()), default=0)
    times = [_time(table.name, at, cell) for at, cell in enumerate(headings[1 : last + 1], 2)]
    if not times:
        raise BadFormat(f"{table.name}, 1", "sheets_no_times")
    if len({day is None for day, _ in times}) > 1:
        raise BadFormat(f"{table.name}, 1", "sheets_days")
    slots = tuple(Slot(f"{day} {clock}" if day else clock, day=day) for day, clock in times)
    for before, after, at in zip(slots, slots[1:], range(3, len(slots) + 2), strict=False):
        if after.id <= before.id:
            raise BadFormat(f"{table.name}, 1, {at}", "sheets_times_order", found=after.id, before=before.id)
    words = vocabulary("event_sheets")
    away_words = {word.casefold() for names in words["away"].values() for word in names}
    free_words = {word.casefold() for names in words["free"].values() for word in names} | {""}
    away: dict[str, tuple[str, ...]] = {}
    for line, row in enumerate(table.rows[1:], 2):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        who = cells[0]
        if who not in known:
            raise BadFormat(f"{table.name}, {line}", "sheets_nobody", found=who)
        if who in away:
            raise BadFormat(f"{table.name}, {line}", "sheets_person_twice", found=who)
        missed = []
        for slot, cell in zip(slots, cells[1:], strict=False):
            if cell.casefold() in away_words:
                missed.append(slot.id)
            elif cell.casefold() not in free_words:
                raise BadFormat(f"{table.name}, {line}, {slot.id}", "none_of_the_options", found=cell, options=sorted(away_words | free_words - {""}))  # fmt: skip
        away[who] = tuple(missed)
    return slots, away


def _time(sheet: str, at: int, cell: str) -> tuple[str | None, str]:
    found = _TIME.fullmatch(cell.strip())
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        raise BadFormat(f"{sheet}, 1, {at}", "sheets_no_time", found=cell)
    return found[1], f"{int(found[2]):02}:{found[3]}"


def _persons(rows: Sequence[_Row], away: Mapping[str, tuple[str, ...]]) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for row in rows:
        name = row.cells["name"]
        if name in found:
            raise row.fault("name", "sheets_person_twice", found=name)
        found[name] = Person(name, row.cells.get("organisation") or None, away.get(name, ()),
            row.number("max_per_day", 0), row.number("max_in_a_row", 1))  # fmt: skip
    return tuple(found.values())


class _Sides:
    """What stands in a request's cells, as sides of a meeting."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.people = {person.id for person in persons}
        self.staff: dict[str, list[str]] = defaultdict(list)
        for person in persons:
            if person.organisation:
                self.staff[person.organisation.casefold()].append(person.id)

    def of_row(self, row: _Row) -> tuple[Side, Side]:
        cells = [(column, self._named(row, column)) for column in ("who", "with")]
        named = [name for _, (everyone, _) in cells for name in everyone]
        for column, (everyone, _) in cells:
            for name in everyone:
                if named.count(name) > 1:
                    raise row.fault(column, "sheets_with_oneself", found=name)
        sides = []
        taken = set(named)
        for column, (everyone, anyone) in cells:
            left = tuple(name for name in anyone if name not in taken)
            if anyone and not left:
                raise row.fault(column, "sheets_with_oneself", found=row.cells[column])
            taken |= set(left)
            sides.append(Side(everyone, AnyOf(1, left) if left else None))
        return sides[0], sides[1]

    def _named(self, row: _Row, column: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those who all come, and those of whom one does."""
        everyone: list[str] = []
        anyone: list[str] = []
        for part in filter(None, (part.strip() for part in row.cells[column].split(";"))):
            names = [name.strip() for name in part.split("|")]
            if len(names) == 1 and part in self.people:
                everyone.append(part)
                continue
            if anyone:
                raise row.fault(column, "sheets_two_choices", found=row.cells[column])
            for name in names:
                staff = [name] if name in self.people else self.staff.get(name.casefold(), [])
                if not staff:
                    raise row.fault(column, "sheets_nobody", found=name)
                anyone += [one for one in staff if one not in anyone]
        return tuple(everyone), tuple(anyone)


def _places(table: Table | None, people: int) -> tuple[Place, ...]:
    """The places; without a sheet of them, tables for everybody at once."""
    if table is None:
        return (Place(_HALL, max(1, people // 2)),)
    places = []
    for row in _rows(table, ("name",)):
        count = row.number("count", 1)
        places.append(Place(row.cells["name"], 1 if count is None else count, row.cells.get("zone") or None, row.cells.get("host") or None))  # fmt: skip
    return tuple(places)
