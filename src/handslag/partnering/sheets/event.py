"""From sheets to a problem: people, when they can, whom they want to meet, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.agreement import check_agreement
from handslag.partnering.files.json_text import MOST_DIGITS
from handslag.partnering.problem import LARGEST_VALUE, AnyOf, Meeting, Person, Place, Problem, Side, Slot
from handslag.partnering.sheets.faults import Faults
from handslag.partnering.sheets.tables import Table, cell_address
from handslag.vocabulary.load import vocabulary

_NEEDED = ("people", "availability", "requests")
_TIME = re.compile(r"(?:(\d{4}-\d\d-\d\d)[ T])?(\d{1,2})[:.](\d\d)(?::00)?")
_HALL = "hall"


@dataclass(frozen=True, slots=True)
class EventOfSheets:
    """An event, and what its organiser should know of how it was read.

    `repeated` requests said the same as another (A asks for B, B for A): those are one meeting. `unknown_sheets` and
    `unknown_headings` (with their sheet and cell) were not read: a limit under a heading nobody knows is no limit.
    """

    problem: Problem
    repeated: int
    unknown_sheets: tuple[str, ...] = ()
    unknown_headings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a sheet: its cells by column, and where it stands."""

    sheet: str
    line: int
    columns: Mapping[str, int]
    cells: Mapping[str, str]

    def fault(self, column: str, key: str, **values: object) -> BadFormat:
        return BadFormat(cell_address(self.sheet, self.line, self.columns[column]), key, named=None, **values)

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
    are names with | between them. BadFormat leads to the sheet and cell of every fault, so that all are mended at once.
    """
    sheets, unknown_sheets = _by_kind(tables)
    faults = Faults()
    people = _rows(sheets["people"], ("name",), faults)
    slots, away = _availability(sheets["availability"], {row.cells["name"] for row in people}, faults)
    persons = _persons(people, away, faults)
    sides = _Sides(persons)
    meetings: dict[frozenset[Side], Meeting] = {}
    requests = _rows(sheets["requests"], ("who", "with"), faults)
    for number, row in enumerate(requests, 1):
        with faults.kept():
            pair = sides.of_row(row)
            value = row.number("value", 0, LARGEST_VALUE)
            value = 1 if value is None else value
            before = meetings.get(frozenset(pair))
            if before is None or before.value < value:
                meetings[frozenset(pair)] = Meeting(before.id if before else f"m{number}", pair, value)
    places = _places(sheets.get("places"), len(persons), faults)
    faults.raise_if_any()
    problem = Problem(slots, places, persons, tuple(meetings.values()), name=name)
    check_agreement(problem)
    headings = [found for kind, table in sheets.items() if kind != "availability" for found in _unknown_headings(table)]
    return EventOfSheets(problem, len(requests) - len(meetings), unknown_sheets, tuple(headings))


def _by_kind(tables: Sequence[Table]) -> tuple[dict[str, Table], tuple[str, ...]]:
    known = _spellings("sheets")
    found: dict[str, Table] = {}
    unknown: list[str] = []
    for table in tables:
        kind = known.get(table.name.strip().casefold())
        if kind is None:
            if any(cell for row in table.rows for cell in row):
                unknown.append(table.name)
            continue
        if kind in found:
            raise BadFormat(table.name, "sheets_twice", other=found[kind].name)
        found[kind] = table
    for kind in _NEEDED:
        if kind not in found:
            names = [spelling for names in vocabulary("event_sheets")["sheets"][kind].values() for spelling in names]
            raise BadFormat("", "sheets_missing", names=names, found=[table.name for table in tables])
    return found, tuple(unknown)


def _unknown_headings(table: Table) -> Iterator[tuple[str, str]]:
    """The cell and the words of each heading that names no column known."""
    known = _spellings("columns")
    for at, cell in enumerate(table.rows[0] if table.rows else (), 1):
        if cell.strip() and cell.strip().casefold() not in known:
            yield cell_address(table.name, 1, at), cell.strip()


def _spellings(group: str) -> dict[str, str]:
    """Casefolded spelling → key, for both languages."""
    words = vocabulary("event_sheets")[group]
    return {spelling.casefold(): key for key, by_language in words.items() for names in by_language.values() for spelling in names}  # fmt: skip


def _rows(table: Table, needed: Sequence[str], faults: Faults) -> list[_Row]:
    """The rows that are not empty; a heading that is not known is left alone, one that is needed must be there."""
    known = _spellings("columns")
    headings = [known.get(cell.strip().casefold()) for cell in table.rows[0]] if table.rows else []
    for column in needed:
        if column not in headings:
            names = [name for names in vocabulary("event_sheets")["columns"][column].values() for name in names]
            raise BadFormat(f"{table.name}, 1", "sheets_no_column", names=names)
    for column in {heading for heading in headings if heading and headings.count(heading) > 1}:
        raise BadFormat(f"{table.name}, 1", "sheets_column_twice", column=column)
    columns = {heading: at for at, heading in enumerate(headings, 1) if heading}
    whole: list[_Row] = []
    for line, row in enumerate(table.rows[1:], 2):
        cells = {column: " ".join(cell.split()) for column, cell in zip(headings, row, strict=False) if column}
        if any(cells.values()):
            one = _Row(table.name, line, columns, cells)
            with faults.kept():
                for column in needed:
                    one.needed(column)
                whole.append(one)
    return whole


def _availability(table: Table, known: set[str], faults: Faults) -> tuple[tuple[Slot, ...], dict[str, tuple[str, ...]]]:
    """The times, which are the headings, and for each person those at which they cannot."""
    headings = table.rows[0] if table.rows else ()
    last = max((at for at, cell in enumerate(headings) if cell.strip()), default=0)
    if not last:
        raise BadFormat(f"{table.name}, 1", "sheets_no_times")
    times: list[tuple[str | None, str]] = []
    columns: list[int] = []
    for at, cell in enumerate(headings[1 : last + 1], 1):
        with faults.kept():
            times.append(_time(table.name, at + 1, cell))
            columns.append(at)
    if len({day is None for day, _ in times}) > 1:
        raise BadFormat(f"{table.name}, 1", "sheets_days")
    slots = tuple(Slot(f"{day} {clock}" if day else clock, day=day) for day, clock in times)
    for before, after, at in zip(slots, slots[1:], columns[1:], strict=False):
        if after.id <= before.id:
            raise BadFormat(cell_address(table.name, 1, at + 1), "sheets_times_order", found=after.id, before=before.id)
    words = vocabulary("event_sheets")
    away_words = {word.casefold() for names in words["away"].values() for word in names}
    free_words = {word.casefold() for names in words["free"].values() for word in names} | {""}
    away: dict[str, tuple[str, ...]] = {}
    for line, row in enumerate(table.rows[1:], 2):
        cells = [" ".join(cell.split()) for cell in row]
        if not any(cells):
            continue
        who = cells[0]
        with faults.kept():
            if who not in known:
                raise _nobody(cell_address(table.name, line, 1), who, known)
            if who in away:
                raise BadFormat(cell_address(table.name, line, 1), "sheets_person_twice", found=who)
        missed = []
        for slot, at in zip(slots, columns, strict=True):
            cell = cells[at] if at < len(cells) else ""
            if cell.casefold() in away_words:
                missed.append(slot.id)
            elif cell.casefold() not in free_words:
                options = sorted(away_words | free_words - {""})
                faults.add(
                    BadFormat(
                        cell_address(table.name, line, at + 1), "none_of_the_options", found=cell, options=options
                    )
                )
        away[who] = tuple(missed)
    return slots, away


def _nobody(place: str, found: str, known: Collection[str]) -> BadFormat:
    """That nobody is called so, with the name most like it where there is one."""
    alike = get_close_matches(found.casefold(), {name.casefold(): name for name in sorted(known)}, 1)
    if not alike:
        return BadFormat(place, "sheets_nobody", found=found)
    meant = next(name for name in sorted(known) if name.casefold() == alike[0])
    return BadFormat(place, "sheets_nobody_but", found=found, meant=meant)


def _time(sheet: str, at: int, cell: str) -> tuple[str | None, str]:
    found = _TIME.fullmatch(cell.strip())
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        raise BadFormat(cell_address(sheet, 1, at), "sheets_no_time", found=cell)
    return found[1], f"{int(found[2]):02}:{found[3]}"


def _persons(rows: Sequence[_Row], away: Mapping[str, tuple[str, ...]], faults: Faults) -> tuple[Person, ...]:
    found: dict[str, Person] = {}
    for row in rows:
        name = row.cells["name"]
        person = Person(name, row.cells.get("organisation") or None, away.get(name, ()))
        if name in found:
            faults.add(row.fault("name", "sheets_person_twice", found=name))
            continue
        found[name] = person
        with faults.kept():
            limits = row.number("max_per_day", 0), row.number("max_in_a_row", 1)
            found[name] = replace(person, max_per_day=limits[0], max_in_a_row=limits[1])
    return tuple(found.values())


class _Sides:
    """What stands in a request's cells, as sides of a meeting."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.people = {person.id for person in persons}
        self.staff: dict[str, list[str]] = defaultdict(list)
        for person in persons:
            if person.organisation:
                self.staff[person.organisation.casefold()].append(person.id)
        self.called = self.people | {person.organisation for person in persons if person.organisation}

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
                    place = cell_address(row.sheet, row.line, row.columns[column])
                    raise _nobody(place, name, self.called)
                anyone += [one for one in staff if one not in anyone]
        return tuple(everyone), tuple(anyone)


def _places(table: Table | None, people: int, faults: Faults) -> tuple[Place, ...]:
    """The places; without a sheet of them, tables for everybody at once."""
    if table is None:
        return (Place(_HALL, max(1, people // 2)),)
    places = []
    for row in _rows(table, ("name",), faults):
        count = row.number("count", 1)
        places.append(Place(row.cells["name"], 1 if count is None else count, row.cells.get("zone") or None, row.cells.get("host") or None))  # fmt: skip
    return tuple(places)
