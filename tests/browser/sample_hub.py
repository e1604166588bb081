"""A hub with sample pages and one of everything that has a page, served to a browser: made once for a whole module of tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import User
from handslag_hub.briefs.services import type_assessment, type_milestone
from handslag_hub.store.models import Conflict, Document, Entity, Fact
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
            server.stop()
            call_command("flush", interactive=False, verbosity=0)


def fill(url: str) -> SampleHub:
    """The samples, read, and what is made of them by hand."""
    documents = {name: keep_reading(REVIEWER, read_loaded(load(SAMPLES / name)), address=f"https://example.org/{name}" if name.endswith("html") else "").document for name in PAGES}  # fmt: skip
    removed = documents.pop("nyhetsbrev.md")
    remove_document(REVIEWER, removed)
    for fact, verdict in zip(Fact.objects.filter(counts=True).order_by("pk"), ("accept", "unsure", "accept"), strict=False):  # fmt: skip
        review_fact(REVIEWER, fact, verdict)
    uids = {kind: Entity.objects.filter(kind=kind).order_by("pk").first().uid for kind in ("organisation", "person", "event", "agreement", "commitment")}  # fmt: skip
    a, b = (entity.uid for entity in Entity.objects.filter(kind="organisation").order_by("pk")[:2])
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
    added = client.post("/documents/add", {"text": "Region Väst ska öppna ett center den 1 mars 2027.", "visibility": "0"})  # fmt: skip
    uids["batch"] = added.url.strip("/").rpartition("/")[2]
    texts = [*Document.objects.values_list("title", flat=True), *Document.objects.values_list("text", flat=True), *Entity.objects.values_list("label", flat=True), LIST]  # fmt: skip
    return SampleHub(url, uids, re.sub(r"\s+", " ", " ".join(texts)).casefold())


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
