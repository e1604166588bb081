"""From readings to what following is given: documents with their sentences, and the commitments that were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from handslag.following.documents import Commitment, Document, Person, Place, Stretch, Voice
from handslag.language.dates import find_page_day_beside
from handslag.reading.page import page_of
from handslag.reading.results import CommitmentFact, Reading


def document_of(reading: Reading) -> Document:
    """The document of a reading, with its sentences as the reader parts them."""
    about = reading.document
    return Document(
        path=about.path,
        sha256=about.sha256,
        text=reading.text,
        language=about.language,
        said_on=about.said_on if about.said_precision != "unknown" else "",
        said_precision=about.said_precision,
        sentences=_sentences(reading),
        organisations=tuple(name for fact in reading.organisations for name in (fact.name, *fact.aliases)),
        people=tuple(
            Person(fact.name, fact.organisation, fact.role, fact.tense, (fact.evidence[0].start, fact.evidence[0].end))
            for fact in reading.people
        ),
        voices=tuple(
            Voice(quote.evidence[0].start, quote.evidence[0].end, quote.speaker or "", quote.organisation)
            for quote in reading.quotes
        ),
    )


def days_beside(readings: Iterable[Reading]) -> dict[str, str]:
    """Sum → day, of the pages that print their day without a year and lie among others that have one."""
    read = list(readings)
    days = [date.fromisoformat(r.document.said_on) for r in read if r.document.said_precision == "day"]
    found = {}
    for reading in read:
        if reading.document.said_precision != "unknown" or not days:
            continue
        day = find_page_day_beside(reading.text.split("\n"), reading.document.language, days)
        if day is not None:
            found[reading.document.sha256] = day.period
    return found


def _sentences(reading: Reading) -> tuple[Stretch, ...]:
    page = page_of(reading.text)
    lines = {line.line: line for line in reading.lines}
    found = []
    for sentence in page.sentences:
        line = lines.get(sentence.line + 1)
        tokens = page.tokens
        zone, language = (line.zone, line.language) if line else ("", "")
        start, end = tokens[sentence.first].start, tokens[sentence.last - 1].end
        if end > start:
            found.append(Stretch(start, end, zone, language))
    return tuple(found)


def commitments_of(reading: Reading, *, with_weak: bool = False) -> list[Commitment]:
    """The commitments that were read on a page."""
    return [
        commitment_of(reading, fact)
        for fact in reading.commitments
        if with_weak or fact.certainty in {"certain", "probable"}
    ]


def commitment_of(reading: Reading, fact: CommitmentFact) -> Commitment:
    """One commitment that was read; its id is made of its deciding passage."""
    evidence = tuple(Place(reading.document.sha256, p.start, p.end, p.quote) for p in fact.evidence)
    return Commitment(
        id=identity(evidence[0]),
        evidence=evidence,
        who=tuple(name for name in fact.who.split(";") if name),
        what=fact.what,
        firmness=fact.firmness,
        cue=fact.cue,
        condition=fact.condition,
        when=fact.when,
        theme=fact.theme,
    )


def identity(place: Place) -> str:
    """The first 16 hex digits of sha256 over "document:start:end"."""
    return hashlib.sha256(f"{place.document}:{place.start}:{place.end}".encode()).hexdigest()[:16]
