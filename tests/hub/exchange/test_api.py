from __future__ import annotations

import json
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import Role, User
from handslag_hub.exchange.api import operations
from handslag_hub.exchange.models import ApiToken
from handslag_hub.exchange.services.tokens import actor_with, make_token, revoke_token
from handslag_hub.reading.workers import read_until_none_waits
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.services import change_visibility, keep_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(settings) -> None:
    settings.TEAM = True
    settings.SECURE_SSL_REDIRECT = False


def bearer(role: str, *, of: str = "administrator", name: str = "p") -> dict[str, str]:
    user = User.objects.create(username=f"{name}-{role}-{of}", role=of)
    _token, secret = make_token(actor_of(user), "a program", role, 30)
    return {"Authorization": f"Bearer {secret}"}


def addresses(method: str) -> list[tuple[str, str]]:
    document = Document.objects.order_by("pk").first()
    fact = Fact.objects.filter(kind="commitment").first()
    entity = Entity.objects.filter(kind="organisation", level=0).first()
    found = []
    for verb, address, role in operations():
        if verb == method and "arrivals" not in address:
            uid = {"documents": document, "facts": fact, "entities": entity}.get(address.split("/")[2])
            found.append((address.replace("{uid}", uid.uid if uid else ""), role))
    return found


def test_every_reading_operation_answers_with_samples(client: Client, sample_documents):
    for address, _role in addresses("GET"):
        answer = client.get(address, {"q": "data"} if "search" in address else {})
        assert answer.status_code == 200, (address, answer.content)
        content = answer.json()
        assert content or "conflicts" in address


def test_each_operation_needs_its_role(client: Client, team, sample_documents):
    reader, reviewer = bearer("reader", name="a"), bearer("reviewer", name="b")
    for method in ("GET", "POST"):
        for address, role in addresses(method):
            call = client.get if method == "GET" else client.post
            query = "?q=data" if "search" in address else ""
            assert call(address + query).status_code == 401, address
            assert call(address + query, headers=reader).status_code in ({200} if role == "reader" else {403}), address
            assert call(address + query, headers=reviewer).status_code not in {401, 403}, address


def test_the_schema_is_openapi_and_its_references_resolve(client: Client):
    schema = client.get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert {f"{verb.upper()} {path}" for path, verbs in schema["paths"].items() for verb in verbs} == {f"{method} {path}" for method, path, _role in operations()}  # fmt: skip
    text = json.dumps(schema)
    for name in {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}:
        assert name in schema["components"]["schemas"]
    ids = [operation["operationId"] for verbs in schema["paths"].values() for operation in verbs.values()]
    assert len(ids) == len(set(ids))
    for verbs in schema["paths"].values():
        for operation in verbs.values():
            assert operation["summary"]
            assert operation["security"]


def test_pages_of_facts_hold_still_while_others_write(client: Client, sample_documents, reviewer: Actor, read_text):
    before = set(Fact.objects.filter(shown=True).values_list("uid", flat=True))
    seen: list[str] = []
    cursor, asked = "", 0
    while cursor is not None:
        answer = client.get("/api/facts", {"limit": 40, "cursor": cursor}).json()
        seen += [fact["uid"] for fact in answer["items"]]
        cursor, asked = answer["next"], asked + 1
        if asked == 2:
            keep_reading(reviewer, read_text("Region Nord ska öppna en testbädd den 3 maj 2027."))
    assert asked > 2
    assert len(seen) == len(set(seen))
    assert before < set(seen)


