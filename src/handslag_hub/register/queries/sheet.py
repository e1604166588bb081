"""The sheet of one entry: all its facts by section, their sources numbered as footnotes."""

from __future__ import annotations

from dataclasses import dataclass

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.register.queries.mentions import Mentions, facts_of
from handslag_hub.register.queries.sections import IDENTIFIERS, SECTIONS, Section
from handslag_hub.store.models import Document

# More is no sheet any longer; whoever needs it exports.
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line with the number of its footnote; 0 for what was typed by hand."""

    line: Line
    note: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Sections with their lines, and the documents in the order of their numbers; `is_cut` where there are more facts."""

    sections: list[tuple[Section, list[SheetLine]]]
    sources: list[Document]
    is_cut: bool


def sheet_of(actor: Actor, mentions: Mentions, kind: str) -> Sheet:
    """The sheet; at most MOST_LINES facts."""
    found = []
    left = MOST_LINES
    is_cut = False
    for section in (IDENTIFIERS, *SECTIONS[kind]):
        keys = mentions.first(section.sort, left + 1)
        is_cut = is_cut or len(keys) > left
        found.append((section, keys[:left]))
        left -= len(found[-1][1])
    facts = facts_of(actor, dict.fromkeys(key for _, keys in found for key in keys))
    lines = {line.fact.pk: line for line in lines_of(actor, facts)}
    notes: dict[int, int] = {}
    sources: list[Document] = []
    sections = []
    for section, keys in found:
        numbered = []
        for key in keys:
            fact = lines[key].fact
            if fact.document is not None and fact.document_id not in notes:
                sources.append(fact.document)
                notes[fact.document_id] = len(sources)
            numbered.append(SheetLine(lines[key], notes.get(fact.document_id, 0)))
        if numbered:
            sections.append((section, numbered))
    return Sheet(sections, sources, is_cut)
