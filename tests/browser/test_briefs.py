"""A brief in a real browser, by the keys alone and without JavaScript: found, read, taken along as PDF; a milestone typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from briefs_read import REGION, words_of
from playwright.sync_api import Browser, Page, expect
from sample_hub import REVIEWER, SAMPLES, session_of

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plain_page(live_server, chromium: Browser, settings, tmp_path: Path) -> Iterator[Page]:
    """A browser without JavaScript, of a reviewer, before a hub with a region's page and a memorandum."""
    settings.TEAM = True
    page = tmp_path / "region.txt"
    page.write_text(REGION, encoding="utf-8")
    keep_reading(REVIEWER, read_loaded(load(page), said_on="2026-10-08"))
    keep_reading(REVIEWER, read_loaded(load(SAMPLES / "ministry-mou.html")))
    context = chromium.new_context(
        java_script_enabled=False, accept_downloads=True, base_url=live_server.url, locale="sv"
    )
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session_of("reviewer"), "url": live_server.url}]
    )
    opened = context.new_page()
    opened.goto("/briefs/")
    yield opened
    context.close()


def reach(page: Page, selector: str) -> None:
    """Tab until it has the focus, told by the style sheet's own means: there is no script here to ask."""
    for _ in range(120):
        if page.locator(f"{selector}:focus").count():
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by tabs: {selector}")


def test_a_brief_is_made_and_taken_along(plain_page: Page, tmp_path: Path) -> None:
    reach(plain_page, "#brief-name")
    plain_page.keyboard.type("Region Norrholm")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url("**/briefs/*")
    expect(plain_page.locator("h1")).to_have_text("Underlag: Region Norrholm")
    expect(plain_page.locator("main")).to_contain_text(
        "öppna ett testcenter för hälsodata i Umeå senast den 1 mars 2027"
    )
    pdf = "main a[href*='as=pdf']"
    reach(plain_page, pdf)
    with plain_page.expect_download() as downloading:
        plain_page.keyboard.press("Enter")
    downloading.value.save_as(tmp_path / "brief.pdf")
    count, words = words_of((tmp_path / "brief.pdf").read_bytes())
    assert count == 1
    for item in plain_page.locator(".brief__items a:not(.brief__ref)").all_inner_texts():
        assert item in words
    reach(plain_page, "main a[hreflang=en]")
    plain_page.keyboard.press("Enter")
    expect(plain_page.locator("h1")).to_have_text("Brief: Region Norrholm")


def test_a_milestone_is_typed_and_reported_of(plain_page: Page) -> None:
    agreement = Entity.objects.filter(kind="agreement").first()
    plain_page.goto(f"/agreements/{agreement.uid}/milestones/add")
    for name, words in (("name", "Gemensam testbädd"), ("lead", "Region Norrholm"), ("when", "mars 2026")):
        reach(plain_page, f"[name={name}]")
        plain_page.keyboard.type(words)
    reach(plain_page, "main form button")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url(f"**/agreements/{agreement.uid}")
    expect(plain_page.locator("section[aria-labelledby=milestones]")).to_contain_text("Gemensam testbädd")
    reach(plain_page, "section[aria-labelledby=milestones] th a")
    plain_page.keyboard.press("Enter")
    plain_page.wait_for_url("**/milestones/*")
    reach(plain_page, "main details:has(form) > summary")
    plain_page.keyboard.press("Enter")
    # Nothing is chosen beforehand.
    for name, downs in (("made_by", 1), ("status", 2)):
        reach(plain_page, f"[name={name}]")
        for _ in range(downs):
            plain_page.keyboard.press("ArrowDown")
    reach(plain_page, "[name=day]")
    plain_page.keyboard.type("2026-04-01")
    reach(plain_page, "main details form button")
    plain_page.keyboard.press("Enter")
    expect(plain_page.locator("section[aria-labelledby=reports-own]")).to_contain_text("2026")
    expect(plain_page.locator("section[aria-labelledby=reports-own]")).to_contain_text("uppnådd")
    assert Fact.objects.filter(kind="assessment").count() == 1