def test_a_fact_carries_passages_that_stand_in_the_text(client: Client, sample_documents):
    for fact in client.get("/api/commitments", {"limit": 5}).json()["items"]:
        text = client.get(f"/api/documents/{fact['document']['uid']}/text").json()["text"]
        assert fact["passages"]
        for passage in fact["passages"]:
            assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_facts_are_narrowed(client: Client, sample_documents):
    document = sample_documents["ministry-mou.html"]
    for query, holds in (
        ({"kind": ["event", "quote"]}, lambda fact: fact["kind"] in {"event", "quote"}),
        ({"document": document.uid}, lambda fact: fact["document"]["uid"] == document.uid),
        ({"firmness": "promised"}, lambda fact: fact["values"]["firmness"][0]["value"] == "promised"),
        ({"said_to": "2026-06-01"}, lambda fact: fact["said_on"] <= "2026-06-01"),
    ):
        facts = client.get("/api/facts", query).json()["items"]
        assert facts or "said_to" in query
        assert all(holds(fact) for fact in facts)
    assert client.get("/api/facts", {"status": "accepted"}).json() == {"items": [], "next": None}


def test_what_one_may_not_see_is_neither_listed_nor_found(client: Client, team, reviewer: Actor, read_text):
    keep_reading(reviewer, read_text("Region Väst ska öppna en testbädd senast den 3 maj 2027."))
    hidden = keep_reading(reviewer, read_text("Nordvalla Hemlighet AB ska bygga en fabrik i Umeå under 2027."), address="https://h.example.org/").document  # fmt: skip
    change_visibility(reviewer, hidden, 2)
    facts = list(Fact.objects.filter(document=hidden))
    assert facts
    reads, reviews = bearer("reader"), bearer("reviewer")
    lists = ["/api/facts", "/api/documents", "/api/entities", "/api/entities?q=nordvalla", "/api/commitments", "/api/search?q=fabrik", "/api/conflicts"]  # fmt: skip
    for address in lists:
        answer = client.get(address, headers=reads)
        assert answer.status_code == 200
        assert "emlighet" not in answer.content.decode()
        assert hidden.uid not in answer.content.decode()
        public = address + ("&" if "?" in address else "?") + "visibility=public"
        assert "emlighet" not in client.get(public, headers=reviews).content.decode() or "search" in address
    for address in (f"/api/documents/{hidden.uid}", f"/api/documents/{hidden.uid}/text", f"/api/documents/{hidden.uid}/passages",
                    *(f"/api/facts/{fact.uid}" for fact in facts), *(f"/api/entities/{fact.about.uid}" for fact in facts),
                    f"/api/facts?document={hidden.uid}"):  # fmt: skip
        assert client.get(address, headers=reads).status_code == 404
        assert client.get(address, headers=reviews).status_code == 200


def test_a_token_does_no_more_than_its_owner_may_now(client: Client, team):
    user = User.objects.create(username="eva", role=Role.REVIEWER)
    _token, secret = make_token(actor_of(user), "list", "reviewer", 30)
    assert actor_with(secret).role == "reviewer"
    user.role = Role.READER
    user.save()
    assert actor_with(secret).role == "reader"
    user.is_active = False
    user.save()
    assert actor_with(secret) is None
    assert client.get("/api/facts", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_token_is_kept_as_a_sum_expires_and_is_taken_back(team):
    user = User.objects.create(username="eva", role=Role.READER)
    token, secret = make_token(actor_of(user), "list", "reader", 30)
    assert secret not in str(ApiToken.objects.values())
    assert actor_with(secret + "x") is None
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert actor_with(secret) is None
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))
    with pytest.raises(Refused):
        revoke_token(actor_of(User.objects.create(username="other", role=Role.ADMINISTRATOR)), token.pk)
    assert actor_with(secret) is not None
    revoke_token(actor_of(user), token.pk)
    assert actor_with(secret) is None
    with pytest.raises(Refused):
        make_token(actor_of(user), "more", "reviewer", 30)


def test_writes_in_a_session_need_the_csrf_token_also_on_a_laptop(sample_documents):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/api/texts", {"text": "Region Väst ska bygga."}, content_type="application/json")
    assert answer.status_code == 403
    assert "CSRF" in answer.json()["detail"]
    assert strict.get("/api/facts?limit=1").status_code == 200


