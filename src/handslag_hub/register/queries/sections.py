"""Sections of a card: which facts stand in which, the newest of each, how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import As
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.register.queries.mentions import Mentions, Sort, facts_of

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
    """A section with its newest lines, and how many there are."""

    section: Section
    lines: list[Line]
    total: int

    @property
    def more(self) -> bool:
        """True if there are more than are shown."""
        return self.total > len(self.lines)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a card tells by its facts: its sections that have a line, in which zones it is mentioned how often, and the newest mentions."""

    sections: list[ShownSection]
    zones: Mapping[str, int]
    newest: list[Line]


def section_of(kind: str, key: str) -> Section | None:
    """The section of that name on cards of that kind."""
    return next((section for section in (*SECTIONS[kind], IDENTIFIERS) if section.key == key), None)


def show_sections(actor: Actor, mentions: Mentions, kind: str) -> Shown:
    """All that a card of that kind shows of its facts, looked up together."""
    cells = mentions.cells()
    totals = {section: sum(cell[-1] for cell in cells if section.sort.holds(*cell[:2])) for section in SECTIONS[kind]}
    sections = [section for section in SECTIONS[kind] if totals[section]]
    # The newest of all are among the newest of each kind, and those are read off the end of the index.
    kinds = [Sort(what) for what in sorted({cell[0] for cell in cells})]
    found = mentions.newest([*((section.sort, SHOWN) for section in sections), *((sort, NEWEST) for sort in kinds)])
    listed = [[fact for _said, fact in rows] for rows in found[: len(sections)]]
    newest = [fact for _said, fact in sorted((row for rows in found[len(sections) :] for row in rows), reverse=True)[:NEWEST]]  # fmt: skip
    keys = dict.fromkeys(fact for rows in (*listed, newest) for fact in rows)
    lines = {line.fact.pk: line for line in lines_of(actor, facts_of(actor, keys))}
    shown = [ShownSection(section, [lines[fact] for fact in facts], totals[section]) for section, facts in zip(sections, listed, strict=True)]  # fmt: skip
    return Shown(shown, _zones(cells), [lines[fact] for fact in newest])


def _zones(cells: Iterable[tuple[str, int, str, int]]) -> dict[str, int]:
    zones: dict[str, int] = {}
    for _kind, _parts, zone, n in cells:
        if zone:
            zones[zone] = zones.get(zone, 0) + n
    return dict(sorted(zones.items(), key=lambda item: -item[1]))


def lines_in(actor: Actor, mentions: Mentions, sort: Sort, most: int) -> list[Line]:
    """The newest lines of a sort."""
    return lines_of(actor, facts_of(actor, mentions.facts(sort)[:most]))
