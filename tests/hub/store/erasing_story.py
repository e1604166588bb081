"""A hub from its first page to an erased person, in a process of its own; prints in which files the name is left."""

import io
import json
import os
import re
import shutil
import sys
import zipfile
from pathlib import Path

import django
from openpyxl import Workbook

os.environ["DJANGO_SETTINGS_MODULE"] = "handslag_hub.site.settings"
django.setup()

from django.conf import settings  # noqa: E402 - Django must be set up before
from django.db import connection  # noqa: E402

from handslag.kernel.claims import Claim, ClaimedFact, normal_words, stable_uid  # noqa: E402
from handslag.reading.claims import EntityKey  # noqa: E402
from handslag.reading.loading import load  # noqa: E402
from handslag.reading.reader import read_loaded  # noqa: E402
from handslag_hub.accounts.actors import Actor  # noqa: E402
from handslag_hub.commitments.services import type_evidence, type_fact, words_claim  # noqa: E402
from handslag_hub.exchange.services.giving import log_export  # noqa: E402
from handslag_hub.exchange.services.lists import bring_list, import_list  # noqa: E402
from handslag_hub.reading.services import Incoming, bring_in  # noqa: E402
from handslag_hub.store.as_known import AsKnown  # noqa: E402
from handslag_hub.store.erasing.services import erase_again, erase_person  # noqa: E402
from handslag_hub.store.models import Action, Entity, Fact  # noqa: E402
from handslag_hub.store.services import (  # noqa: E402
    TypedFact,
    judge_sameness,
    keep_original,
    keep_reading,
    review_fact,
    type_facts,
)

FOLDER = Path(sys.argv[1])
ADMINISTRATOR = Actor(None, "Adda Administratör", "administrator")
CANARY = re.compile(rb"kvistberg|vendela", re.IGNORECASE)
PAGE = """Vendela Kvistberg talar i Lund

Vendela Kvistberg, vd för Kluster Syd, säger att Kluster Syd ska öppna ett testcenter i Lund senast den 1 mars 2027.

– Vi lovar att bjuda in alla kommuner i oktober 2026, säger Vendela Kvistberg.

KVISTBERG har bett Region Skåne om hjälp. Kvistbergs plan heter Vendelas lista. Skriv till vendela.kvistberg@example.org.
"""
HTML = "<html><head><title>Om Vendela Kvistberg</title></head><body><h1>Nytt</h1><p>{}, vd för Kluster Syd, ska öppna ett labb i Malmö 2027.</p></body></html>"  # fmt: skip


LIST = """Vad;Vem;Status;Kommentar till Vendela Kvistberg
Öppna en mottagning;Vendela Kvistberg;lovat;Ring Kvistberg
"""


def workbook() -> bytes:
    book = Workbook()
    for line in LIST.splitlines():
        book.active.append(line.split(";"))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def keep(name: str, content: str, address: str = "") -> None:
    path = FOLDER / name
    path.write_text(content)
    original = keep_original(name, path.read_bytes())
    keep_reading(ADMINISTRATOR, read_loaded(load(path), said_on="2026-10-08"), original=original, address=address)


def packed() -> list[str]:
    """Kept office files with the name in them: their bytes do not show it."""
    found = []
    for path in settings.ORIGINALS.rglob("*"):
        if path.is_file() and zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as file:
                found += [f"{path.name}: {name}" for name in file.namelist() if CANARY.search(file.read(name))]
    return found


def left() -> list[str]:
    connection.close()
    return [*packed(), *(str(path.relative_to(settings.HOME)) for path in sorted(settings.HOME.rglob("*"))
        if CANARY.search(str(path.name).encode()) or (path.is_file() and CANARY.search(path.read_bytes())))]  # fmt: skip


def keep_all() -> None:
    keep("vendela-kvistberg.txt", PAGE, "https://example.org/vendela-kvistberg")
    keep("b.html", HTML.format("Vendela Kvistberg"), "https://example.org/b")
    keep(
        "c.html", HTML.format("<b>Vendela</b> Kvistberg").replace("Om Vendela Kvistberg", "Om"), "https://example.org/c"
    )


