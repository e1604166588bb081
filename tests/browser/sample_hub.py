"""A hub with sample pages and one of everything that has a page, served to a browser: made once for a whole module of tests."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import User
from handslag_hub.asking.models import Answer, NextDate, Subscription
from handslag_hub.asking.services.answers import Given, keep_answers, take_answer
from handslag_hub.asking.services.letters import finish_letter, mark_sent, write_letter
from handslag_hub.briefs.services import type_assessment, type_milestone
from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.store.models import Conflict, Document, Entity, Fact, Statement
from handslag_hub.store.services import keep_reading, remove_document, review_fact

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
PAGES = ("protokoll.docx", "ministry-mou.html", "kluster-nyhet.html", "nyhetsbrev.md", "branschnyhet.txt")
LIST = (
    "Vad;Vem;Status;Senast\nÖppna en testbädd;Region Väst;lovat;2027-05-03\nUtreda frågan;Region Väst;på gång;våren\n"
)
REVIEWER = Actor(None, "Rut Granskare", "reviewer")


@dataclass(frozen=True)
class SampleHub:
    """Where it is, how things in it are addressed, and all words of its documents."""

    url: str
    uids: dict[str, str] = field(default_factory=dict)
    words: str = ""


@contextmanager
def served_hub(blocker: object) -> Iterator[str]:
    """The address of an empty hub; what is put into it is gone at the end."""
    with blocker.unblock():
        server = LiveServer("127.0.0.1")
        try:
            yield server.url
        finally:
            wait_for_requests()
            server.stop()
            call_command("flush", interactive=False, verbosity=0)


def wait_for_requests(seconds: float = 10) -> None:
    """Waits for the threads that answer a browser: one that ends after its server may no longer close the database they share."""
    until = time.monotonic() + seconds
    for thread in threading.enumerate():
        if thread.name.endswith("(process_request_thread)"):
            thread.join(max(0.0, until - time.monotonic()))


def fill(url: str) -> SampleHub:
    """The samples, read, and what is made of them by hand."""
    documents = {name: keep_reading(REVIEWER, read_loaded(load(SAMPLES / name)), address=f"https://example.org/{name}" if name.endswith("html") else "").document for name in PAGES}  # fmt: skip
    removed = documents.pop("nyhetsbrev.md")
    remove_document(REVIEWER, removed)
    follow_until_none_waits()
    for fact, verdict in zip(Fact.objects.filter(counts=True).order_by("pk"), ("accept", "unsure", "accept"), strict=False):  # fmt: skip
        review_fact(REVIEWER, fact, verdict)
    uids = {kind: Entity.objects.filter(kind=kind).order_by("pk").first().uid for kind in ("organisation", "person", "event", "agreement")}  # fmt: skip
    a, b = (entity.uid for entity in Entity.objects.filter(kind="organisation").order_by("pk")[:2])
    # One of which something was heard.
    heard = Statement.objects.filter(predicate="of", fact__kind="evidence", fact__shown=True).exclude(
        fact__certainty="weak"
    )
    uids["commitment"] = heard.order_by("pk").first().object_now.canonical.uid
    uids |= {
        "a": a, "b": b, "document": documents["ministry-mou.html"].uid, "removed": removed.uid,
        "fact": Fact.objects.filter(kind="commitment", document=documents["ministry-mou.html"]).first().uid,
        "conflict": str(Conflict.objects.order_by("pk").first().pk),
    }  # fmt: skip
    agreement = Entity.objects.get(uid=uids["agreement"])
    milestone, _action = type_milestone(REVIEWER, agreement, name="En gemensam testbädd", lead=[], support=[], start="2026-01", when="2026-03", words="", link="", visibility=0)  # fmt: skip
    for made_by, status in (("own", "met"), ("independent", "partly met")):
        type_assessment(REVIEWER, milestone.about, made_by=made_by, status=status, day="2026-04-01", assessor=[], words="", link="", visibility=0)  # fmt: skip
    uids["milestone"] = milestone.about.uid
    client = Client(headers={"host": "127.0.0.1"})
    kept = client.post("/lists/", {"file": SimpleUploadedFile("lista.csv", LIST.encode()), "kind": "commitments", "language": "sv", "visibility": "1"})  # fmt: skip
    uids["list"] = kept.url.strip("/").rpartition("/")[2]
    uids |= _asked(client, uids)
    added = client.post("/documents/add", {"text": "Region Väst ska öppna ett center den 1 mars 2027.", "visibility": "0"})  # fmt: skip
    uids["batch"] = added.url.strip("/").rpartition("/")[2]
    texts = [*Document.objects.values_list("title", flat=True), *Document.objects.values_list("text", flat=True), *Entity.objects.values_list("label", flat=True), LIST]  # fmt: skip
    return SampleHub(url, uids, re.sub(r"\s+", " ", " ".join(texts)).casefold())


def _asked(client: Client, uids: dict[str, str]) -> dict[str, str]:
    """A draft, a letter that was sent and answered, what somebody watches and is told of."""
    promised = Fact.objects.filter(kind="commitment", shown=True, document__isnull=False).order_by("pk").first()
    party = Entity.objects.get(uid=uids["organisation"]).canonical
    draft, letter = (write_letter(REVIEWER, party, [promised]) for _ in range(2))
    secret = finish_letter(REVIEWER, letter)
    mark_sent(REVIEWER, letter)
    for says, words in (("done", "Det är klart."), ("underway", "Det mesta är klart.")):
        keep_answers(letter.addresses.get(), [Given(letter.items.get(), says, words, timezone.localdate(), "https://example.org/klart")], name="Kim Ek")  # fmt: skip
    take_answer(REVIEWER, Answer.objects.order_by("pk").first(), "accept")
    for about, uid in (("commitment", uids["commitment"]), ("theme", "health_data")):
        client.post(f"/watching/{about}/{uid}/watcher", {"on": "1"})
        client.post(f"/watching/{about}/{uid}/subscribe", {"on": "1"})
        client.post(f"/watching/{about}/{uid}/note", {"text": "Ring igen."})
        client.post(f"/watching/{about}/{uid}/date", {"day": "2026-01-05", "time": "09:30", "what": "Fråga igen"})
    Subscription.objects.update(since=timezone.now() - timedelta(days=1))
    return {
        "draft": draft.uid,
        "letter": letter.uid,
        "secret": secret,
        "date": NextDate.objects.order_by("pk").first().uid,
    }


def session_of(role: str) -> str:
    """The session cookie of somebody with this role, in a team's hub."""
    with override_settings(TEAM=True):
        client = Client()
        user = User(username=f"a-{role}", role=role, email=f"{role}@example.org")
        user.set_password("en lång fras med kvist")
        user.save()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    from django.conf import settings  # noqa: PLC0415 - after Django is set up

    return client.cookies[settings.SESSION_COOKIE_NAME].value
