"""The report in a real browser: what a person does with it, by pointer, by keyboard, on a phone and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.made_readings import Page as MadePage
from tests.made_readings import example, hostile

from handslag.kernel.errors import UnreadableFile
from handslag.reading.report import html_report

POISONS = [
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror="window.pwned = 1">',
    "' onmouseover='window.pwned = 1' autofocus onfocus='window.pwned = 1",
    "</script></style></title><svg onload='window.pwned = 1'>",
]


def long_example() -> MadePage:
    return MadePage(*[("body", f"Rad {number}: ingenting särskilt sägs här.") for number in range(400)])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report on two documents and one that could not be read."""
    path = tmp_path / "report.html"
    second = example()
    second = replace(second, document=replace(second.document, title="Ännu ett avtal", path="sidor/tva.txt"))
    unreadable = [UnreadableFile("sidor/skannad.pdf", "has no text layer; run OCR on it")]
    path.write_text(html_report([example(), second], unreadable, "sv"), encoding="utf-8")
    return path


@pytest.fixture
def opened(chromium_page: Page, report: Path) -> Page:
    chromium_page.set_viewport_size({"width": 1280, "height": 800})
    chromium_page.goto(report.as_uri())
    return chromium_page


@pytest.fixture
def without_scripts(chromium: Browser, report: Path) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(report.as_uri())
    yield page
    context.close()


def lit_text(page: Page) -> str:
    return "".join(page.locator("#d1 mark.on").all_text_contents())


def is_in_view(mark: Locator) -> bool:
    inside: bool = mark.evaluate(
        """mark => { const box = mark.getBoundingClientRect(), pane = mark.closest('.scroll').getBoundingClientRect();
        return box.top >= pane.top && box.bottom <= pane.bottom && box.bottom <= innerHeight }"""
    )
    return inside


# --- facts and passages --------------------------------------------------------------------------------------------------


def test_pointing_at_a_fact_marks_its_words(opened: Page) -> None:
    opened.hover("#d1-c4 .what")
    expect(opened.locator("#d1-c4")).to_have_class(re.compile(r"\bon\b"))
    assert lit_text(opened) == "Samarbetet kan omfatta:- gemensam upphandling"
    opened.hover("#d1-f1 .title")
    expect(opened.locator("#d1-c4")).not_to_have_class(re.compile(r"\bon\b"))
    assert lit_text(opened) == "14 miljoner kronor"


def test_pointing_at_a_passage_marks_and_names_the_facts_that_rest_on_it(opened: Page) -> None:
    opened.locator("#d1 mark", has_text="14 miljoner kronor").hover()
    expect(opened.locator("#d1-f1")).to_have_class(re.compile(r"\bon\b"))
    expect(opened.locator("#d1-c1")).to_have_class(re.compile(r"\bon\b"))
    assert opened.locator("#d1 .rests").all_inner_texts() == [
        "Bygger på detta\n\nÅtagande: under 2027 avsätta 14 miljoner kronor\nSiffra: minst 14\u00a0000\u00a0000\u00a0SEK"
    ]
    opened.locator("#d1 .rests a").nth(1).click()
    expect(opened.locator("#d1-f1 .at")).to_be_focused()


def test_a_far_passage_is_brought_into_view_beside_its_fact(chromium_page: Page, tmp_path: Path) -> None:
    page = long_example()
    facts = tuple(
        replace(fact, evidence=(page.at(f"Rad {number}: ingenting"),), agreement=None)
        for fact, number in zip(example().commitments[:3], (0, 200, 399), strict=True)
    )
    (tmp_path / "long.html").write_text(html_report([page.reading(commitments=facts)]), encoding="utf-8")
    chromium_page.set_viewport_size({"width": 1280, "height": 800})
    chromium_page.goto((tmp_path / "long.html").as_uri())
    for fact in (facts[2], facts[0], facts[1]):
        chromium_page.locator(f"#d1-{fact.id} .at").focus()
        mark = chromium_page.locator("#d1 mark.on").first
        expect(mark).to_have_text(fact.evidence[0].quote)
        chromium_page.wait_for_timeout(700)
        assert is_in_view(mark)
        assert chromium_page.locator(f"#d1-{fact.id}").evaluate(
            "fact => fact.getBoundingClientRect().top < innerHeight"
        )