def test_errors_are_json_in_the_language_asked_for(client: Client, team):
    headers = bearer("reader")
    for address, status in (("/api/facts/none", 404), ("/api/facts?limit=9999", 422), ("/api/facts?cursor=%%%", 422), ("/api/facts?theme=gossip", 422), ("/api/trail", 403)):  # fmt: skip
        answer = client.get(address, headers=headers)
        assert answer.status_code == status
        assert answer.json()["detail"]
        assert answer["Content-Type"].startswith("application/json")
    assert client.get("/api/facts").json()["detail"] == "Show a token of the API, or log in first."


def test_queries_of_the_api_do_not_grow_with_facts(client: Client, sample_documents):
    client.get("/api/facts?limit=1")
    for address in ("/api/facts", "/api/commitments", "/api/documents", "/api/entities", "/api/search"):
        counts = set()
        for limit in (2, 60):
            with CaptureQueriesContext(connection) as seen:
                # Where commitments stand is asked for only where there are any.
                asked = {"limit": limit, "q": "data", "kind": ["quote", "figure"] if address == "/api/facts" else []}
                assert client.get(address, asked).status_code == 200
            counts.add(len(seen))
        assert max(counts) - min(counts) <= 1, address


def test_the_documentation_is_served_from_here_without_inline_scripts(client: Client):
    page = client.get("/api/docs")
    text = page.content.decode()
    assert "https://" not in text
    scripts = [part.split(">")[0] for part in text.split("<script")[1:]]
    assert all(' src="/static/' in script or 'type="application/json"' in script for script in scripts)
    with closing(client.get("/static/ninja/swagger-ui-bundle.js")) as script:
        assert script.status_code == 200


def test_texts_and_files_are_kept_to_be_read(client: Client, team):
    headers = bearer("reviewer")
    text = "Region Väst ska öppna en testbädd senast den 3 maj 2027."
    answer = client.post("/api/texts", {"text": text, "title": "plan", "address": "https://example.org/plan"}, content_type="application/json", headers=headers)  # fmt: skip
    assert answer.status_code == 202
    assert [(arrival["name"], arrival["document"]) for arrival in answer.json()["arrivals"]] == [("plan.txt", None)]
    read_until_none_waits()
    batch = client.get(f"/api/arrivals/{answer.json()['uid']}", headers=headers).json()
    assert batch["arrivals"][0]["state"] == "read"
    document = client.get(batch["arrivals"][0]["document"] + ".json", headers=headers)
    assert document.status_code in {200, 302}
    files = [SimpleUploadedFile("a.txt", text.encode()), SimpleUploadedFile("b.md", b"# Plan")]
    answer = client.post("/api/documents", {"files": files, "visibility": "internal"}, headers=headers)
    assert answer.status_code == 202
    assert [arrival["name"] for arrival in answer.json()["arrivals"]] == ["a.txt", "b.md"]
    refused = client.post("/api/texts", {"text": text, "said_on": "yesterday"}, content_type="application/json", headers=headers)  # fmt: skip
    assert refused.status_code == 422


def test_the_page_of_tokens_shows_a_secret_once_and_only_ones_own(client: Client, team):
    owner, other = (User.objects.create(username=name, role="reader") for name in ("eva", "olle"))
    make_token(actor_of(other), "olles program", "reader", 30)
    client.force_login(owner, "django.contrib.auth.backends.ModelBackend")
    page = client.post("/tokens/", {"name": "evas program", "role": "reader", "days": "30"}).content.decode()
    secret = page.split("<code>handslag_")[1].split("<")[0]
    assert actor_with("handslag_" + secret).name == "eva"
    again = client.get("/tokens/").content.decode()
    assert secret not in again
    assert "evas program" in again
    assert "olles" not in again
    assert client.post("/tokens/", {"name": "x", "role": "administrator", "days": "30"}).status_code == 400
    client.post(f"/tokens/{ApiToken.objects.get(user=owner).pk}/take-back")
    assert actor_with("handslag_" + secret) is None
