"""What an organiser is told of a plan."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from handslag.partnering import Figures, Meeting, Person, Place, Placed, Problem, Schedule, Side, Slot, Unplaced
from handslag.partnering.report import overview_lines, overview_of, plan_page
from handslag.partnering.report.load_picture import bars_of, load_picture
from handslag.partnering.report.overview import FullPerson, SizeClass, SlotLoad
from handslag.partnering.report.page_data import day_label, time_label
from handslag.partnering.schedule import CountingCertificate, Run

PROBLEM = Problem(
    slots=(Slot("1", day="a"), Slot("2", day="a")),
    places=(Place("hall", 2), Place("booth", 1, slots=("2",))),
    people=(Person("p1", "Kuusi"), Person("p2", "Kuusi"), Person("p3", "<b>Åbro</b>"), Person("p4", None, ("1",))),
    meetings=(
        Meeting("m1", (Side(("p1",)), Side(("p3",))), 3),
        Meeting("m2", (Side(("p2",)), Side(("p3",))), 2),
        Meeting("m3", (Side(("p4",)), Side(("p3",))), 1),
    ),
    name="Event <script>",
)
SCHEDULE = Schedule(
    "0" * 64, None, "feasible",
    (Placed("m1", "1", "hall", 1, ("p1", "p3")), Placed("m2", "2", "booth", 1, ("p2", "p3"))),
    (Unplaced("m3", "p3 is full"),),
    Figures(meetings=2, value=5),
    (CountingCertificate("value", 5, 5, 0.0, "places", {}),),
    Run(1.0, 1, 1, "0", "gap"),
)  # fmt: skip


def test_load_full_people_and_sizes_are_counted():
    found = overview_of(PROBLEM, SCHEDULE)
    assert (found.requested, found.placed, found.value, found.value_of_all) == (3, 2, 5, 6)
    assert found.slots == (SlotLoad("1", "a", 1, 1), SlotLoad("2", "a", 1, 2))
    assert found.full == (FullPerson("p3", "<b>Åbro</b>", 2, 1),)
    assert found.sizes == (SizeClass(1, 1, 1, 3, 2), SizeClass(2, 3, 1, 2, 2))
    assert found.under_used == ()


@pytest.mark.parametrize(("language", "gap"), [("sv", "0,000 %"), ("en", "0.000 %")])
def test_lines_are_told_in_either_language(language, gap):
    lines = list(overview_lines(overview_of(PROBLEM, SCHEDULE), language))
    assert len(lines) == 6
    assert gap in lines[1]
    assert lines[2].endswith(": 1 p3 is full")
    assert "p3 (1)" in lines[3]


class Seen(HTMLParser):
    """The page's elements and its text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.text += data


def data_of(page):
    return json.loads(page.partition('id="plan">')[2].partition("</script>")[0])


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_has_every_meeting_and_reason_and_no_markup_of_names(language):
    page = plan_page(PROBLEM, SCHEDULE, language)
    seen = Seen(page)
    assert f'<html lang="{language}">' in page
    assert seen.tags.count("script") == 2
    assert "b" not in seen.tags
    assert "Event <script>" in seen.text
    data = data_of(page)
    assert data["people"] == [["p1", 1, []], ["p2", 1, []], ["p3", 0, []], ["p4", -1, [0]]]
    assert data["bodies"] == ["<b>Åbro</b>", "Kuusi"]
    assert data["held"] == [["m1", 0, 0, 1, [0, 2]], ["m2", 1, 1, 1, [1, 2]]]
    assert data["left"] == [["m3", 1, [[[3]], [[2]]], "p3 is full"]]


def test_days_and_times_are_told_as_people_write_them():
    start = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
    assert (day_label(Slot("x", start, 30, "1"), "sv"), time_label(Slot("x", start, 30, "1"))) == (
        "tis 2027-03-09",
        "09:00–09:30",
    )
    assert day_label(Slot("x", start, 30, "Press"), "en") == "Tue 2027-03-09 (Press)"
    assert (day_label(Slot("a 09:00", day="a"), "sv"), time_label(Slot("a 09:00", day="a"))) == ("a", "09:00")
    assert (day_label(Slot("s1"), "sv"), time_label(Slot("s1"))) == ("", "s1")


def test_of_very_many_slots_several_share_a_bar():
    slots = tuple(Slot(f"s{number}", day="ab"[number // 50_000]) for number in range(100_000))
    loads = [SlotLoad(slot.id, slot.day, 1, 2) for slot in slots]
    bars = bars_of(Problem(slots, (), (), ()), loads, "en")
    assert len(bars) <= 500
    assert (sum(bar.held for bar in bars), sum(bar.room for bar in bars)) == (100_000, 200_000)
    assert load_picture(bars, "en").count("<rect") == 2 * len(bars)


def test_a_plan_of_nothing_is_a_page_too():
    nothing = replace(PROBLEM, slots=(), places=(), people=(), meetings=())
    schedule = replace(SCHEDULE, placed=(), unplaced=(), figures=Figures(), certificates=())
    assert "<h1>" in plan_page(nothing, schedule, "en")
    assert len(list(overview_lines(overview_of(nothing, schedule), "en"))) == 1
