"""Makes the pictures of the hub in this folder anew: `.venv/bin/python docs/pictures.py` (needs Chromium, as `make system` installs it).

A hub of its own in a temporary folder is filled with the samples and served; nothing of yours is touched. Most facts are accepted
first, as after a morning's review, so that the pictures show all states.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "samples"
PORT = 8797
WIDTH, HEIGHT = 1280, 860


def main() -> int:
    """Fills, serves, takes the four pictures."""
    chromium = os.environ.get("HANDSLAG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("Chromium is not here: `make system` installs it\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="handslag-pictures-") as home:
        environment = os.environ | {
            "HANDSLAG_HOME": home,
            "LANG": "en_GB.UTF-8",
            "PYTHONPATH": str(HERE.parent / "src"),
        }
        pages = [str(path) for path in sorted(SAMPLES.iterdir()) if path.suffix not in {".py", ".rst"}]
        hub = [sys.executable, "-m", "handslag", "hub"]
        subprocess.run([*hub, "add", *pages], env=environment, check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([*hub, "serve", "--port", str(PORT)], env=environment, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{PORT}/health/ready")
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page(
                    viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB", color_scheme="light"
                )
                take_pictures(page, f"http://127.0.0.1:{PORT}")
                browser.close()
        finally:
            server.terminate()
            server.wait(30)
    return 0


def wait_for(address: str, seconds: float = 60) -> None:
    """Until the hub answers."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - of this machine
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)


def take_pictures(page: Page, root: str) -> None:
    """Today, the review desk, the ledger of commitments and an organisation's card."""
    page.goto(f"{root}/documents/")
    page.get_by_role("link", name="Norland and Aldora sign").first.click()
    page.get_by_role("button", name="that are certain").first.click()
    page.goto(root)
    save(page, "hub-today")
    page.goto(f"{root}/documents/")
    page.get_by_role("link", name="promise in a newsletter").first.click()
    page.locator("main a[href*='/review/?document']").first.click()
    page.wait_for_url("**/review/**")
    page.goto(page.url + "&kind=commitment")
    save(page, "hub-review")
    page.goto(f"{root}/commitments/")
    save(page, "hub-commitments")
    page.goto(f"{root}/register/?q=Ekbacka")
    page.locator("#register-list .row a").first.click()
    page.wait_for_url("**/register/*")
    save(page, "hub-card")


def save(page: Page, name: str) -> None:
    """The part of the page that is on the screen."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    raise SystemExit(main())
