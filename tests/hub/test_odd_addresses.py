"""Whatever somebody writes behind a question mark is answered or refused, never a fault of the hub."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import quote

import pytest
from canaries import keep_both
from django.db import transaction
from django.test import Client
from site_addresses import Address, fitting, known_keys, known_uids, paths_of, site_addresses

from handslag_hub.exchange.models import ListImport
from handslag_hub.reading.models import Batch
from handslag_hub.store.models import Conflict, Fact, Settlement

pytestmark = pytest.mark.django_db
# More digits than Python turns into a number at once (4300), or than a key in a database has.
LONG, LARGE = "9" * 5000, "9" * 19
# Escaped as they stand in addresses: NUL, bytes that are no UTF-8, half of a pair, a digit that is no decimal one, mathematical digits.
ODD = ("0", "-1", LARGE, LONG, "nan", "%00", "a%00b", "%ff", "%ed%a0%80", "%C2%B2", "%F0%9D%9F%8F%F0%9D%9F%8F", "0000-00-00", "0001-01-01", "9999-12-31",
    "2026-02-30", "2026-W53", *(quote(words) for words in ("%_", '"', '"" NEAR(a b, 5)', "a* OR (", "^a:b", "-", "<script>", "//evil.example/", "{}", "\u202e\u0308")))  # fmt: skip
# What any page reads from its address, and what templates might take for a method of the query.
NAMES = ("on", "held", "page", "q", "kind", "before", "lists", "items", "title", "language", "source", "visibility", "removed", "done", "to", "fact", "document",
    "certainty", "theme", "back", "who", "verb", "day", "sort", "having", "all", "unsure", "name", "party", "firmness", "status", "zone", "state", "form", "year",
    "due", "due_from", "due_to", "when", "adverts", "settled", "columns", "bom", "entity", "said_from", "said_to", "limit", "cursor", "agreement", "passage", "show", "language")  # fmt: skip
# Names asked at once (one may be refused before another is looked at), and how often, each time with other values.
AT_ONCE, ROUNDS = 6, 3
PARTS = (
    "accounts",
    "store",
    "reading",
    "register",
    "commitments",
    "following",
    "asking",
    "briefs",
    "exchange",
    "api",
    "home",
    "site",
)
# With so many addresses that they are walked by `make sweep`, not by `make test`, which asks the others in one round.
LONG_PARTS = ("reading", "register", "commitments", "briefs", "exchange", "api")
FOUND, NOT_UNDERSTOOD, WRONG_METHOD, FAULT = 200, 400, 405, 500


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is no news here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def status_of(client: Client, path: str) -> int:
    """The status of the whole answer, streamed parts too."""
    with transaction.atomic():
        answer = client.get(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer.status_code


def part_of(address: Address) -> str:
    """The part of the hub that answers; the API is one by itself."""
    part = "api" if address.route.startswith("api/") else address.page.__module__.split(".")[1]
    return part if part in PARTS else "site"


def walks() -> list[object]:
    """Parts, and in how many rounds."""
    long = [pytest.param(part, ROUNDS, marks=pytest.mark.long, id=f"{part} at length") for part in PARTS]
    return [pytest.param(part, 1, id=part) for part in PARTS if part not in LONG_PARTS] + long


@pytest.mark.parametrize(("part", "rounds"), walks())
def test_no_address_fails_whatever_it_is_asked(part, rounds, logged_in, reviewer, read_text, settings):
    settings.LIMITS_PER_MINUTE = {}
    keep_both(reviewer, read_text)
    client = logged_in("administrator", raise_request_exception=False)
    uids, keys, values = known_uids(each=1), sorted(known_keys()), cycle(ODD)
    brought = [*Batch.objects.values_list("uid", flat=True), *ListImport.objects.values_list("uid", flat=True)]
    failed = []
    addresses = [address for address in site_addresses() if address.is_ours and part_of(address) == part]
    assert addresses
    for address in addresses:
        path = paths_of(address, [*fitting(address, uids), *brought], keys, most=1)[0]
        if status_of(client, path) == WRONG_METHOD:
            continue
        for start in [*range(0, len(NAMES), AT_ONCE)] * rounds:
            query = "&".join(f"{name}={next(values)}" for name in NAMES[start : start + AT_ONCE])
            if status_of(client, f"{path}?{query}") >= FAULT:
                failed.append(f"{path}?{query}"[:200])
    assert failed == []


@pytest.mark.parametrize("odd", [LARGE, *(pytest.param(odd, marks=pytest.mark.long) for odd in ("%ed%a0%80", "%00", "%C2%B2", "0", "x", "%ff", "..%2f..", "%3Cscript%3E"))])  # fmt: skip
def test_no_address_fails_for_what_stands_in_its_path(odd, logged_in, reviewer, read_text, settings):
    settings.LIMITS_PER_MINUTE = {}
    client = logged_in("administrator", raise_request_exception=False)
    paths = [
        path for address in site_addresses() if address.is_ours for path in paths_of(address, [odd], [odd], most=3)
    ]
    assert [path for path in paths if status_of(client, path) >= FAULT] == []


@pytest.mark.parametrize("path", ["/documents/?title=a%00", "/register/%00", "/people-data/a%00/", "/search?q=%00", "/api/search?q=a%00", "/account/login/?next=%00"])  # fmt: skip
def test_nul_in_an_address_is_not_understood(path, logged_in):
    assert logged_in("administrator").get(path).status_code == NOT_UNDERSTOOD


def test_nul_in_a_form_or_a_cookie_is_no_fault(logged_in):
    client = logged_in("reviewer")
    assert client.post("/register/new/organisation", {"name": "a\0b"}).status_code == NOT_UNDERSTOOD
    answer = client.post("/api/texts", {"text": "a", "title": "a\0b"}, content_type="application/json")
    assert answer.status_code == NOT_UNDERSTOOD
    stranger = Client()
    stranger.cookies["handslag_session"] = "\0" * 32
    assert stranger.get("/account/login/").status_code == FOUND


def test_every_kind_of_fact_answers_at_every_address_of_facts(logged_in, reviewer, read_text):
    """Identifiers have no form of corrections: none is offered, and none is there."""
    keep_both(reviewer, read_text)
    client = logged_in("reviewer", raise_request_exception=False)
    uids = dict(Fact.objects.values_list("kind", "uid"))
    assert {"identifier", "evidence", "commitment"} <= uids.keys()
    for kind, uid in uids.items():
        found = {page: client.get(f"/facts/{uid}{page}") for page in ("", "/card", "/correct")}
        assert found[""].status_code == FOUND
        assert found["/card"].status_code < FAULT
        assert (found["/correct"].status_code == FOUND) == (kind != "identifier")
        assert (b"/correct?" in found[""].content) == (kind != "identifier")


@pytest.mark.parametrize(
    "seen", [LONG, "[" * 100_000, "{", "5", "null"], ids=["long", "nested", "open", "number", "null"]
)
def test_what_was_seen_of_a_conflict_may_come_back_as_anything(seen, logged_in, reviewer, read_text):
    keep_both(reviewer, read_text)
    client = logged_in("reviewer", raise_request_exception=False)
    conflict = Conflict.objects.first()
    answer = client.post(f"/conflicts/{conflict.pk}/settle", {"value": "standing", "seen": seen})
    assert answer.status_code in {400, 409, 422}
    assert Settlement.objects.count() == 0


def test_a_form_where_the_api_reads_json_is_not_understood(logged_in):
    client = logged_in("reviewer", raise_request_exception=False)
    answer = client.post("/api/texts", {"text": "Region"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body"
