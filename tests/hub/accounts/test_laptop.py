from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
SECRET = {"HANDSLAG_OIDC_CLIENT_SECRET": "x"}


def test_one_person_is_there_without_logging_in():
    assert Client().get("/people/").status_code == 200
    assert Client().get("/trail/").status_code == 200


@pytest.mark.parametrize("name", ["account_login", "account_signup", "mfa_index", "account_reset_password", "socialaccount_connections"])  # fmt: skip
def test_there_are_no_pages_of_accounts(name: str):
    assert Client().get(reverse(name)).status_code == 404
    assert Client().post(reverse(name)).status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "192.168.1.5", "127.0.0.1.evil.example"])
def test_another_host_is_refused(host: str):
    assert Client().get("/people/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("", 200), ("192.168.1.7", 403)])
def test_another_machine_is_refused(address: str, status: int):
    assert Client(REMOTE_ADDR=address).get("/people/").status_code == status


def test_a_post_from_another_site_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.get("/people/")
    token = client.get("/trail/").wsgi_request.META.get("CSRF_COOKIE")
    evil = client.post(
        "/trail/1/undo", {"csrfmiddlewaretoken": token or ""}, headers={"origin": "https://evil.example"}
    )
    assert evil.status_code == 403
    assert client.post("/trail/1/undo").status_code == 403


def _python(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("HANDSLAG", "DJANGO"))}
    environment |= {"DJANGO_SETTINGS_MODULE": "handslag_hub.site.settings", "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, env=environment | variables)  # fmt: skip


def test_a_teams_site_passes_the_check_for_deployment_without_a_warning(tmp_path):
    done = _python("-m", "django", "check", "--deploy", "--fail-level", "WARNING", HANDSLAG_HOME=str(tmp_path), HANDSLAG_TEAM="1", HANDSLAG_HOSTS="hub.example.org",
        HANDSLAG_OIDC_ISSUER="https://login.example.org/realm", HANDSLAG_OIDC_CLIENT_ID="hub", **SECRET)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "no issues (0 silenced)" in done.stdout


def test_half_of_a_provider_is_refused_with_what_is_missing(tmp_path):
    done = _python("-m", "django", "check", HANDSLAG_HOME=str(tmp_path), HANDSLAG_TEAM="1", HANDSLAG_OIDC_ISSUER="https://login.example.org")  # fmt: skip
    assert done.returncode != 0
    assert "HANDSLAG_OIDC_CLIENT_ID" in done.stderr


def test_without_accounts_no_other_host_can_be_named(tmp_path):
    done = _python("-c", "from django.conf import settings; print(settings.ALLOWED_HOSTS)", HANDSLAG_HOME=str(tmp_path), HANDSLAG_HOSTS="hub.example.org")  # fmt: skip
    assert "hub.example.org" not in done.stdout
    assert "127.0.0.1" in done.stdout
