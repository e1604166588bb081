"""Sections of a card: which facts stand in which, the newest of each, how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag_hub.register.models import As
from handslag_hub.register.queries.lines import Line
from handslag_hub.register.queries.mentions import Cell, Mentions, Sort

# Lines of a section on the card, and on a page of its own; mentions on the card.
SHOWN = 5
PER_PAGE = 100
NEWEST = 10


@dataclass(frozen=True, slots=True)
class Section:
    """Mentions of one sort."""

    key: str
    title: str | Promise
    sort: Sort


_COMMITMENTS = (
    Section("commitments", _("Commitments"), Sort("commitment", As.WHO)),
    Section("said", _("Commitments it told of"), Sort("commitment", As.SAID_BY)),
    Section("received", _("Commitments made to it"), Sort("commitment", As.TO_WHOM)),
)
_REST = (
    Section("signals", _("Signals"), Sort("signal", As.SUBJECT)),
    Section("figures", _("Figures it stated"), Sort("figure", As.STATED_BY)),
)
SECTIONS: dict[str, tuple[Section, ...]] = {
    "organisation": (
        Section("agreements", _("Agreements it is a party of"), Sort("agreement", As.PARTY | As.SIGNATORY)),
        *_COMMITMENTS,
        Section("events", _("Events"), Sort("event", As.ORGANISATION)),
        Section("quotes", _("Quotes"), Sort("quote", As.SPEAKER | As.ORGANISATION)),
        *_REST,
        Section("people", _("Where its people are named"), Sort("role", As.ORGANISATION)),
        Section("named", _("Where it is named"), Sort("organisation", As.ABOUT)),
    ),
    "person": (
        Section("roles", _("Where the roles are told"), Sort("role", As.ABOUT)),
        Section("agreements", _("Agreements signed"), Sort("agreement", As.SIGNATORY | As.PARTY)),
        *_COMMITMENTS,
        Section("quotes", _("Quotes"), Sort("quote", As.SPEAKER)),
        *_REST,
    ),
    "event": (Section("events", _("What is told of it"), Sort("event", As.ABOUT)),),
}
IDENTIFIERS = Section("identifiers", _("Identifiers"), Sort("identifier", As.ABOUT))


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with the facts of its newest lines, and how many there are; `lines` are those facts as lines (`with_lines`)."""

    section: Section
    facts: list[int]
    total: int
    lines: list[Line] = field(default_factory=list)

    @property
    def more(self) -> bool:
        """True if there are more than are shown."""
        return self.total > len(self.facts)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card tells by its facts: its sections that have a line, in which zones it is mentioned how often, and the facts of the newest mentions."""

    sections: list[ShownSection]
    zones: Mapping[str, int]
    newest: list[int]


def section_of(kind: str, key: str) -> Section | None:
    """The section of that name on cards of that kind."""
    return next((section for section in (*SECTIONS[kind], IDENTIFIERS) if section.key == key), None)


def show_sections(mentions: Mentions, kind: str) -> Shown:
    """All that a card of that kind shows of its facts, looked up together."""
    cells = mentions.cells()
    totals = {section: sum(cell.n for cell in section.sort.among(cells)) for section in SECTIONS[kind]}
    sections = [section for section in SECTIONS[kind] if totals[section]]
    # The newest of all are among the newest of each kind, and those are read off the end of the index.
    kinds = [Sort(what) for what in sorted({cell.kind for cell in cells})]
    found = mentions.newest([*((section.sort, SHOWN) for section in sections), *((sort, NEWEST) for sort in kinds)])
    listed = [[fact for _said, fact in rows] for rows in found[: len(sections)]]
    newest = [fact for _said, fact in sorted((row for rows in found[len(sections) :] for row in rows), reverse=True)[:NEWEST]]  # fmt: skip
    shown = [ShownSection(section, facts, totals[section]) for section, facts in zip(sections, listed, strict=True)]
    return Shown(shown, _zones(cells), newest)


def with_lines(sections: Iterable[ShownSection], lines: Mapping[int, Line]) -> list[ShownSection]:
    """The sections with those of the lines that are of their facts."""
    return [replace(shown, lines=[lines[key] for key in shown.facts if key in lines]) for shown in sections]


def _zones(cells: Iterable[Cell]) -> dict[str, int]:
    zones: dict[str, int] = {}
    for cell in cells:
        if cell.zone:
            zones[cell.zone] = zones.get(cell.zone, 0) + cell.n
    return dict(sorted(zones.items(), key=lambda item: -item[1]))