# --- by keyboard ---------------------------------------------------------------------------------------------------------


def test_a_person_reads_by_keyboard_alone(opened: Page) -> None:
    keys = opened.keyboard
    keys.press("Tab")
    expect(opened.locator(".skip")).to_be_focused()
    keys.press("Enter")
    for _ in range(3):  # overview, next document, first fact
        keys.press("Tab")
    expect(opened.locator("#d1-c1 .at")).to_be_focused()
    assert lit_text(opened) == "Parterna ska under 2027 avsätta 14 miljoner kronor."
    keys.press("ArrowDown")
    expect(opened.locator("#d1-c2 .at")).to_be_focused()
    keys.press("ArrowDown")
    expect(opened.locator("#d1-c6 .at")).to_be_focused()
    keys.press("ArrowDown")
    expect(opened.locator("#d1-c3 .at"), "a weak one is passed over").to_be_focused()
    keys.press("ArrowUp")
    expect(opened.locator("#d1-c6 .at")).to_be_focused()
    keys.press("End")
    expect(opened.locator("#d1-s1 .at")).to_be_focused()
    keys.press("Home")
    expect(opened.locator("#d1-c1 .at")).to_be_focused()

    keys.press("Enter")
    expect(opened.locator("#d1 mark:focus")).to_have_text("Parterna ")
    keys.press("ArrowRight")
    expect(opened.locator("#d1 mark:focus")).to_have_text("ska")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    expect(opened.locator("#d1 mark:focus")).to_have_text("14 miljoner kronor")
    keys.press("Enter")
    expect(opened.locator("#d1-c1 .at")).to_be_focused()
    keys.press("Enter")
    keys.press("Escape")
    expect(opened.locator("#d1-c1 .at")).to_be_focused()


def test_the_text_itself_is_entered_by_keyboard(opened: Page) -> None:
    opened.locator("#d1 .scroll").focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("#d1 mark:focus")).to_have_text("Avtal om testbädd i Almvik")


def test_focus_is_seen_everywhere(opened: Page) -> None:
    seen = set()
    for _ in range(40):
        opened.keyboard.press("Tab")
        outline, name = opened.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            "return [s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, e.tagName + '.' + e.className] })()"
        )
        seen.add(name)
        assert outline, name
    assert {"A.at", "BUTTON.", "INPUT.", "SUMMARY.", "DIV.scroll"} <= seen


def test_weak_facts_are_shown_on_demand(opened: Page) -> None:
    expect(opened.locator("#d1-c5")).to_be_hidden()
    opened.locator("#show-weak").focus()
    opened.keyboard.press("Space")
    expect(opened.locator("#d1-c5")).to_be_visible()
    expect(opened.locator("#d1-c5 .foot")).to_contain_text("svag")
    expect(opened.locator("#d1 .hidden-count").first).to_be_hidden()


def test_a_date_in_the_calendar_leads_to_its_commitment(opened: Page) -> None:
    opened.locator(".calendar tbody a").first.click()
    expect(opened.locator("#d1-c1 .at")).to_be_focused()


# --- languages, scripts, paper -------------------------------------------------------------------------------------------


