"""A small store for proofs: a few pages about a few actors, with facts that contradict each other."""

from __future__ import annotations

import hashlib
from datetime import date

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, stable_uid
from handslag.kernel.passages import Passage
from handslag.reading.claims import organisation_key
from handslag.reading.results import (
    CommitmentFact,
    DocumentFacts,
    EventFact,
    Facts,
    LineFact,
    OrganisationFact,
    PersonFact,
    Reading,
)
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import Document

PROVER = Actor(None, "Prövaren", "reviewer")
BODIES = ("Dalhamn", "Stiftelsen Dalhamn", "Dalhamn AB", "Region Österdalen", "Österdalen")
PEOPLE = ("Rut Ek", "Ruth Ek", "Lage Sund")


def small_reading(number: int, version: int = 0) -> Reading:
    """A page that names two organisations, a person, an event and a commitment; its versions differ in one of them."""
    body, other = BODIES[number % len(BODIES)], BODIES[(number + 1) % len(BODIES)]
    person = PEOPLE[(number + version) % len(PEOPLE)]
    day = f"2026-1{number % 3}-0{1 + number % 9}"
    said = (
        f"{body} och {other} träffas på Dalhamnsdagen {day} i Almvik {number % 2}.",
        f"{person} är chef på {body}.",
        f"{body} ska bygga testbädd {number}{' snart' if version == 2 else ''}.",
        f"Sida {number}, version {version}.",
    )
    text = "\n".join(said)

    def at(quote: str) -> Passage:
        start = text.index(quote)
        return Passage(start, start + len(quote), quote, "body")

    lines, start = [], 0
    for row, line in enumerate(said, start=1):
        lines.append(LineFact(row, start, start + len(line), "body", "sv"))
        start += len(line) + 1
    facts = Facts(
        organisations=tuple(
            OrganisationFact(id=f"o{n}", name=name, kind="unknown", certainty="certain", evidence=(at(said[0]),))
            for n, name in enumerate((body, other))
        ),
        people=(
            PersonFact(id="p1", person="p1", name=person, role="chef", organisation=body, tense="now", certainty="certain",
                evidence=(at(said[1]),)),
        ),
        events=(
            EventFact(id="e1", name="Dalhamnsdagen 2026", date=day, date_text=day, place=f"Almvik {number % 2}", status="planned",
                certainty="certain", evidence=(at(said[0]),)),
        ),
        commitments=(
            CommitmentFact(id="c1", who=body, what=f"testbädd {number}", firmness="promised", cue="ska", certainty="certain",
                evidence=(at(said[2]),)),
        ),
    )  # fmt: skip
    document = DocumentFacts(path=f"sida-{number}.txt", sha256=hashlib.sha256(text.encode()).hexdigest(), language="sv",
        title=f"Sida {number}", said_on="2026-10-08", said_precision="day", said_basis="printed", said_printed="2026-10-08",
        reader="handslag-test 1")  # fmt: skip
    return Reading(document, text, (), tuple(lines), facts, 0)


def address_of(number: int) -> str:
    """Where the page stands."""
    return f"https://example.org/{number}"


def typed_claim(number: int, variant: int) -> ClaimedFact:
    """A commitment that somebody types; its variants have other values, the same address."""
    body = organisation_key(BODIES[number % len(BODIES)])
    claims = (
        Claim(predicate="what", value=f"löfte {number}.{variant}", normal=f"löfte {number}.{variant}"),
        Claim(predicate="who", value=body.name, normal=body.key, object=body),
        Claim(predicate="when", value="2027", normal="2027", valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31), precision="year"),
    )  # fmt: skip
    uid = stable_uid("typed", str(number), length=24)
    return ClaimedFact(uid=uid, kind="commitment", subject=EntityKey("commitment", uid, f"löfte {number}"), claims=claims, certainty="certain", language="sv")  # fmt: skip


def heard_claim(document: Document, of: str, says: str) -> ClaimedFact:
    """What a page says of a commitment: its last line, of whichever commitment."""
    start = document.text.rindex("Sida")
    uid = stable_uid("fact", "evidence", document.chain, of, length=24)
    claims = (
        Claim(predicate="of", value=of, normal=of, object=EntityKey("commitment", "", "", given_uid=of)),
        Claim(predicate="says", value=says, normal=says),
        Claim(predicate="by", value="other", normal="other"),
    )
    return ClaimedFact(uid=uid, kind="evidence", subject=EntityKey("evidence", uid, says), claims=claims, certainty="probable", language="sv",
        passages=(Passage(start, len(document.text), document.text[start:], "body"),))  # fmt: skip
