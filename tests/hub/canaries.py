"""A corpus that would leak: what readers see, and restricted documents with a canary in every field, sharing actors with the others."""

from __future__ import annotations

import re
from collections.abc import Callable

from handslag.kernel.claims import Claim, ClaimedFact, normal_words, stable_uid
from handslag.reading.claims import organisation_key, period_claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.services import TypedFact, keep_original, keep_reading, review_fact, type_facts

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
    return document


def _words(predicate: str, value: str) -> Claim:
    return Claim(predicate=predicate, value=value, normal=normal_words(value))
