"""Published instances (B2BSP): read as the literature has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from handslag.partnering import BadFormat, Person, Place, Side, from_b2bsp, problem_json, read_problem

TEXT = """
nBusiness = 3; nMeetings = 3;
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;   % two of four
requested = [|1, 2,3,
|1, 3,1,
|2, 3,2, |];
meetingsxBusiness = [{1,2,3}, {1,2,4}, {1,3,4}];
nMeetingsBusiness = [2, 2, 2];
forbidden = [{0}, {1,4}, {}];
fixed = [3, 0, 0];
precedences = [{2}, {}, {}];
"""


def test_a_file_is_read_as_it_says() -> None:
    problem = from_b2bsp(TEXT)
    assert [(slot.id, slot.half) for slot in problem.slots] == [
        ("s1", "morning"), ("s2", "morning"), ("s3", "afternoon"), ("s4", "afternoon"),
    ]  # fmt: skip
    assert problem.people == (Person("p1"), Person("p2", unavailable=("s1", "s4")), Person("p3"))
    assert problem.places == (Place("tables", 2),)
    first, second, third = problem.meetings
    assert (first.sides, first.slots, first.after) == ((Side(("p1",)), Side(("p2",))), ("s3",), ("m2",))
    assert (second.slots, third.slots) == (("s1", "s2"), ("s3", "s4"))
    assert (problem.rules.all_meetings, problem.rules.max_break_spread, problem.goals) == (True, 2, ("breaks",))
    assert read_problem(problem_json(problem)) == problem


def test_a_meeting_fixed_outside_its_session_can_be_nowhere() -> None:
    problem = from_b2bsp(TEXT.replace("[3, 0, 0]", "[0, 4, 0]"))
    assert problem.meetings[1].slots == ("s4",)
    assert problem.meetings[1].sides[2] == Side((problem.people[-1].id,))
    assert problem.people[-1].unavailable == ("s1", "s2", "s3", "s4")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("nTables = 2;", "", "nTables"),
        ("nTables = 2;", "nTables = many;", "nTables"),
        ("nMorningSlots = 2;", "nMorningSlots = 5;", "nMorningSlots"),
        ("|2, 3,2, |]", "|2, 3, |]", "requested"),
        ("|2, 3,2, |]", "|2, 4,2, |]", "requested[3]"),
        ("|2, 3,2, |]", "|2, 3,4, |]", "requested[3]"),
        ("{1,4}, {}]", "{1,5}, {}]", "forbidden[2]"),
        ("{1,4}, {}]", "{1,4}]", "forbidden"),
        ("[3, 0, 0]", "[3, 0]", "fixed"),
        ("[3, 0, 0]", "[5, 0, 0]", "fixed"),
        ("[{2}, {}, {}]", "[{4}, {}, {}]", "precedences[1]"),
        ("[{2}, {}, {}]", "[{2}, {1}, {}]", "meetings[0].after"),
        ("|2, 3,2, |]", "|2, 2,2, |]", "meetings[2].sides[1].all[0]"),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, place: str) -> None:
    assert old in TEXT
    with pytest.raises(BadFormat) as caught:
        from_b2bsp(TEXT.replace(old, new))
    assert caught.value.place == place


@pytest.mark.parametrize(("family", "files"), [("original", 20), ("forbidden", 40), ("fixed", 40), ("precedence", 40)])
def test_the_published_files_are_read(family: str, files: int, shared: Path) -> None:
    paths = sorted((shared / "bench" / "b2bsp" / family).glob("*.dzn"))
    assert len(paths) == files
    for path in paths:
        problem = from_b2bsp(path.read_text(encoding="utf-8"))
        assert len(problem.meetings) >= 100
        assert len(problem.places) == 1
