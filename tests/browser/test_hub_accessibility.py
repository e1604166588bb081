"""Every page of the hub in a real browser: no violation of WCAG 2.2 AA, nothing wider than a phone, no error, no English in Swedish."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page
from sample_hub import SampleHub, fill, served_hub, session_of
from site_addresses import site_addresses

from handslag.vocabulary.load import vocabulary

# It takes some 90 s on a machine that has nothing else to do.
pytestmark = pytest.mark.usefixtures("db")

# By the address's name: what is asked. `{…}` are the uids of `SampleHub`.
PAGES = {
    "today": ["/", "/?on=2026-11-20", "/?on=1990-01-01"],
    "search": ["/search", "/search?q=life+science", "/search?q=memorandmu", "/search?q=kvasar", "/search?q=life&kind=facts"],
    "documents": ["/documents/", "/documents/?removed=1", "/documents/?title=kvasar"],
    "add": ["/documents/add"],
    "batch": ["/documents/added/{batch}"],
    "document": ["/documents/{document}?q=memorandum", "/documents/{removed}"],
    "document-remove": ["/documents/{document}/remove"],
    "document-add-again": ["/documents/{removed}/add-again"],
    "document-visibility": ["/documents/{document}/visibility"],
    "review": ["/review/", "/review/?document={document}&kind=commitment", "/review/?theme=kvasar&language=fi"],
    "fact": ["/facts/{fact}"],
    "fact-correct": ["/facts/{fact}/correct"],
    "register": ["/register/", "/register/?kind=person", "/register/?q=kvasar"],
    "same": ["/register/same", "/register/same?unsure=1"],
    "compare": ["/register/same/{a}/{b}"],
    "new-entry": ["/register/new/organisation", "/register/new/person", "/register/new/event"],
    "entity": ["/register/{organisation}", "/register/{person}", "/register/{event}"],
    "entity-sheet": ["/register/{organisation}/sheet"],
    "entity-section": ["/register/{organisation}/in/mentions"],
    "entity-neighbourhood": ["/register/{organisation}/neighbourhood"],
    "same-as": ["/register/{organisation}/same", "/register/{organisation}/same?q=region"],
    "split-entity": ["/register/{organisation}/split"],
    "add-to-entry": ["/register/{organisation}/add/name", "/register/{person}/add/role", "/register/{organisation}/add/identifier"],
    "commitments": ["/commitments/", "/commitments/?due=passed&firmness=done", "/commitments/?firmness=promised", "/commitments/?standing=nothing+heard+since"],
    "commitment": ["/commitments/{commitment}"],
    "heard": ["/heard/", "/heard/?weak=1"],
    "heard-same": ["/heard/same"],
    "heard-against": ["/heard/against", "/heard/against?decided=1"],
    "commitment-add": ["/commitments/add"],
    "agreements": ["/agreements/"],
    "agreement": ["/agreements/{agreement}"],
    "agreement-add": ["/agreements/add"],
    "agreement-sheet": ["/agreements/{agreement}/sheet"],
    "milestone": ["/milestones/{milestone}"],
    "milestone-add": ["/agreements/{agreement}/milestones/add"],
    "briefs": ["/briefs/", "/briefs/?name=kvasar"],
    "brief": ["/briefs/{organisation}", "/briefs/{agreement}?all=1", "/briefs/{person}"],
    "brief-pair": ["/briefs/{a}/with/{b}"],
    "brief-theme": ["/briefs/themes/health_data?all=1"],
    "coherence": ["/coherence/"],
    "coherence-cell": ["/coherence/health_data/national", "/coherence/genomics/unknown", "/coherence/biobanks/regional"],
    "theme-heard": ["/themes/health_data/heard"],
    "signals": ["/signals/"],
    "conflicts": ["/conflicts/", "/conflicts/?settled=1"],
    "conflict": ["/conflicts/{conflict}"],
    "letters": ["/letters/"],
    "ask": ["/letters/ask/{organisation}", "/letters/ask/{organisation}?show=silent"],
    "letter": ["/letters/{draft}", "/letters/{letter}"],
    "letter-enter": ["/letters/{letter}/enter"],
    "answers": ["/answers/"],
    "answer": ["/answer/{secret}", "/answer/nobody-has-this"],
    "watching": ["/watching/"],
    "watch": ["/watching/commitment/{commitment}", "/watching/party/{organisation}", "/watching/theme/health_data"],
    "next-date": ["/watching/dates/{date}"],
    "news": ["/news/"],
    "exports": ["/export/"],
    "lists": ["/lists/"],
    "list": ["/lists/{list}"],
    "trail": ["/trail/"],
    "people": ["/people/"],
    "person-data": ["/people-data/{person}/"],
    "": ["/nowhere"],
}  # fmt: skip
EMPTY = ("/", "/search?q=avtal", "/documents/", "/review/", "/register/", "/register/same", "/commitments/", "/agreements/", "/signals/", "/conflicts/", "/lists/", "/trail/", "/letters/", "/answers/", "/watching/", "/news/")  # fmt: skip
# Only with accounts; by the role that is logged in ("" for nobody).
OF_A_TEAM = {
    "": ["/account/login/", "/account/password/reset/", "/review/"],
    "reader": ["/", "/review/", "/trail/", "/tokens/", "/news/", "/watching/theme/health_data"],
    "administrator": ["/people/", "/tokens/", "/account/email/", "/account/password/change/", "/account/2fa/"],
}
# What answers with no page of ours: files, parts, what only writes, and the drawn interface of the API.
NO_PAGES = re.compile(r"health|set_language|original|near-copy|read-again|accept-certain|undo|take-back|take-over|-card$|^fact-review$|judge|settle"
    r"|^export|^id|passage|list-(import|faults)|^api|token|json|html|erase|invite|person-|^evidence-add$|^heard-decide$|^contradiction-decide$|^repetition-part$|^assessment-add$|^coherence-pair$|^place$"
    r"|^letter-(language|finish|sent|mail|withdraw|remind)$|^answer-review$|-feed$|^watch-set$|^note-|^next-date-add$|^subscribe$|^news-(read|settings)$|^feed-address$")  # fmt: skip
REFUSED = {401, 403, 404, 409, 422}
# What has its own language, or is somebody's own words.
FOREIGN = "[lang]:not([lang=sv]):not(html), script, style, noscript, code, kbd, textarea, .passage, .quoted, .visually-hidden [lang]"
ENGLISH = re.compile(r"\b(the|of|and|is|are|not|with|from|this|that|by|to|has|have|what|who|when|your?|no)\b", re.IGNORECASE)  # fmt: skip


@pytest.fixture
def db() -> None:
    """In place of pytest-django's: what is in the hub is made once for the module, so no transaction is around a test and none is emptied after it."""


