"""Restricted documents leave no trace for readers: every address that reads, as it is with and without them."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from functools import cache

import pytest
from canaries import CANARY, keep_both, keep_hidden, keep_hidden_in_the_past, keep_visible, kept_once
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from site_addresses import Address, fitting, known_keys, known_uids, paths_of, site_addresses

pytestmark = pytest.mark.django_db
# As known on days before, when, and after the documents came in; by the hub's own past too.
DAYS = ("on=2026-10-09", "on=2031-12-31", "on=2031-12-31&held=1")
# Asked with words that only restricted documents have.
QUESTIONS = {
    "search": ["q=kanariby", "q=kanri", "q=zebrafink+holding", "q=zebrafinc", "q=Region+Sk%C3%A5ne", "q=Kluster&kind=commitment", "q=Kluster&kind=organisation", "q=Kluster&kind=facts", "q=%22hemligt+avtal%22"],
    "api:search": ["q=kanariby", "q=zebrafink+holding", "q=Region+Sk%C3%A5ne", "q=Kluster&kind=commitment"],
    "documents": ["title=Kanari", "title=Kluster", "source=kanari.example", "visibility=2", "visibility=1", "language=sv", "removed=1", "page=2"],
    "register": ["q=Kanarikl", "q=zebra", "q=Kluster", "q=559999-8888", "kind=organisation", "kind=event", "sort=company", "language=sv", "having=commitment", "having=agreement", "page=2"],
    "commitments": ["name=Zebrafink+Holding+AB", "name=Kanariklustret", "name=Kluster+Syd", "due_from=2031-01-01", "due=passed", "due=later", "sort=-said", "firmness=promised", "theme=health_data", "status=accepted", "page=2", "name=Kanari"],
    "agreements": ["name=Zebrafink+Holding+AB", "name=Kluster+Syd", "status=accepted", "year=2031", "page=2"],
    "signals": ["name=Zebrafink+Holding+AB", "kind=layoffs", "kind=jobs", "when=2026-10", "when=2031", "adverts=1", "page=2"],
    "conflicts": ["settled=1", "page=2"],
    "briefs": ["name=Zebrafink+Holding+AB", "name=Kluster+Syd", "name=Kluster+Syd&other=Region+Sk%C3%A5ne", "name=Kanari"],
    "brief": ["all=1&as=md", "as=pdf"],
    "brief-pair": ["all=1&as=md"],
    "brief-theme": ["all=1&as=md"],
    "coherence-cell": ["page=2"],
    "export": ["visibility=public"],
    "exports": ["visibility=public"],
    "api:list_entities": ["q=Kanari", "q=Zebra", "q=Kluster", "kind=event", "visibility=public"],
    "api:list_facts": ["status=accepted", "kind=identifier", "kind=commitment", "visibility=public", "limit=2"],
    "api:list_documents": ["language=sv", "visibility=public", "limit=1"],
    "entity-neighbourhood": ["all=1"],
}  # fmt: skip
# Parameters that take the address of something: what is hidden is answered as what never was.
ASKED_FOR = {"commitments": ["party"], "agreements": ["party"], "signals": ["party"], "export": ["document", "entity"], "api:list_facts": ["document", "entity"], "api:list_commitments": ["entity"]}  # fmt: skip
# Pages that are answered in parts, too.
IN_PARTS = ("search", "register", "entity-section", "entity-neighbourhood", "document", "commitments")
_CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="[^"]*"|name="csrf-token" content="[^"]*"|data-csrf-token="[^"]*"|"csrf_?[tT]oken": ?"[^"]*"|-\d{8}-\d{4}\.|<dcterms:\w+ [^>]*>[^<]*'
)
_FOUND = 200
# Of each address, where it is not walked on every day.
FEW_QUESTIONS, FEW_PATHS = 4, 3
PARTS = ("reading", "register", "commitments", "following", "asking", "briefs", "exchange", "api", "home")


def walks(*too_long: str) -> list[object]:
    """Part and whether on every day: each part on one day, but for those with too many addresses; all on every day by `make sweep`.

    On one day an address is asked some of its questions about the first of what is known, one of them about each of some others,
    and for one of each kind of what is hidden.
    """
    every_day = [pytest.param(part, True, marks=pytest.mark.long, id=f"{part} every day") for part in PARTS]
    return [pytest.param(part, False, id=part) for part in PARTS if part not in too_long] + every_day


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is no news here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def pages(part: str = "") -> list[Address]:
    """Every address of ours that a reader may ask, or those of a part; that all others refuse is shown by the permission matrix."""
    found = [address for address in site_addresses() if getattr(address.page, "needs", "") == "reader"]
    return [address for address in found if part in {"", part_of(address)}]


def part_of(address: Address) -> str:
    """The part of the hub that answers; the API is one by itself."""
    return "api" if address.route.startswith("api/") else address.page.__module__.split(".")[1]


def test_all_that_readers_may_ask_is_walked():
    assert {part_of(address) for address in pages()} == set(PARTS)


def body_of(response: HttpResponse) -> bytes:
    """All bytes of the answer, those in packed files unpacked."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"\n".join(packed.read(name) for name in sorted(packed.namelist()))
    told = [f"{name}: {value}" for name, value in sorted(response.items()) if name not in {"ETag", "Date", "Last-Modified"}]  # fmt: skip
    return _CHANGING.sub(b"", content + "\n".join(["", *told]).encode())


Answers = dict[tuple[str, str], tuple[int, bytes]]