keep_all()
person = Entity.objects.filter(kind="person", label="Vendela Kvistberg").first()
assert person
review_fact(
    ADMINISTRATOR,
    Fact.objects.filter(kind="commitment").first(),
    "accept",
    note="Vendela Kvistberg har ringt, Kvistberg vet",
)
role = Fact.objects.filter(kind="role").first()
words = "Vendela M. Kvistberg"
review_fact(ADMINISTRATOR, role, "correct", corrected={"name": [Claim(predicate="name", value=words, normal=normal_words(words))]})  # fmt: skip
typed = ClaimedFact(uid=stable_uid("typed", length=24), kind="role", subject=EntityKey("person", "vendela kvistberg|typed", "Vendela Kvistberg"),
    claims=(Claim(predicate="name", value="Vendela Kvistberg", normal="vendela kvistberg"),))  # fmt: skip
type_facts(ADMINISTRATOR, [TypedFact(typed, "told by Vendela Kvistberg")])
other = Entity.objects.filter(kind="person", facts__document=None).first()
judge_sameness(ADMINISTRATOR, person, other, "same", method="Vendela Kvistberg")
Action.objects.create(
    at="2026-10-08T12:00:00Z", actor="x", verb="x", details={"Vendela Kvistberg": ["Vendela Kvistberg"]}
)
bring_in(
    ADMINISTRATOR,
    [
        Incoming(
            "om-vendela-kvistberg.txt", b"Vendela Kvistberg talar.", address="https://example.org/om-vendela-kvistberg"
        )
    ],
    name="Brev om Vendela Kvistberg",
)
import_list(
    ADMINISTRATOR,
    bring_list(ADMINISTRATOR, "kvistberg-vendela.csv", LIST.encode(), "commitments", visibility=1, language="sv"),
)
import_list(
    ADMINISTRATOR,
    bring_list(ADMINISTRATOR, "vendela-kvistberg.xlsx", workbook(), "commitments", visibility=1, language="sv"),
)
promise = Fact.objects.filter(kind="commitment", document__isnull=False).first()
type_evidence(
    ADMINISTRATOR,
    promise.about,
    says="done",
    words="Vendela Kvistberg har gjort det",
    link="https://example.org/vendela-kvistberg",
    day="2026-11-01",
    visibility=1,
)
type_fact(
    ADMINISTRATOR,
    "agreement",
    "Kvistbergs avtal med Vendela Kvistberg",
    words_claim("words", "Vendela Kvistberg skriver under"),
    visibility=0,
    origin="hört av Vendela Kvistberg",
)
log_export(ADMINISTRATOR, "commitments-vendela-kvistberg", "csv", AsKnown(), public=True)
before = bool(left())
backup = FOLDER / "backup"
shutil.copytree(settings.HOME, backup)

erase_person(ADMINISTRATOR, person, "Vendela Kvistberg bad om det, sade Kvistberg")
found = left()
keep_all()
bring_in(
    ADMINISTRATOR,
    [
        Incoming(
            "svar-vendela-kvistberg.txt",
            b"Vendela Kvistberg svarar.",
            address="https://example.org/svar-vendela-kvistberg",
        )
    ],
    name="Svar av Vendela Kvistberg",
)
bring_list(
    ADMINISTRATOR, "svar-vendela-kvistberg.csv", LIST.encode() + b"\n", "commitments", visibility=1, language="sv"
)
keep("d.txt", PAGE + "\nSlut.\n", "https://example.org/vendela-kvistberg")
again = left()
for name in ("handslag.sqlite3", "handslag.sqlite3-wal", "handslag.sqlite3-shm"):
    (settings.HOME / name).unlink(missing_ok=True)
    if (backup / name).exists():
        shutil.copy(backup / name, settings.HOME / name)
shutil.rmtree(settings.ORIGINALS)
shutil.copytree(backup / "originals", settings.ORIGINALS)
erase_again(ADMINISTRATOR)
sys.stdout.write(json.dumps({"before": before, "left": found, "again": again, "restored": left()}))
