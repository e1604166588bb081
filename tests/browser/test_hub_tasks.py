"""What people come to the hub for, in a real browser: with the keys alone, found by Tab, pressed by Enter or Space; and a double click."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, Route, expect
from sample_hub import REVIEWER, SAMPLES, session_of

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.reading.services.claiming import claim_next
from handslag_hub.reading.services.waiting import read_arrival
from handslag_hub.store.models import Action, Conflict, Document, Entity, Fact
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db(transaction=True)

MOST_TABS = 120


@pytest.fixture
def hub(live_server, chromium_page: Page, settings) -> Iterator[Page]:
    """The browser of a reviewer who has logged in, before the page Today of a hub with minutes and news."""
    settings.TEAM = True
    session = {"name": settings.SESSION_COOKIE_NAME, "value": session_of("reviewer"), "url": live_server.url}
    chromium_page.context.add_cookies([session])
    for name in ("protokoll.docx", "branschnyhet.txt", "ministry-mou.html"):
        keep_reading(REVIEWER, read_loaded(load(SAMPLES / name)))
    chromium_page.set_viewport_size({"width": 1280, "height": 800})
    chromium_page.goto(live_server.url)
    yield chromium_page
    chromium_page.goto("about:blank")


def tab_to(page: Page, place: Locator) -> None:
    """Tab until the place has the focus; what needs a mouse is not reached."""
    for _ in range(MOST_TABS):
        if place.count() and place.first.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by {MOST_TABS} tabs: {place}")


def press(page: Page, place: Locator, key: str = "Enter") -> None:
    tab_to(page, place)
    page.keyboard.press(key)


def test_search_and_open_a_hit(hub: Page) -> None:
    hub.keyboard.press("/")
    hub.keyboard.type("memorandum")
    hub.keyboard.press("Enter")
    hub.wait_for_url("**/search?q=memorandum")
    press(hub, hub.locator("section[aria-labelledby=found-documents] li a"))
    hub.wait_for_url("**/documents/**")
    expect(hub.locator("mark.mark--asked").first).to_be_in_viewport()


def test_merge_two_entries_and_take_it_back(hub: Page) -> None:
    a, b = Entity.objects.filter(kind="organisation").order_by("pk")[:2]
    hub.goto(f"{hub.url}register/same/{a.uid}/{b.uid}")
    press(hub, hub.locator("main button[value=same]"), "Space")
    expect(hub.locator(".notice--done")).to_be_visible()
    assert Entity.objects.get(pk=a.pk).canonical_id == Entity.objects.get(pk=b.pk).canonical_id
    press(hub, hub.locator(".notice--done button"))
    # Not by a function to be evaluated: the hub's policy forbids that, and says so where it has to be asked again.
    hub.locator(".notice--done form").first.wait_for(state="detached")
    hub.wait_for_load_state("networkidle")
    assert Entity.objects.get(pk=a.pk).canonical_id != Entity.objects.get(pk=b.pk).canonical_id


def test_settle_a_contradiction(hub: Page) -> None:
    press(hub, hub.locator(".bar__nav a[href='/conflicts/']"))
    hub.wait_for_url("**/conflicts/")
    press(hub, hub.locator("article h2 a"))
    hub.wait_for_url("**/conflicts/*")
    press(hub, hub.locator("input[name=value]"), "Space")
    tab_to(hub, hub.locator("textarea[name=note]"))
    hub.keyboard.type("datumet står i protokollet")
    press(hub, hub.locator("form[action$=settle] button"))
    hub.wait_for_load_state("networkidle")
    expect(hub.locator("main")).to_contain_text("datumet står i protokollet")
    assert Conflict.objects.exclude(settlement=None).exists()


def test_add_a_page_by_pasting_its_text(hub: Page) -> None:
    documents = Document.objects.count()
    press(hub, hub.locator(".bar__add"))
    hub.wait_for_url("**/documents/add")
    tab_to(hub, hub.locator("textarea[name=text]"))
    hub.keyboard.insert_text("Region Norrholm ska öppna ett center för hälsodata i Umeå den 1 mars 2027.")
    press(hub, hub.locator("#add-form button[type=submit]"))
    expect(hub.locator("[id^=batch-] [role=status]")).to_be_visible()
    arrival = claim_next("the test")
    read_arrival(arrival)
    press(hub, hub.locator("a[id^=arrival-]"))
    hub.wait_for_url("**/documents/*")
    expect(hub.locator("h1")).to_have_text("Untitled")
    expect(hub.locator(".reading__text")).to_contain_text("Region Norrholm ska öppna ett center")
    assert Document.objects.count() == documents + 1
    assert Action.objects.latest("pk").verb == "add document"


def test_what_is_sent_by_a_double_click_is_kept_once(hub: Page) -> None:
    agreement = Entity.objects.filter(kind="agreement").first()
    hub.goto(f"{hub.url}agreements/{agreement.uid}/milestones/add")
    for name, words in (("name", "Gemensam testbädd"), ("lead", "Region Norrholm"), ("when", "mars 2026")):
        hub.locator(f"[name={name}]").fill(words)
    sent: list[Route] = []
    hub.route("**/milestones/add", lambda route: sent.append(route))  # noqa: PLW0108  a function of Python alone is taken
    button = hub.locator("main form[method=post] button")
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    for _ in range(2):
        hub.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        hub.wait_for_timeout(300)
    assert len(sent) == 1
    sent[0].continue_()
    hub.wait_for_url(f"**/agreements/{agreement.uid}")
    expect(hub.locator("section[aria-labelledby=milestones]")).to_contain_text("Gemensam testbädd")
    assert Fact.objects.filter(kind="milestone").count() == 1
