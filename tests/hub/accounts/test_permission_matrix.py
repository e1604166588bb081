"""Who may go where: every address of the site for nobody, a reader, a reviewer and an administrator."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from canaries import CANARY, keep_hidden, keep_visible
from django.db import transaction
from django.http import HttpResponse
from site_addresses import Address, known_keys, paths_of, site_addresses

from handslag_hub.store.models import Document, Entity, Fact

pytestmark = pytest.mark.django_db

# The least role of every address; "" for everybody. What is not listed here fails: say who may, then add it.
LEAST = {
    "health-live": "",
    "health-ready": "",
    "set_language": "",
    # store
    "trail": "reviewer",
    "trail-undo": "reviewer",
    "person-data": "administrator",
    "person-data-json": "administrator",
    "person-data-html": "administrator",
    "person-data-erase": "administrator",
    # accounts
    "people": "administrator",
    "invite": "administrator",
    "person-link": "administrator",
    "person-role": "administrator",
    "person-deactivate": "administrator",
    "person-reactivate": "administrator",
    "person-end-sessions": "administrator",
    # reading
    "documents": "reader",
    "add": "reviewer",
    "document": "reader",
    "review": "reviewer",
    "fact": "reader",
    # register
    "register": "reader",
    "same": "reviewer",
    "entity": "reader",
    # commitments
    "agreements": "reader",
    "agreement": "reader",
    "commitments": "reader",
    "commitment": "reader",
    "signals": "reader",
    "conflicts": "reader",
    "conflict": "reader",
    # home
    "today": "reader",
    "search": "reader",
}
# Of allauth: what somebody without an account needs to get in or out; all else asks to log in by itself.
ALLAUTH_OPEN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
    "account/social/login/cancelled/",
    "account/social/login/error/",
    "account/social/signup/",
    "account/social/connections/",
}
ALLAUTH_PERSONAL = {
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "socialaccount_connections",
}
RANK = {"": 0, "reader": 1, "reviewer": 2, "administrator": 3}
ADDRESSES = site_addresses()
OURS = [address for address in ADDRESSES if address.is_ours]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is no news here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_is_listed():
    listed = LEAST.keys() | ALLAUTH_OPEN | ALLAUTH_PERSONAL
    assert sorted({address.label for address in ADDRESSES} - listed) == []


@pytest.mark.parametrize("address", [address for address in OURS if hasattr(address.page, "needs")], ids=lambda a: a.label)  # fmt: skip
def test_the_door_is_the_one_that_is_listed(address: Address):
    assert address.page.needs == LEAST.get(address.label)


def test_no_page_of_ours_is_without_a_door():
    open_to_all = [address.label for address in OURS if not hasattr(address.page, "needs") and not address.route.startswith("api/")]  # fmt: skip
    assert sorted(open_to_all) == ["health-live", "health-ready", "set_language"]


def refused(response: HttpResponse) -> bool:
    """True for "log in first" and "not you"."""
    to_log_in = response.status_code == 302 and "/account/login/" in response["Location"]
    return to_log_in or response.status_code in {401, 403}


@pytest.mark.parametrize("role", ["", "reader", "reviewer", "administrator"])
def test_every_role_gets_where_it_may_and_nowhere_else(role: str, logged_in, reviewer, read_text, settings):
    """GET and POST, on things that exist and would leak: restricted ones, with a canary in every field."""
    settings.LIMITS_PER_MINUTE = {}
    keep_visible(reviewer, read_text)
    document = keep_hidden(reviewer, read_text)
    uids = [document.uid, Fact.objects.filter(document=document).first().uid]
    uids += dict(Entity.objects.filter(level=2).values_list("kind", "uid")).values()
    assert len(uids) > 5
    assert Document.objects.filter(visibility=2).exists()
    client = logged_in(role)
    wrong = []
    for address in OURS:
        least = LEAST.get(address.label, "administrator")
        for path in paths_of(address, uids, sorted(known_keys())[-2:], most=12):
            for method in (client.get, client.post):
                with transaction.atomic():
                    response = method(path)
                    content = b"".join(response.streaming_content) if response.streaming else response.content
                    transaction.set_rollback(True)
                allowed = RANK[role] >= RANK[least]
                # A page that takes the other method only says so to everybody.
                if response.status_code != 405 and refused(response) == allowed:
                    wrong.append((method.__name__, path, response.status_code))
                if RANK[role] < RANK["reviewer"] and CANARY.search(content):
                    wrong.append((method.__name__, path, "tells"))
    assert wrong == []


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.label in ALLAUTH_PERSONAL], ids=lambda a: a.label)  # fmt: skip
def test_pages_of_an_account_ask_to_log_in(address: Address, logged_in):
    client = logged_in("")
    for path in paths_of(address, ["x"], [1]):
        for method in (client.get, client.post):
            response = method(path)
            assert refused(response) or response.status_code in {404, 405}, path


def test_the_second_factor_of_another_cannot_be_changed(logged_in, account):
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - a model, after Django is set up

    other = account("reader", "other")
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})  # fmt: skip
    client = logged_in("administrator")
    for what in ("remove", "edit"):
        assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/{what}/").status_code in {302, 404}
    assert Authenticator.objects.filter(pk=key.pk).exists()
