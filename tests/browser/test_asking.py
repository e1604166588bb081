"""The whole task of asking, in a real browser: a letter about a party's promise, the answer of a stranger without scripts, its review, the evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect
from sample_hub import REVIEWER, session_of

from handslag_hub.asking.models import Answer, Letter, LetterItem
from handslag_hub.asking.queries.choosing import askable
from handslag_hub.asking.services.answers import Given, enter_answers
from handslag_hub.asking.services.letters import finish_letter, mark_sent, write_letter
from handslag_hub.store.models import Entity
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = """Region Norrholm plans for care

Region Norrholm will open a clinic for patients in Skellefteå by 1 September 2025.
Region Norrholm will publish a report on health data by 15 December 2027.
"""


@pytest.fixture
def hub(live_server, chromium_page: Page, settings, tmp_path) -> Iterator[Page]:
    """The browser of a reviewer who has logged in, before Today."""
    from handslag.reading.loading import load  # noqa: PLC0415
    from handslag.reading.reader import read_loaded  # noqa: PLC0415

    settings.TEAM = True
    chromium_page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of("reviewer"), "url": live_server.url}])  # fmt: skip
    (tmp_path / "page.txt").write_text(PAGE)
    keep_reading(REVIEWER, read_loaded(load(tmp_path / "page.txt"), said_on="2025-02-03"))
    chromium_page.set_viewport_size({"width": 1280, "height": 900})
    chromium_page.goto(live_server.url)
    yield chromium_page
    chromium_page.goto("about:blank")


def test_ask_answer_review_and_see_it_as_evidence(hub: Page, chromium: Browser, axe_violations: Callable[[Page], list[str]]) -> None:  # fmt: skip
    # The card leads to asking; what is due is ticked already.
    region = Entity.objects.get(kind="organisation", label="Region Norrholm")
    hub.goto(f"{hub.url}register/{region.uid}")
    hub.get_by_role("link", name="Ask", exact=True).click()
    ticks = hub.locator("input[name=fact]")
    expect(ticks).to_have_count(2)
    expect(ticks.first).to_be_checked()
    assert axe_violations(hub) == []
    hub.get_by_role("button", name="Write the letter").click()

    # The draft is edited, finished and noted as sent.
    hub.wait_for_url("**/letters/*")
    letter = hub.locator("textarea[name=body]")
    expect(letter).to_contain_text("open a clinic for patients in Skellefteå by 1 September 2025")
    letter.fill(letter.input_value().replace("Kind regards", "Many thanks"))
    hub.get_by_role("button", name="Keep the draft").click()
    expect(hub.locator(".notice--done")).to_be_visible()
    assert axe_violations(hub) == []
    hub.get_by_role("button", name="Finish, to print or copy").click()
    shown = hub.locator("article.letter").inner_text()
    assert "Many thanks" in shown
    address = next(word for word in shown.split() if "/answer/" in word)
    assert axe_violations(hub) == []
    hub.get_by_role("button", name="It is on its way").click()
    hub.wait_for_url("**/letters/*")
    assert address.rpartition("/")[2] not in hub.content()
    assert Letter.objects.get().sent_at is not None

    # A stranger: no cookie, no script.
    with chromium.new_context(java_script_enabled=False, service_workers="block") as outside:
        stranger = outside.new_page()
        stranger.goto(address)
        first = stranger.locator("section.question").first
        expect(first.locator("blockquote")).to_contain_text("clinic")
        first.get_by_label("done").check()
        first.get_by_label("In your words").fill("The clinic opened on 2 May.")
        first.get_by_label("On which day was it so?").fill("2025-05-02")
        first.get_by_label("A page that tells more").fill("https://region.example/clinic")
        stranger.get_by_role("button", name="Send the answer").click()
        expect(stranger.locator(".notice--done")).to_contain_text("1 answer was received")
        expect(stranger.locator("section.question").nth(1).locator(".answer")).to_have_count(0)
        assert outside.cookies() == []
    with chromium.new_context(service_workers="block") as outside:
        stranger = outside.new_page()
        stranger.goto(f"{address}?language=sv")
        expect(stranger.locator("h1")).to_have_text("Vad gäller nu?")
        assert axe_violations(stranger) == []
    assert Answer.objects.get().says == "done"

    # It waits for review, is accepted, and is evidence by the owner.
    hub.goto(hub.url.partition("/letters/")[0])
    hub.get_by_role("link", name="1 answer to review").click()
    expect(hub.locator(".answer")).to_contain_text("The clinic opened on 2 May.")
    assert axe_violations(hub) == []
    hub.get_by_role("button", name="Keep as told").click()
    expect(hub.locator(".notice--done")).to_be_visible()
    commitment = Answer.objects.get().item.fact.about
    hub.goto(f"{hub.url.partition('/answers/')[0]}/commitments/{commitment.uid}")
    expect(hub.locator("main")).to_contain_text("The clinic opened on 2 May.")
    hub.get_by_role("link", name="Watch", exact=True).click()
    hub.get_by_role("button", name="Tell me").click()
    expect(hub.locator(".notice--done")).to_be_visible()
    assert axe_violations(hub) == []


def test_words_without_end_widen_no_page_of_a_telephone(hub: Page) -> None:
    """Neither what a stranger sees nor what those who review do."""
    region = Entity.objects.get(kind="organisation", label="Region Norrholm").canonical
    letter = write_letter(REVIEWER, region, [one.row.fact for one in askable(REVIEWER, region)[0]])
    LetterItem.objects.update(quote="ö" * 400, source="https://example.org/" + "d" * 400)
    secret = finish_letter(REVIEWER, letter)
    mark_sent(REVIEWER, letter)
    enter_answers(REVIEWER, letter, [Given(letter.items.get(rank=1), "done", "å" * 1500, date(2026, 5, 2), "https://example.org/" + "e" * 600)], name="N" * 190)  # fmt: skip
    hub.set_viewport_size({"width": 390, "height": 844})
    home = hub.url
    for path in (f"answer/{secret}", f"letters/{letter.uid}", f"letters/{letter.uid}/enter", "letters/", "answers/"):
        hub.goto(home + path)
        expect(hub.locator("h1")).to_be_visible()
        assert hub.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
