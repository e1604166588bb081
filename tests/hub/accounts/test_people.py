from __future__ import annotations

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from handslag_hub.accounts.actors import Actor, command_actor
from handslag_hub.accounts.adapters import SingleSignOnAdapter
from handslag_hub.accounts.errors import PeopleRefused
from handslag_hub.accounts.models import User
from handslag_hub.accounts.services import change_role, deactivate_person, end_sessions, invite_person, password_link
from handslag_hub.store.models import Action

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(None, "Adda", "administrator")


def test_the_first_administrator_is_invited_by_a_command_and_sets_a_password_once(team):
    user = invite_person(command_actor("invite"), "adda", "administrator")
    link = password_link(command_actor("invite"), user)
    client = Client()
    form = client.get(link, follow=True)
    there = form.redirect_chain[-1][0]
    done = client.post(there, {"password1": "en lång fras med kvist", "password2": "en lång fras med kvist"})
    assert done.status_code == 302
    assert Client().login(username="adda", password="en lång fras med kvist")  # noqa: S106 - of this test
    again = Client().get(link, follow=True)
    assert "password1" not in again.content.decode()


def test_who_logs_in_by_password_gets_to_the_page_asked_for_and_into_the_trail(team, account):
    account("reader")
    client = Client()
    asked = client.get("/register/")
    assert asked.status_code == 302
    done = client.post(asked["Location"], {"login": "reader", "password": "en lång fras", "next": "/register/"})
    assert done["Location"] == "/register/"
    assert client.get("/register/").status_code == 200
    assert Action.objects.filter(verb="log in", actor="reader").count() == 1


def test_inviting_from_the_page_shows_the_link_and_sends_it(logged_in):
    page = logged_in("administrator").post("/people/invite", {"username": "ny", "email": "ny@example.org", "role": "reviewer"})  # fmt: skip
    assert User.objects.get(username="ny").role == "reviewer"
    assert "/account/password/reset/key/" in page.content.decode()
    assert "/account/password/reset/key/" in mail.outbox[0].body
    assert Action.objects.get(verb="invite").details["role"] == "reviewer"
    assert "ny@" not in str(Action.objects.get(verb="invite").details)


def test_a_name_that_is_taken_is_said_next_to_the_field(logged_in):
    page = logged_in("administrator").post("/people/invite", {"username": "Administrator", "role": "reader"})
    assert page.status_code == 422
    assert "There is an account of that name already" in page.content.decode()


def test_the_last_administrator_stays(logged_in, account):
    client = logged_in("administrator")
    last = User.objects.get(username="administrator")
    for address, data in (("deactivate", {}), ("role", {"role": "reader"})):
        assert client.post(f"/people/{last.pk}/{address}", data).status_code == 400
    last.refresh_from_db()
    assert (last.is_active, last.role) == (True, "administrator")
    account("administrator", "another")
    change_role(ADMINISTRATOR, last, "reader")
    last.refresh_from_db()
    assert last.role == "reader"


def test_only_administrators_change_accounts(account):
    user = account("reader")
    reviewer = Actor(None, "Rut", "reviewer")
    for change in (lambda: change_role(reviewer, user, "administrator"), lambda: deactivate_person(reviewer, user), lambda: invite_person(reviewer, "x", "reader"), lambda: password_link(reviewer, user)):  # fmt: skip
        with pytest.raises(Exception, match="administrator"):
            change()


def test_an_unknown_role_is_refused(account):
    with pytest.raises(PeopleRefused):
        change_role(ADMINISTRATOR, account("reader"), "emperor")


@pytest.mark.parametrize("end", [deactivate_person, end_sessions])
def test_sessions_end_at_once(logged_in, end):
    client = logged_in("reader")
    assert client.get("/register/").status_code == 200
    end(ADMINISTRATOR, User.objects.get(username="reader"))
    assert client.get("/register/").status_code == 302


def test_a_reopened_account_does_not_bring_old_sessions_back(logged_in):
    client = logged_in("reader")
    user = User.objects.get(username="reader")
    deactivate_person(ADMINISTRATOR, user)
    User.objects.filter(pk=user.pk).update(is_active=True)
    assert client.get("/register/").status_code == 302


