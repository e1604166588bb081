"""The plan's page in a real browser: an organiser finds a timetable, reads it, prints it; by pointer, by keyboard, on a phone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handslag.partnering import Figures, Meeting, Person, Place, Placed, Problem, Schedule, Side, Slot, Unplaced
from handslag.partnering.report import plan_page
from handslag.partnering.schedule import CountingCertificate, Run

HOSTILE = "</script><img src=x onerror='window.pwned=1'>"
PROBLEM = Problem(
    slots=(Slot("2027-03-09 09:00", day="2027-03-09"), Slot("2027-03-09 09:30", day="2027-03-09"), Slot("2027-03-10 09:00", day="2027-03-10")),
    places=(Place("Hallen", 2), Place(HOSTILE, 1)),
    people=(
        Person("Åsa Lind", "Kuusi AB"), Person("Bror Ek", "Kuusi AB"), Person("Cilla Dahl", HOSTILE),
        Person("Dag Holm", None, ("2027-03-09 09:00",)),
    ),
    meetings=(
        Meeting("m1", (Side(("Åsa Lind",)), Side(("Cilla Dahl",))), 3),
        Meeting("m2", (Side(("Bror Ek",)), Side(("Cilla Dahl",))), 2),
        Meeting("m3", (Side(("Dag Holm",)), Side(("Cilla Dahl",))), 1),
    ),
    name="Vårmötet",
)  # fmt: skip
SCHEDULE = Schedule(
    "0" * 64, None, "feasible",
    (
        Placed("m1", "2027-03-09 09:00", "Hallen", 1, ("Åsa Lind", "Cilla Dahl")),
        Placed("m2", "2027-03-10 09:00", HOSTILE, 1, ("Bror Ek", "Cilla Dahl")),
    ),
    (Unplaced("m3", "inga lediga tider kvar: Cilla Dahl"),),
    Figures(meetings=2, value=5),
    (CountingCertificate("value", 5, 5, 0.0, "places", {}),),
    Run(1.0, 1, 1, "0", "gap"),
)  # fmt: skip


# The same page in other words: English by `make sweep`.
@pytest.fixture(params=["sv", pytest.param("en", marks=pytest.mark.long)])
def opened(request: pytest.FixtureRequest, chromium_page: Page, tmp_path: Path) -> Page:
    path = tmp_path / "plan.html"
    path.write_text(plan_page(PROBLEM, SCHEDULE, request.param), encoding="utf-8")
    chromium_page.set_viewport_size({"width": 1280, "height": 800})
    chromium_page.goto(path.as_uri())
    return chromium_page


def test_a_timetable_is_found_by_typing_and_opened_by_keyboard(opened: Page) -> None:
    opened.locator("#find").focus()
    opened.keyboard.type("asa li")
    expect(opened.locator("#results a")).to_have_text(["Åsa Lind"])
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    expect(opened.locator("#timetable h2")).to_be_focused()
    expect(opened.locator("#timetable h2")).to_have_text("Åsa Lind")
    rows = opened.locator("#timetable tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Hallen 1")
    expect(rows).to_contain_text("Cilla Dahl")
    expect(rows).not_to_contain_text("Åsa")


def test_enter_opens_the_first_and_back_closes_it(opened: Page) -> None:
    opened.locator("#find").fill("hallen 1")
    opened.keyboard.press("Enter")
    expect(opened.locator("#timetable h2")).to_have_text("Hallen 1")
    opened.go_back()
    expect(opened.locator("#timetable")).to_be_hidden()


def test_an_organisation_a_place_and_a_meeting_have_theirs(opened: Page) -> None:
    for text, expected in (("kuusi ab", "Åsa Lind"), ("hallen", "09:00"), ("m2", "Bror Ek"), ("m3", "inga lediga")):
        opened.locator("#find").fill(text)
        if text.startswith("k"):
            opened.locator("#kind").select_option("o")
        opened.locator("#results a").first.click()
        expect(opened.locator("#timetable")).to_contain_text(expected)
        opened.locator("#kind").select_option("")


def test_who_waits_is_told_why_at_their_timetable(opened: Page) -> None:
    opened.goto(f"{opened.url}#p3")
    expect(opened.locator("#timetable")).to_contain_text("inga lediga tider kvar: Cilla Dahl")
    opened.locator("#find-left").fill("finns inte")
    expect(opened.locator("#left-table tr")).to_have_count(0)


def test_names_are_never_markup(opened: Page) -> None:
    for address in ("#p2", "#o0", "#l1", "#m1"):
        opened.goto(opened.url.partition("#")[0] + address)
        expect(opened.locator("#timetable h2")).to_be_visible()
    assert opened.evaluate("window.pwned") is None
    assert opened.locator("img").count() == 0


def test_on_paper_there_is_the_timetable_alone_or_each_persons(opened: Page) -> None:
    opened.evaluate("window.print = () => {}")
    opened.emulate_media(media="print")
    expect(opened.locator("h1")).to_be_visible()
    opened.goto(f"{opened.url}#p0")
    opened.evaluate("window.print = () => {}")
    for hidden in ("h1", "#load", "#unplaced", "#finding"):
        expect(opened.locator(hidden)).to_be_hidden()
    expect(opened.locator("#timetable table").first).to_be_visible()
    expect(opened.locator("#timetable .event")).to_have_text("Vårmötet")
    opened.evaluate("document.getElementById('print-all').click()")
    expect(opened.locator(".sheet:visible h2")).to_have_text(["Bror Ek", "Cilla Dahl", "Åsa Lind"] if opened.locator("html").get_attribute("lang") == "sv" else ["Åsa Lind", "Bror Ek", "Cilla Dahl"])  # fmt: skip
    expect(opened.locator("#timetable")).to_be_hidden()
    opened.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(opened.locator(".sheet")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Page, axe_violations: Callable[[Page], list[str]], scheme: str) -> None:
    opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    assert axe_violations(opened) == []
    opened.goto(f"{opened.url}#o0")
    opened.set_viewport_size({"width": 360, "height": 700})
    expect(opened.locator("#timetable h2")).to_be_visible()
    assert axe_violations(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