@pytest.fixture(scope="module")
def empty_hub(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The address of a hub in which nothing is yet."""
    with served_hub(django_db_blocker) as url:
        yield url


@pytest.fixture(scope="module")
def hub(empty_hub: str) -> SampleHub:
    """The hub with samples."""
    return fill(empty_hub)


@pytest.fixture(scope="module")
def sessions(empty_hub: str) -> dict[str, str]:
    """Session cookies by role."""
    return {role: session_of(role) for role in OF_A_TEAM if role}


class Visitor:
    """Looks at pages in one context of a browser and notes what is wrong; the modes and widths are changed without loading again."""

    def __init__(self, browser: Browser, url: str, language: str, look: Callable[[Page, dict], list[str]], words: str = "") -> None:  # fmt: skip
        self.context = browser.new_context(locale=language, extra_http_headers={"Accept-Language": language}, service_workers="block")  # fmt: skip
        self.page = self.context.new_page()
        self.url, self.language, self.look, self.words = url, language, look, words
        self.found: list[str] = []
        self.at = ""
        self.page.on("pageerror", lambda error: self.found.append(f"{self.at}: script error: {error}"))
        self.page.on("console", lambda said: self.found.append(f"{self.at}: console: {said.text}") if said.type in {"error", "warning"} and "status of 4" not in said.text else None)  # fmt: skip

    def visit(self, path: str) -> None:
        """One page: all rules, wide and light; then what a dark or a narrow screen can change."""
        self.at = f"{self.language} {path}"
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.page.emulate_media(color_scheme="light")
        status = self.page.goto(self.url + path, wait_until="load").status
        if status >= 400 and status not in REFUSED:
            self.found.append(f"{self.at}: answered {status}")
        self.look_around()

    def look_around(self) -> None:
        """Of the page that is open."""
        self._note("light", {"runOnly": [*_TAGS]})
        self.page.emulate_media(color_scheme="dark")
        self._note("dark", {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
        self.page.set_viewport_size({"width": 320, "height": 800})
        self._note("narrow and dark", {"runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}})  # fmt: skip
        self.page.emulate_media(color_scheme="light")
        wider = self.page.evaluate(_WIDER)
        if wider:
            self.found.append(f"{self.at}: wider than 320 px: {wider}")
        if self.language == "sv":
            self.found += [f"{self.at}: English: {text!r}" for text in self.page.evaluate(_TEXTS, FOREIGN) if self._is_english(text)]  # fmt: skip

    def _note(self, how: str, options: dict) -> None:
        self.found += [f"{self.at} ({how}): {line}" for line in self.look(self.page, options)]

    def _is_english(self, text: str) -> bool:
        if text in _KEYS and f" {text} " not in f" {self.words} ":
            return True
        pieces = re.split(r"[:…“”·|]", text.casefold())
        return any(ENGLISH.search(piece) and piece.strip() not in self.words for piece in pieces)


_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? "" :
  [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > innerWidth).slice(0, 3).map(e => e.tagName + "." + e.className).join(" ") || "page" """
_TEXTS = r"""(foreign) => {
  const found = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.replace(/\s+/g, " ").trim();
    if (text.length > 1 && !walk.currentNode.parentElement.closest(foreign)) found.add(text);
  }
  return [...found];
}"""
# Keys of closed lists that are words of no Swedish; what a page shows of them has gone past its label.
_KEYS = {key for group, keys in vocabulary("labels").items() for key, names in keys.items() if group != "language" and key and key not in {names["sv"], ""} and key not in {each["sv"] for several in vocabulary("labels").values() for each in several.values()}}  # fmt: skip


def test_every_page_is_listed_here():
    names = {address.name for address in site_addresses() if address.is_ours}
    unlisted = {name for name in names if name and name not in PAGES and not NO_PAGES.search(name)}
    assert unlisted == set(), "say in PAGES with what it is asked, or in NO_PAGES that it is none"
    assert set(PAGES) - {""} <= names


@pytest.mark.parametrize("language", ["sv", pytest.param("en", marks=pytest.mark.long)])
def test_an_empty_hub_is_accessible(empty_hub: str, chromium: Browser, axe_runs, language: str) -> None:
    visitor = Visitor(chromium, empty_hub, language, axe_runs)
    for path in EMPTY:
        visitor.visit(path)
    visitor.context.close()
    assert not visitor.found, "\n".join(visitor.found)


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_accessible(hub: SampleHub, chromium: Browser, axe_runs, language: str) -> None:
    visitor = Visitor(chromium, hub.url, language, axe_runs, hub.words)
    for path in (path for paths in PAGES.values() for path in paths):
        visitor.visit(path.format(**hub.uids))
    # What somebody else decided meanwhile: refused, with what was seen told.
    visitor.page.goto(f"{hub.url}/facts/{hub.uids['fact']}")
    visitor.page.evaluate("document.querySelector('form.verdicts [name=seen]').value = 'another'")
    visitor.page.locator("form.verdicts button[value=accept]").first.click()
    visitor.at = f"{language} a verdict too late"
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.look_around()
    visitor.page.goto(hub.url)
    for number in range(visitor.page.locator("summary").count()):
        summary = visitor.page.locator("summary").nth(number)
        if summary.is_visible():
            summary.click()
            visitor.at = f"{language} menu {number}"
            visitor._note("open", {"runOnly": [*_TAGS]})
            visitor.page.keyboard.press("Escape")
    visitor.context.close()
    assert not visitor.found, "\n".join(visitor.found)


@pytest.mark.long
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_a_team_are_accessible(hub: SampleHub, sessions: dict[str, str], chromium: Browser, axe_runs, settings, language: str) -> None:  # fmt: skip
    with override_settings(TEAM=True, ACCOUNT_RATE_LIMITS=False):
        visitor = Visitor(chromium, hub.url, language, axe_runs, hub.words)
        for role, paths in OF_A_TEAM.items():
            if role:
                visitor.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sessions[role], "url": hub.url}])  # fmt: skip
            for path in paths:
                visitor.visit(path)
        visitor.context.close()
    assert not visitor.found, "\n".join(visitor.found)
