"""What a reading gives: the items of the format `handslag-reading/1`, as values.

Field names are the contract's; `evidence` holds passages whose quotes stand verbatim in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from handslag.kernel.passages import Passage

FORMAT = "handslag-reading/1"
CERTAINTIES = ("certain", "probable", "weak")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every fact has: its passages (the first one carries the claim) and how certain it is."""

    evidence: tuple[Passage, ...]
    certainty: str = ""
    id: str = ""

    @property
    def zone(self) -> str:
        return self.evidence[0].zone if self.evidence else ""


F_co = TypeVar("F_co", bound=Item, covariant=True)


class Scored(NamedTuple, Generic[F_co]):
    """A fact with the probability that it is right, before `certainty` puts a word to it."""

    fact: F_co
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFact(Item):
    """A named body; `evidence` holds every mention in text order."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact(Item):
    """One person in one role in one organisation and tense."""

    person: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""
    organisation: str = ""
    organisation_id: str = ""
    tense: str = "current"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(Item):
    """A meeting, conference or other occasion; `basis` tells of the date whether it is printed or inferred."""

    name: str
    date: str = ""
    date_text: str = ""
    basis: str = ""
    place: str = ""
    status: str = "unknown"
    part_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFact(Item):
    """An agreement, also one that is planned, denied or ended, with its parties and what it is about."""

    name: str
    form: str = ""
    parties: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    date: str = ""
    date_text: str = ""
    basis: str = ""
    place: str = ""
    status: str = "concluded"


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureFact(Item):
    """A number in base units; `unit` is an ISO currency, "percent" or the counted noun as printed."""

    value: float | int
    qualifier: str = ""
    unit: str = ""
    what: str = ""
    stated_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteFact(Item):
    """Words quoted, without marks; `speaker` is the full name, None if it is not told."""

    text: str
    speaker: str | None = None
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFact(Item):
    """What somebody has said, been told or agreed to do; `who` holds names joined with ";"."""

    who: str = ""
    who_basis: str = ""
    what: str
    firmness: str
    cue: str
    condition: str = ""
    when: str = ""
    when_text: str = ""
    basis: str = ""
    said_by: str = ""
    to_whom: str = ""
    theme: str = ""
    agreement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalFact(Item):
    """Something that happened in the field; `subject` holds names, or words of the text, joined with ";"."""

    kind: str
    subject: str
    headline: str = ""


@dataclass(frozen=True, slots=True)
class LineFact:
    """One line of the text: its zone and language, "" for an empty line."""

    line: int
    start: int
    end: int
    zone: str
    language: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning about the document: a short code and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of the document itself."""

    path: str
    sha256: str
    language: str
    title: str
    said_on: str
    said_precision: str
    said_basis: str
    said_printed: str
    reader: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of one document, by kind."""

    organisations: tuple[OrganisationFact, ...] = ()
    people: tuple[PersonFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    agreements: tuple[AgreementFact, ...] = ()
    figures: tuple[FigureFact, ...] = ()
    quotes: tuple[QuoteFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    signals: tuple[SignalFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one document. `dropped` counts facts whose passage was not found verbatim."""

    document: DocumentFacts
    text: str
    warnings: tuple[Notice, ...] = ()
    lines: tuple[LineFact, ...] = ()
    facts: Facts = field(default_factory=Facts)
    dropped: int = 0

    @property
    def organisations(self) -> tuple[OrganisationFact, ...]:
        return self.facts.organisations

    @property
    def people(self) -> tuple[PersonFact, ...]:
        return self.facts.people

    @property
    def events(self) -> tuple[EventFact, ...]:
        return self.facts.events

    @property
    def agreements(self) -> tuple[AgreementFact, ...]:
        return self.facts.agreements

    @property
    def figures(self) -> tuple[FigureFact, ...]:
        return self.facts.figures

    @property
    def quotes(self) -> tuple[QuoteFact, ...]:
        return self.facts.quotes

    @property
    def commitments(self) -> tuple[CommitmentFact, ...]:
        return self.facts.commitments

    @property
    def signals(self) -> tuple[SignalFact, ...]:
        return self.facts.signals
