"""The browser that the other tests of this folder rely on."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Error, Page

CLEAN = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title></head>
<body><main><h1>Prov</h1><p>Ett stycke.</p></main></body></html>"""


def test_axe_passes_a_clean_page(chromium_page: Page, axe_violations: Callable[[Page], list[str]]) -> None:
    chromium_page.set_content(CLEAN)
    assert chromium_page.title() == "Prov"
    assert axe_violations(chromium_page) == []


def test_axe_names_what_is_wrong_and_where(chromium_page: Page, axe_violations: Callable[[Page], list[str]]) -> None:
    chromium_page.set_content(CLEAN.replace("<p>Ett stycke.</p>", '<input id="namn"><p style="color:#ccc">Blekt</p>'))
    found = "\n".join(axe_violations(chromium_page))
    assert "label:" in found
    assert "#namn" in found
    assert "color-contrast:" in found


def test_a_page_gets_nothing_from_outside(chromium_page: Page, refused_addresses: list[str]) -> None:
    chromium_page.set_content('<img src="https://example.org/a.png" alt="">')
    chromium_page.wait_for_load_state("networkidle")
    try:
        chromium_page.goto("https://example.org/")
    except Error:
        refused_addresses.append("goto failed")
    assert refused_addresses == ["https://example.org/a.png", "https://example.org/", "goto failed"]
    refused_addresses.clear()
