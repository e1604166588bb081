"""A corpus that would leak: what readers see, and restricted documents with a canary in every field, sharing actors with the others."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.utils import timezone
from kept_rows import Rows, rows_of_all_tables, write_rows

from handslag.kernel.claims import Claim, ClaimedFact, normal_words, stable_uid
from handslag.reading.claims import organisation_key, period_claim
from handslag_hub.accounts.actors import Actor, actor_of
from handslag_hub.accounts.models import User
from handslag_hub.asking.models import Answer, AnswerAddress, Letter
from handslag_hub.asking.services.letters import write_letter
from handslag_hub.asking.services.telling import subscribe
from handslag_hub.asking.services.watching import set_next_date, set_watcher, write_note
from handslag_hub.asking.subjects import Subject
from handslag_hub.briefs.services import judge_pair, place, type_assessment, type_milestone
from handslag_hub.commitments.services import type_evidence
from handslag_hub.exchange.services.lists import bring_list, import_list
from handslag_hub.reading.models import NearCopy
from handslag_hub.reading.services import Incoming, bring_in
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.services import (
    TypedFact,
    change_visibility,
    judge_sameness,
    keep_original,
    keep_reading,
    remove_document,
    review_fact,
    type_facts,
)

CANARY = re.compile(rb"kanari|zebrafink|987654|559999|2031-0[1-9]", re.IGNORECASE)

PUBLIC = """Kluster Syd och Region Skåne går samman

Maria Lindqvist, vd för Kluster Syd, säger att Kluster Syd ska öppna ett testcenter i Lund senast den 1 mars 2027.

Region Skåne och Kluster Syd tecknar ett samarbetsavtal om hälsodata. Konferensen Nordiska Hälsodagarna 2026 hålls den 18 november 2026 i Malmö.
"""
INTERNAL = """Protokoll

Region Skåne ska bjuda in Lunds universitet till ett möte i december 2026. Johan Ekdal, forskningschef vid Lunds universitet, lovar att lämna en rapport.
"""
HIDDEN = """Kanaripakten: Kluster Syd och Zebrafink Holding AB i hemligt avtal

Karin Zebrafink, vd för Zebrafink Holding AB, säger att Zebrafink Holding AB ska öppna Kanarilaboratoriet i Kanariby senast den 1 mars 2031.

Kluster Syd och Zebrafink Holding AB tecknar Kanariavtalet om kanarisång. Region Skåne ska betala 987654 kronor till Zebrafink Holding AB.

– Vi lovar att Region Skåne får Kanarirapporten, säger Maria Lindqvist, kanarichef för Kluster Syd.

Konferensen Nordiska Hälsodagarna 2026 hålls den 19 november 2026 i Kanariby. Zebrafink Holding AB varslar 987654 anställda.