def crawl(client: Client, part: str, uids: dict[str, str], keys: set[int], *, every_day: bool = False) -> Answers:
    """(Path, part or whole) → status and body, of every address with everything that it can be asked for.

    On the last of the days, which asks by the hub's own past too; `every_day`: on all of them, and what is searched on each.
    """
    found: Answers = {}
    for address in pages(part):
        asked = ["", *QUESTIONS.get(address.name, [])][: None if every_day else FEW_QUESTIONS]
        days = DAYS if every_day else DAYS[-1:]
        questions = [*asked, *(DAYS[-1:] if address.arguments else days)]
        if address.name in {"search", "api:search"}:
            questions += [f"{words}&{day}" for words in asked[1:] for day in days]
        paths = paths_of(address, fitting(address, uids), sorted(keys)[-6:])[: None if every_day else FEW_PATHS]
        for number, path in enumerate(paths):
            for question in questions if every_day or number == 0 else questions[number % len(questions) :][:1]:
                _ask(client, found, f"{path}?{question}" if question else path, "")
            if address.name in IN_PARTS and (every_day or number < 2):
                for words in asked[:3]:
                    _ask(client, found, f"{path}?{words}", "part")
    return found


def _ask(client: Client, found: Answers, path: str, part: str) -> None:
    response = client.get(path, headers={"HX-Request": "true"} if part else {})
    found[path, part] = (response.status_code, body_of(response))


@pytest.mark.parametrize(("part", "every_day"), walks("exchange"))
def test_a_reader_sees_the_same_with_and_without_restricted_documents(
    part, every_day, logged_in, reviewer, read_text, settings
):
    settings.LIMITS_PER_MINUTE = {}

    def visible() -> None:
        keep_visible(reviewer, read_text)

    def everything() -> None:
        kept_once("visible", visible)
        keep_hidden(reviewer, read_text)
        keep_hidden_in_the_past(reviewer, read_text)

    with transaction.atomic():
        kept_once("visible", visible)
        uids, keys = known_uids(each=1), known_keys()
        shown = known_uids(each=1000)
        before = crawl(logged_in("reader"), part, uids, keys, every_day=every_day)
        transaction.set_rollback(True)
    assert {status for status, _ in before.values()} <= {200, 302, 303, 400, 404, 405, 422}
    kept_once("everything", everything)
    client = logged_in("reader")
    hidden = {uid: kind for uid, kind in known_uids(each=1).items() if uid not in shown}
    assert len(hidden) > 10
    after = crawl(client, part, uids, keys, every_day=every_day)
    assert [asked for asked in before if before[asked] != after[asked]] == []
    if not every_day:
        hidden = {uid: kind for kind, uid in {kind: uid for uid, kind in hidden.items()}.items()}
    assert told_apart(client, part, hidden) == []


def told_apart(client: Client, part: str, hidden: dict[str, str]) -> list[str]:
    """The paths to which what is hidden is answered otherwise than what never was."""
    found = []

    @cache
    def told(path: str) -> tuple[int, bytes]:
        response = client.get(path)
        return response.status_code, body_of(response)

    for address in pages(part):
        paths = paths_of(address, fitting(address, hidden), [1]) if {"StringConverter", "SlugConverter"} & {converter for _, converter in address.arguments} else []  # fmt: skip
        for name in ASKED_FOR.get(address.name, []):
            # What is asked for is looked up in the same way for all tables: one in each format.
            one_of_each = {path.rpartition(".")[2]: path for path in paths_of(address, [], [])}
            paths += [f"{path}?{name}={uid}" for path in one_of_each.values() for uid in sorted(hidden)]
        for path in paths:
            uids = [uid for uid in hidden if uid in path]
            made_up = path
            for uid in uids:
                made_up = made_up.replace(uid, "z" * len(uid))
            (status, asked), (usual, never) = told(path), told(made_up)
            for uid in uids:
                asked, never = asked.replace(uid.encode(), b""), never.replace(b"z" * len(uid), b"")
            if (status, asked) != (usual, never):
                found.append(path)
    return found


def test_the_corpus_would_leak(logged_in, reviewer, read_text):
    """The restricted page changes what those see who may: otherwise the test above would show nothing."""
    keep_both(reviewer, read_text)
    seen = crawl(logged_in("reviewer"), "home", {}, set())
    assert any(CANARY.search(body) for status, body in seen.values() if status == _FOUND)


@pytest.mark.parametrize(("part", "every_day"), walks("exchange", "register", "api", "reading"))
def test_hidden_first_makes_no_difference(part, every_day, logged_in, reviewer, read_text, settings):
    """What a restricted document gave first (an entity, its name) stays hidden when a public one gives the entity, too."""
    settings.LIMITS_PER_MINUTE = {}

    def hidden_first() -> None:
        keep_hidden(reviewer, read_text)
        keep_hidden_in_the_past(reviewer, read_text)
        keep_visible(reviewer, read_text)

    kept_once("hidden first", hidden_first)
    uids = known_uids(each=1)
    for (path, _), (_, body) in crawl(logged_in("reader"), part, uids, known_keys(), every_day=every_day).items():
        shown = re.sub(rb"(?i)kanari[a-z]*|zebra(fin[ck])?[+ ]?(holding([+ ]ab)?)?|559999-8888|kanri|2031-01-01", b"", body) if "?" in path and CANARY.search(path.encode()) else body  # fmt: skip
        assert not CANARY.search(shown.replace(path.encode(), b"")), path