def test_a_changed_password_ends_the_other_sessions(logged_in):
    here, there = logged_in("reader"), logged_in("reader")
    assert here.get("/register/").status_code == there.get("/register/").status_code == 200
    new = "en helt annan fras"
    assert here.post("/account/password/change/", {"oldpassword": "en lång fras", "password1": new, "password2": new}).status_code == 302  # fmt: skip
    assert here.get("/register/").status_code == 200
    assert there.get("/register/").status_code == 302


@pytest.mark.parametrize(("began", "seen", "status"), [(0, 0, 200), (8 * 86400, 0, 302), (13 * 3600, 13 * 3600, 302), (6 * 86400, 3600, 200)])  # fmt: skip
def test_sessions_end_when_idle_and_after_a_week(logged_in, began, seen, status):
    client = logged_in("reader")
    session = client.session
    now = int(timezone.now().timestamp())
    session["began"], session["seen"] = now - began, now - seen
    session.save()
    assert client.get("/register/").status_code == status


def test_too_many_searches_are_refused_with_when_to_come_again(logged_in, settings):
    cache.clear()
    settings.LIMITS_PER_MINUTE = {"search": 3}
    client = logged_in("reader")
    answers = [client.get("/search", {"q": "avtal"}) for _ in range(8)]
    assert [answer.status_code for answer in answers[:3]] == [200] * 3
    assert answers[-1].status_code == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    swedish = client.get("/search", {"q": "avtal"}, headers={"accept-language": "sv"})
    assert swedish.status_code == 429
    assert logged_in("reviewer").get("/search", {"q": "avtal"}).status_code == 200


def test_guessing_a_password_is_slowed(team, account, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
    account("reader")
    client = Client()
    for _ in range(6):
        client.post("/account/login/", {"login": "reader", "password": "wrong"})
    refused = client.post("/account/login/", {"login": "reader", "password": "en lång fras"})
    assert refused.status_code in {200, 429}
    assert client.get("/register/").status_code == 302
    cache.clear()


def test_nobody_signs_up(team):
    page = Client().post("/account/signup/", {"username": "x", "password1": "en lång fras", "password2": "en lång fras"})  # fmt: skip
    assert page.status_code in {200, 302, 403}
    assert not User.objects.filter(username="x").exists()


class _Address:
    def __init__(self, email: str, *, verified: bool) -> None:
        self.email, self.verified = email, verified


class _Login:
    def __init__(self, *addresses: _Address) -> None:
        self.email_addresses = addresses


@pytest.mark.parametrize(
    ("domains", "email", "verified", "allowed"),
    [
        ([], "a@anywhere.example", False, True),
        (["kluster.example"], "a@Kluster.example", True, True),
        (["kluster.example"], "a@kluster.example", False, False),
        (["kluster.example"], "a@kluster.example.evil.example", True, False),
    ],
)
def test_single_sign_on_lets_in_verified_addresses_of_the_named_domains(settings, domains, email, verified, allowed):
    settings.OIDC_DOMAINS = domains
    login = _Login(_Address(email, verified=verified))
    assert SingleSignOnAdapter().is_open_for_signup(None, login) is allowed
    assert SingleSignOnAdapter().new_user(None, login).role == "reader"


def test_behind_a_proxy_strangers_are_counted_by_their_own_address(team, settings):
    """Otherwise all programs that show a token would share one limit with whoever asks without."""
    cache.clear()
    settings.LIMITS_PER_MINUTE = {"api": 3}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [Client().get("/api/documents", headers={"x-forwarded-for": "203.0.113.9"}) for _ in range(8)]
    assert answers[-1].status_code == 429
    assert Client().get("/api/documents", headers={"x-forwarded-for": "203.0.113.10"}).status_code == 401
    # Only what the proxy itself added is believed.
    lying = Client().get("/api/documents", headers={"x-forwarded-for": "198.51.100.7, 203.0.113.9"})
    assert lying.status_code == 429
    cache.clear()