Konferensen Kanaridagarna 2031 hålls den 3 februari 2031 i Kanariby.
"""
LIST = """Vad;Vem;Status;Senast
Bygga en kanarivoljär;Kluster Syd;lovat;2031-03-03
Sälja sin kanari;Zebrafink Holding AB;lovat;2031-02-02
"""


def keep_visible(actor: Actor, read: Callable) -> list[Document]:
    """What every reader may see: a public and an internal page."""
    return [
        keep_reading(actor, read(PUBLIC), address="https://example.org/public").document,
        keep_reading(actor, read(INTERNAL), address="https://example.org/internal", visibility=1).document,
    ]


def keep_hidden(actor: Actor, read: Callable) -> Document:
    """What only those who review may see: a page with its file, a review, and typed facts about an actor that everybody sees."""
    original = keep_original("kanari-zebrafink.txt", HIDDEN.encode())
    document = keep_reading(actor, read(HIDDEN), original=original, address="https://kanari.example/zebrafink", visibility=2).document  # fmt: skip
    fact = Fact.objects.filter(document=document, kind="commitment").first()
    review_fact(actor, fact, "accept", note="kanari")
    body = organisation_key("Kluster Syd")
    typed = [
        ("identifier", [_words("organisation_number", "559999-8888")]),
        ("organisation", [_words("name", "Kluster Syd"), _words("alias", "Kanariklustret"), _words("address", "Kanarigatan 1")]),
        ("event", [_words("name", "Kanarimötet"), period_claim("date", "2031-01-01", "printed"), _words("place", "Kanariby")]),
    ]  # fmt: skip
    facts = [TypedFact(ClaimedFact(uid=stable_uid("typed", kind, length=24), kind=kind, subject=body, claims=tuple(claims)), "Kanarilistan") for kind, claims in typed]  # fmt: skip
    type_facts(actor, facts, visibility=2)
    _hide_elsewhere(actor, document)
    return document


def keep_hidden_in_the_past(actor: Actor, read: Callable) -> None:
    """What is hidden by now, though the hub held it: a restricted page that was removed, and a public one that was restricted since."""
    address = "https://kanari.example/{}"
    removed = keep_reading(actor, read(HIDDEN.replace("Kanaripakten", "Kanarisången")), address=address.format("removed"), visibility=2)  # fmt: skip
    remove_document(actor, removed.document)
    shown = keep_reading(
        actor,
        read(HIDDEN.replace("Kanaripakten", "Kanariburen").replace("Karin Zebrafink", "Klara Zebrafink")),
        address=address.format("restricted"),
    )
    change_visibility(actor, shown.document, 2)


_KEPT: dict[str, Rows] = {}


def kept_once(name: str, keep: Callable[[], object]) -> None:
    """What `keep` writes into an empty hub: by the services for the first test of a process, row by row for the others."""
    if name in _KEPT:
        write_rows(_KEPT[name])
        return
    keep()
    _KEPT[name] = rows_of_all_tables()


def keep_both(actor: Actor, read: Callable) -> Document:
    """What every reader may see and what only those who review may."""

    def keep() -> None:
        keep_visible(actor, read)
        keep_hidden(actor, read)

    kept_once("both", keep)
    return Document.objects.get(address="https://kanari.example/zebrafink")


def _hide_elsewhere(actor: Actor, document: Document) -> None:
    """Restricted in the tables of other parts: files that wait, a list, near copies, evidence, links and a settled conflict."""
    bring_in(actor, [Incoming("kanari-väntar.txt", b"Kanari", address="https://kanari.example/waits")], name="Kanaribunten", visibility=2)  # fmt: skip
    import_list(actor, bring_list(actor, "kanarilista.csv", LIST.encode(), "commitments", visibility=2, language="sv"))
    shown = Document.objects.exclude(visibility=2).first()
    promised = Fact.objects.filter(kind="commitment", level__lt=2).first()
    if shown is None or promised is None:
        return
    NearCopy.objects.create(document=document, earlier=shown, bits_apart=1)
    NearCopy.objects.create(document=shown, earlier=document, bits_apart=1)
    type_evidence(actor, promised.about, says="done", words="Kanaricentret är klart", link="https://kanari.example/", day="2031-01-05", visibility=2)  # fmt: skip
    hidden = Entity.objects.get(kind="organisation", label="Zebrafink Holding AB")
    _hide_what_is_private(actor, promised, hidden)
    _hide_in_briefs(actor, document, promised, hidden)
    for known in Entity.objects.filter(kind="organisation", label__in=("Kluster Syd", "Region Skåne")):
        judge_sameness(actor, known, hidden, "unsure", method="kanari")


def _hide_what_is_private(actor: Actor, promised: Fact, hidden: Entity) -> None:
    """A letter with its answer, for those who review; notes and dates of somebody, for nobody else, about what is hidden and what is not."""
    owner, _made = User.objects.get_or_create(username="writer", defaults={"role": "reviewer"})
    letter = write_letter(actor, Entity.objects.get(kind="organisation", label="Kluster Syd").canonical, [promised])
    Letter.objects.filter(pk=letter.pk).update(subject="Kanaribrevet", body="Kanari [address]", name="Karin Zebrafink")
    address = AnswerAddress.objects.create(letter=letter, sha256=stable_uid("kanari", str(letter.pk)), made_at=timezone.now())  # fmt: skip
    Answer.objects.create(item=letter.items.get(), address=address, at=timezone.now(), says="done", words="Kanarisvaret", day=timezone.localdate(), name="Karin Zebrafink")  # fmt: skip
    writer = actor_of(owner)
    for subject in (Subject(hidden, ""), Subject(promised.about, ""), Subject(None, "health_data")):
        write_note(writer, subject, "Kanarianteckningen")
        set_next_date(writer, subject, day=timezone.localdate(), at=None, what="Kanarimötet")
        subscribe(writer, subject, on=True)
    set_watcher(writer, Subject(hidden, ""), owner, on=True)


def _hide_in_briefs(actor: Actor, document: Document, shown: Fact, hidden: Entity) -> None:
    """A restricted milestone of an agreement that everybody sees, and what was reported of it; levels and pairs of what is restricted."""
    agreement = Fact.objects.filter(kind="agreement", level__lt=2).first().about
    milestone, _action = type_milestone(actor, agreement, name="Kanarimilstolpen", lead=[], support=[], start="2031-01", when="2031-02-03",
        words="", link="https://kanari.example/", visibility=2)  # fmt: skip
    type_assessment(actor, milestone.about, made_by="own", status="met", day="2026-10", assessor=[], words="Kanarirapporten", link="", visibility=0)  # fmt: skip
    place(actor, hidden, "level", "national")
    place(actor, hidden, "stakeholders", "business")
    place(actor, document, "level", "european")
    judge_pair(actor, shown, Fact.objects.filter(kind="commitment", document=document).first(), "apart")


def _words(predicate: str, value: str) -> Claim:
    return Claim(predicate=predicate, value=value, normal=normal_words(value))