def test_the_language_is_switched_within_the_page(opened: Page) -> None:
    expect(opened.locator("h1")).to_have_text("Vad dokumenten säger")
    opened.get_by_role("button", name="English").click()
    expect(opened.locator("html")).to_have_attribute("lang", "en")
    expect(opened).to_have_title("What the documents say")
    expect(opened.locator("#d1 .f-agreed .degree")).to_have_text("Agreed")
    expect(opened.locator("#d1-e1")).to_contain_text("9\u00a0December 2026 (inferred, in the text “9 december”)")
    expect(opened.locator("#d1-c1 .what"), "the document's own words stay").to_have_text(re.compile("avsätta"))
    expect(opened.locator("#d1 .scroll")).to_have_attribute("aria-label", re.compile("The text as read"))
    expect(opened.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    opened.get_by_role("button", name="Svenska").click()
    expect(opened.locator("h1")).to_have_text("Vad dokumenten säger")


def test_without_scripts_the_page_still_serves(without_scripts: Page) -> None:
    page = without_scripts
    expect(page.locator(".languages")).to_be_hidden()
    page.locator("#d1-c1 .at").click()
    # A passage that is addressed is marked by its style alone.
    assert page.url.endswith(page.locator("#d1-c1 .at").get_attribute("href") or "?")
    expect(page.locator("#d1-c5")).to_be_hidden()
    page.locator("#show-weak").check()
    expect(page.locator("#d1-c5")).to_be_visible()
    page.locator("#d1 details.z-furniture").first.locator("summary").click()
    expect(page.get_by_text("Start  Om oss  Kontakt").first).to_be_visible()


def test_on_paper_there_are_no_switches_and_every_fact_stands_beside_its_words(opened: Page) -> None:
    opened.emulate_media(media="print")
    for control in (".bar", ".skip", "#d1 .ways", "#d1 .pane-head p"):
        expect(opened.locator(control).first).to_be_hidden()
    expect(opened.locator("#d1-c5")).to_be_hidden()
    for fact in ("c3", "p1", "o1", "e1", "f1", "s1"):
        words = opened.locator(f"#d1-{fact} .words, #d1-{fact} .what").first
        expect(words).to_be_visible()
    beside = opened.locator("#d1-f1").evaluate(
        "fact => fact.querySelector('.proof').getBoundingClientRect().left > "
        "fact.querySelector('.claim').getBoundingClientRect().right"
    )
    assert beside
    expect(opened.locator("#d1 .scroll")).to_be_visible()


def test_on_a_phone_nothing_is_cut_off_and_the_words_stand_under_the_fact(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 740})
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(opened.locator("#d1-p1 .words").first).to_be_visible()
    opened.locator("#d1-f1 .at").click()
    expect(opened.locator("#d1 mark:focus")).to_have_text("14 miljoner kronor")
    expect(opened.locator("#d1 mark:focus")).to_be_in_viewport()
    opened.locator("#d1 .rests a").last.click()
    expect(opened.locator("#d1-f1")).to_be_in_viewport()


# --- safe and accessible -------------------------------------------------------------------------------------------------


# In a tag, and in a page of scripts and styles; the others by `make sweep`.
@pytest.mark.parametrize(
    "poison", [*POISONS[2:], *(pytest.param(poison, marks=pytest.mark.long) for poison in POISONS[:2])]
)
def test_nothing_that_a_document_holds_is_run(chromium_page: Page, tmp_path: Path, poison: str) -> None:
    refused: list[str] = []
    chromium_page.on("console", lambda message: refused.append(message.text))
    (tmp_path / "r.html").write_text(html_report([hostile(poison)], [UnreadableFile(poison, poison)]), encoding="utf-8")
    chromium_page.goto((tmp_path / "r.html").as_uri())
    chromium_page.locator("#d1 .at").first.focus()
    chromium_page.locator("#d1 mark").first.hover()
    chromium_page.get_by_role("button", name="English").click()
    chromium_page.wait_for_timeout(150)
    assert chromium_page.evaluate("window.pwned") is None
    assert refused == []


def test_the_policy_refuses_a_script_that_is_not_the_reports(chromium_page: Page, report: Path) -> None:
    refused: list[str] = []
    chromium_page.on("console", lambda message: refused.append(message.text))
    page = report.read_text(encoding="utf-8").replace("</body>", "<script>window.pwned = 1</script></body>")
    report.write_text(page, encoding="utf-8")
    chromium_page.goto(report.as_uri())
    assert chromium_page.evaluate("window.pwned") is None
    assert "Content Security Policy" in " ".join(refused)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light"), pytest.param(360, "light", marks=pytest.mark.long), pytest.param(1280, "dark", marks=pytest.mark.long)])  # fmt: skip
def test_axe_finds_nothing(opened: Page, axe_violations: Callable[[Page], list[str]], width: int, scheme: str) -> None:
    opened.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    opened.set_viewport_size({"width": width, "height": 800})
    opened.locator("#show-weak").check()
    opened.locator(".guide summary").click()
    for folded in opened.locator("details.z-furniture summary").all():
        folded.click()
    opened.locator("#d1 mark").nth(3).hover()
    opened.wait_for_timeout(200)
    assert axe_violations(opened) == []
