"""What following is given: documents as they were read, and the commitments that are followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A passage in one of the documents: `text[start:end] == quote` in the document with this sha256."""

    document: str
    start: int
    end: int
    quote: str

    def meets(self, other: Place) -> bool:
        """True if some letter stands in both."""
        return self.document == other.document and self.start < other.end and other.start < self.end


class Stretch(NamedTuple):
    """A sentence, heading, item or cell, in code points, with its zone ("body", "feed", …) and language."""

    start: int
    end: int
    zone: str = ""
    language: str = ""


class Voice(NamedTuple):
    """A stretch that is quoted; `speaker` and `organisation` are "" where they are not told."""

    start: int
    end: int
    speaker: str = ""
    organisation: str = ""


class Person(NamedTuple):
    """A person that the document names, with an organisation and a role of hers, "" if none is told, and where that stands."""

    name: str
    organisation: str = ""
    role: str = ""
    tense: str = "current"
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read. `said_on` is a day, month or year (ISO), "" if unknown; `sentences` are in text order."""

    path: str
    sha256: str
    text: str
    language: str
    said_on: str
    said_precision: str
    sentences: tuple[Stretch, ...]
    organisations: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    voices: tuple[Voice, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """The passage `[start, end)` of this document, without white space at its ends."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Place(self.sha256, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment that is followed: where it was first stated, and what the reading, or whoever gave it, says of it."""

    id: str
    evidence: tuple[Place, ...]
    who: tuple[str, ...]
    what: str
    firmness: str
    cue: str = ""
    condition: str = ""
    when: str = ""
    theme: str = ""

    @property
    def document(self) -> str:
        """The document of its first statement."""
        return self.evidence[0].document
