"""A real Chromium for tests of pages, and axe for their accessibility."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright
from sample_hub import wait_for_requests

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_SOURCE = AXE.read_text(encoding="utf-8")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# It runs as root in CI (no sandbox), without a graphics card, and asks nobody for anything by itself.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# In milliseconds, as long as Playwright waits for all else: the machine may be slow and have much else to do.
expect.set_options(timeout=30_000)

# A socket's path has 107 characters at most (unix(7)); Chromium makes /org.chromium.Chromium.XXXXXX/SingletonSocket.
LONGEST_TMPDIR = 60


@pytest.fixture(scope="session")
def _database_between_steps() -> Iterator[None]:
    """Playwright's loop runs in the thread of the tests, which ask the database between its steps, never within: Django may let them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="session")
def chromium(_database_between_steps: None, require: Callable[[str, bool, str], None], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:  # fmt: skip
    """Debian's Chromium (or HANDSLAG_CHROMIUM), with a home folder of its own: started once, for that takes seconds."""
    found = os.environ.get("HANDSLAG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    require("chromium", found is not None, "Chromium is not here: `make system` installs it")
    environment = os.environ | {"HOME": str(tmp_path_factory.mktemp("chromium-home"))}
    if len(tempfile.gettempdir()) > LONGEST_TMPDIR:
        environment["TMPDIR"] = "/tmp"  # noqa: S108  the one short path there always is
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS, env=environment)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def _requests_end() -> Iterator[None]:
    """What a browser has asked for is answered before the next test begins or the server ends."""
    yield
    wait_for_requests()


@pytest.fixture
def refused_addresses() -> list[str]:
    """What `chromium_page` asked for outside this machine and did not get; must be empty when the test ends."""
    return []


@pytest.fixture
def chromium_page(chromium: Browser, refused_addresses: list[str]) -> Iterator[Page]:
    """An empty page. The test fails at its end if the page raised a script error or asked for anything outside."""
    script_errors: list[str] = []

    def answer(route: Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in {"file", "data", "blob", "about"} or address.hostname in {"127.0.0.1", "localhost"}:
            route.continue_()
        else:
            refused_addresses.append(route.request.url)
            route.abort()

    context = chromium.new_context(service_workers="block")
    context.route("**/*", answer)
    page = context.new_page()
    page.on("pageerror", lambda error: script_errors.append(str(error)))
    yield page
    context.close()
    assert script_errors == []
    assert refused_addresses == []


@pytest.fixture(scope="session")
def axe_runs() -> Callable[[Page, dict], list[str]]:
    """`axe_runs(page, options)`: what axe finds with these options, one line each with its places."""

    def check(page: Page, options: dict) -> list[str]:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE_SOURCE)
        found = page.evaluate("options => axe.run(document, {...options, resultTypes: ['violations']})", options)
        return [
            f"{violation['id']}: {violation['help']} at "
            + ", ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
            for violation in found["violations"]
        ]

    return check


@pytest.fixture
def axe_violations(axe_runs: Callable[[Page, dict], list[str]]) -> Callable[[Page], list[str]]:
    """`axe_violations(page)`: what axe finds against WCAG 2.2 AA and good practice."""
    return lambda page: axe_runs(page, {"runOnly": AXE_TAGS})
