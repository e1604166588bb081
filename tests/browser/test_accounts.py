"""Logging in, in a real browser: password, passkey, authenticator app's page; nothing that the policy forbids."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

PASSWORD = "en lång fras med kvist"  # noqa: S105 - of this test


@pytest.fixture
def account(transactional_db, settings) -> str:
    """A reader in a team's hub."""
    from handslag_hub.accounts.models import User  # noqa: PLC0415 - a model, after Django is set up

    settings.TEAM = True
    settings.ACCOUNT_RATE_LIMITS = False
    user = User(username="maja", email="maja@example.org", role="administrator")
    user.set_password(PASSWORD)
    user.save()
    return user.username


@pytest.fixture
def violations(chromium_page: Page) -> list[str]:
    """What the browser says that the policy forbade."""
    said: list[str] = []
    chromium_page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)  # fmt: skip
    return said


def test_a_passkey_is_made_and_logs_in(chromium_page: Page, account: str, live_server, violations, axe_violations):
    page = chromium_page
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    root = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{root}/people/")
    assert axe_violations(page) == []
    page.fill("#id_login", account)
    page.fill("#id_password", PASSWORD)
    page.click("main form.stack button")
    page.wait_for_url("**/people/")
    assert axe_violations(page) == []

    page.goto(f"{root}/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("#id_password", PASSWORD)
        page.click("main form.stack button")
        page.wait_for_url("**/webauthn/add/")
    assert axe_violations(page) == []
    page.check("#id_passwordless")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda url: "/webauthn/add/" not in url)

    for place in ("2fa/", "2fa/webauthn/", "2fa/totp/activate/", "2fa/recovery-codes/", "email/", "password/change/"):
        assert page.goto(f"{root}/account/{place}").status == 200
        assert page.locator("h1").count() == 1, place
        assert axe_violations(page) == [], place

    page.context.clear_cookies()
    page.goto(f"{root}/people/")
    assert "/account/login/" in page.url
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto(f"{root}/people/")
    assert page.locator("h1").inner_text() == "People"
    assert violations == []
