"""Published instances of the business-to-business meeting scheduling problem (B2BSP; MiniZinc data, University of Girona).

Bofill, Coll, Garcia, Giráldez-Cru, Pesant, Suy and Villaret, Constraint Solving Approaches to the Business-to-Business Meeting
Scheduling Problem, JAIR 74, 2022.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from handslag.partnering.bad_format import BadFormat
from handslag.partnering.files.agreement import check_agreement
from handslag.partnering.problem import Meeting, Person, Place, Problem, Rules, Side, Slot

# Sessions a meeting may be asked for.
_MORNING, _AFTERNOON, _ANY_TIME = 1, 2, 3
# Of the literature: the numbers of breaks of any two participants differ by at most so much.
_SPREAD = 2
_NEVER_THERE = "never-there"
_ASSIGNMENT = re.compile(r"(\w+)\s*=\s*([^;]*);")
_SET = re.compile(r"\{([^}]*)\}")
_INTEGER = re.compile(r"\d+")


class _Sizes(NamedTuple):
    people: int
    meetings: int
    places: int
    slots: int
    morning: int


def from_b2bsp(text: str) -> Problem:
    """The problem of a published file: all meetings, breaks of any two people at most 2 apart, fewest breaks.

    Participants, meetings and slots are numbered from 1 as in the file: `p1`, `m1`, `s1`. A fixed meeting may only be
    in its slot; where that is outside its session, somebody who is never there attends it. BadFormat names the
    assignment that is missing or does not fit the others.
    """
    found = dict(_ASSIGNMENT.findall(re.sub(r"%.*", "", text)))
    sizes = _Sizes(*(_number(found, key) for key in _SIZE_NAMES))
    if sizes.morning > sizes.slots:
        raise BadFormat("nMorningSlots", "b2bsp_number", found=sizes.morning, range=f"0…{sizes.slots}")
    forbidden = _sets(found, "forbidden", sizes.people, sizes.slots, filler=0)
    earlier = _sets(found, "precedences", sizes.meetings, sizes.meetings, filler=0) if "precedences" in found else None
    fixed = _row(found, "fixed", sizes.meetings, sizes.slots) if "fixed" in found else None
    meetings = []
    for position, (one, other, session) in enumerate(_requested(found, sizes)):
        slots = _of_session(session, sizes)
        sides = [Side((f"p{one}",)), Side((f"p{other}",))]
        if fixed and fixed[position]:
            # Two published files fix an afternoon's meeting in the morning: it can be nowhere, and that is for a proof.
            is_possible = f"s{fixed[position]}" in slots
            slots = (f"s{fixed[position]}",)
            if not is_possible:
                sides.append(Side((_NEVER_THERE,)))
        meetings.append(
            Meeting(
                id=f"m{position + 1}",
                sides=tuple(sides),
                slots=slots if len(slots) < sizes.slots else None,
                after=tuple(f"m{number}" for number in earlier[position]) if earlier else (),
            )
        )
    all_slots = tuple(f"s{number}" for number in range(1, sizes.slots + 1))
    people = [
        Person(f"p{number}", unavailable=tuple(f"s{slot}" for slot in slots))
        for number, slots in enumerate(forbidden, start=1)
    ]
    if any(len(meeting.sides) > 2 for meeting in meetings):
        people.append(Person(_NEVER_THERE, unavailable=all_slots))
    problem = Problem(
        slots=tuple(
            Slot(slot, half="morning" if number <= sizes.morning else "afternoon")
            for number, slot in enumerate(all_slots, start=1)
        ),
        places=(Place("tables", sizes.places),) if sizes.places else (),
        people=tuple(people),
        meetings=tuple(meetings),
        rules=Rules(all_meetings=True, max_break_spread=_SPREAD),
        goals=("breaks",),
    )
    check_agreement(problem)
    return problem


_SIZE_NAMES = ("nBusiness", "nMeetings", "nTables", "nTotalSlots", "nMorningSlots")


def _assigned(found: dict[str, str], key: str) -> str:
    if key not in found:
        raise BadFormat(key, "b2bsp_missing", key=key)
    return found[key]


def _number(found: dict[str, str], key: str) -> int:
    text = _assigned(found, key).strip()
    if not _INTEGER.fullmatch(text) or len(text) > 6:
        raise BadFormat(key, "b2bsp_number", found=text, range="0…999999")
    return int(text)


def _row(found: dict[str, str], key: str, length: int, most: int) -> list[int]:
    numbers = [int(text) for text in _INTEGER.findall(_assigned(found, key))]
    if len(numbers) != length:
        raise BadFormat(key, "b2bsp_length", found=len(numbers), length=length)
    _check_range(key, numbers, 0, most)
    return numbers


def _sets(found: dict[str, str], key: str, length: int, most: int, *, filler: int) -> list[list[int]]:
    """A list of sets of numbers; `{filler}` stands for an empty one."""
    sets = [[int(text) for text in _INTEGER.findall(inner)] for inner in _SET.findall(_assigned(found, key))]
    if len(sets) != length:
        raise BadFormat(key, "b2bsp_length", found=len(sets), length=length)
    for position, numbers in enumerate(sets):
        _check_range(f"{key}[{position + 1}]", numbers, 0, most)
    return [sorted(set(numbers) - {filler}) for numbers in sets]


def _requested(found: dict[str, str], sizes: _Sizes) -> list[tuple[int, int, int]]:
    numbers = [int(text) for text in _INTEGER.findall(_assigned(found, "requested"))]
    if len(numbers) != 3 * sizes.meetings:
        raise BadFormat("requested", "b2bsp_length", found=len(numbers), length=3 * sizes.meetings)
    rows = [(numbers[at], numbers[at + 1], numbers[at + 2]) for at in range(0, len(numbers), 3)]
    for position, (one, other, session) in enumerate(rows, start=1):
        _check_range(f"requested[{position}]", [one, other], 1, sizes.people)
        _check_range(f"requested[{position}]", [session], _MORNING, _ANY_TIME)
    return rows


def _check_range(place: str, numbers: list[int], least: int, most: int) -> None:
    for number in numbers:
        if not least <= number <= most:
            raise BadFormat(place, "b2bsp_number", found=number, range=f"{least}…{most}")


def _of_session(session: int, sizes: _Sizes) -> tuple[str, ...]:
    """The slots of a meeting's session."""
    first = 1 if session != _AFTERNOON else sizes.morning + 1
    last = sizes.slots if session != _MORNING else sizes.morning
    if last < first:
        raise BadFormat("requested", "b2bsp_no_session", session=session)
    return tuple(f"s{number}" for number in range(first, last + 1))
