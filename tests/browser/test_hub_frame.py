"""The hub's frame and search in a real browser: keys, modes, what is said of what was refused, the day chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.services import keep_reading

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub(live_server) -> str:
    """The address of a hub that holds two samples."""
    for name in ("ministry-mou.html", "branschnyhet.txt"):
        keep_reading(Actor(None, "Rut Granskare", "reviewer"), read_loaded(load(SAMPLES / name)))
    return live_server.url


def test_keys_lead_to_search_and_places_and_can_be_switched_off(hub: str, chromium_page: Page) -> None:
    chromium_page.goto(hub)
    chromium_page.keyboard.press("/")
    expect(chromium_page.locator("#bar-search")).to_be_focused()
    chromium_page.keyboard.type("g d?")
    expect(chromium_page.locator("#bar-search")).to_have_value("g d?")
    chromium_page.locator("h1").click()
    chromium_page.keyboard.press("g")
    chromium_page.keyboard.press("c")
    chromium_page.wait_for_url("**/commitments/")
    chromium_page.keyboard.press("?")
    expect(chromium_page.locator("#keys")).to_be_visible()
    chromium_page.locator("[data-keys-on]").uncheck()
    chromium_page.keyboard.press("Escape")
    expect(chromium_page.locator("#keys")).to_be_hidden()
    chromium_page.locator("main").focus()
    chromium_page.keyboard.press("?")
    expect(chromium_page.locator("#keys")).to_be_hidden()


def test_the_theme_chosen_is_kept(hub: str, chromium_page: Page) -> None:
    chromium_page.emulate_media(color_scheme="light")
    chromium_page.goto(hub)
    ground = "getComputedStyle(document.body).backgroundColor"
    light = chromium_page.evaluate(ground)
    chromium_page.locator("[data-theme-switch]").click()
    dark = chromium_page.evaluate(ground)
    assert dark != light
    chromium_page.reload()
    chromium_page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert chromium_page.evaluate(ground) == dark


def test_search_answers_while_one_types_and_keeps_the_focus(hub: str, chromium_page: Page) -> None:
    chromium_page.goto(f"{hub}/search")
    box = chromium_page.locator("#question")
    box.press_sequentially("memorandum")
    expect(chromium_page.locator("#found-documents")).to_be_visible()
    expect(box).to_be_focused()
    assert "q=memorandum" in chromium_page.url


def test_what_is_refused_is_said_in_the_page(hub: str, chromium_page: Page) -> None:
    chromium_page.goto(hub)
    chromium_page.evaluate("htmx.ajax('GET', '/nowhere', {target: 'main', swap: 'innerHTML'})")
    expect(chromium_page.locator("#messages .notice--refused")).to_have_text("There is no such page.")
    expect(chromium_page.locator("h1")).to_be_visible()


def test_a_chosen_day_is_shown_and_left_again(hub: str, chromium_page: Page) -> None:
    chromium_page.goto(f"{hub}/search?q=memorandum")
    chromium_page.locator("#as-known-on").fill("2026-10-01")
    chromium_page.get_by_role("button", name="Show", exact=True).click()
    chromium_page.wait_for_url("**on=2026-10-01**")
    assert "q=memorandum" in chromium_page.url
    expect(chromium_page.locator("#found-documents")).to_have_count(0)
    chromium_page.get_by_role("link", name="Back to today").click()
    expect(chromium_page.locator("#found-documents")).to_be_visible()
