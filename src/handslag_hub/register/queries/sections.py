"""Sections of a card: which facts stand in which, the newest of each, and all of one a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.register.queries.lines import Line, lines_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Fact, Statement
from handslag_hub.store.queries import known_facts

# Lines of a section on the card, and on a page of its own.
SHOWN = 20
PER_PAGE = 100
# A card looks through so many of the facts that name an entry last, so that it is as quick for one with 50,000.
LOOKED_THROUGH = 500
# The predicates under which facts name others.
NAMING = (
    "who",
    "said_by",
    "to_whom",
    "party",
    "signatory",
    "speaker",
    "organisation",
    "subject",
    "stated_by",
    "agreement",
)
_NEWEST_OF_EACH = 200


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one kind about the entry (no predicates), or that name it under one of these predicates."""

    key: str
    title: str | Promise
    fact_kind: str
    predicates: tuple[str, ...] = ()


_COMMITMENTS = (
    Section("commitments", _("Commitments"), "commitment", ("who",)),
    Section("said", _("Commitments it told of"), "commitment", ("said_by",)),
    Section("received", _("Commitments made to it"), "commitment", ("to_whom",)),
)
_REST = (
    Section("signals", _("Signals"), "signal", ("subject",)),
    Section("figures", _("Figures it stated"), "figure", ("stated_by",)),
)
SECTIONS: dict[str, tuple[Section, ...]] = {
    "organisation": (
        Section("agreements", _("Agreements it is a party of"), "agreement", ("party", "signatory")),
        *_COMMITMENTS,
        Section("events", _("Events"), "event", ("organisation",)),
        Section("quotes", _("Quotes"), "quote", ("speaker", "organisation")),
        *_REST,
        Section("people", _("Where its people are named"), "role", ("organisation",)),
        Section("named", _("Where it is named"), "organisation"),
    ),
    "person": (
        Section("roles", _("Where the roles are told"), "role"),
        Section("agreements", _("Agreements signed"), "agreement", ("signatory", "party")),
        *_COMMITMENTS,
        Section("quotes", _("Quotes"), "quote", ("speaker",)),
        *_REST,
    ),
    "event": (Section("events", _("What is told of it"), "event"),),
}
IDENTIFIERS = Section("identifiers", _("Identifiers"), "identifier")


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its newest lines; `total` is counted up to LOOKED_THROUGH, `more` is true where there are more lines."""

    section: Section
    lines: list[Line]
    total: int
    more: bool

    @property
    def is_open(self) -> bool:
        """True if there are more facts than were counted."""
        return self.total >= LOOKED_THROUGH


def section_of(kind: str, key: str) -> Section | None:
    """The section of that name on cards of that kind."""
    return next((section for section in (*SECTIONS[kind], IDENTIFIERS) if section.key == key), None)


def facts_in(actor: Actor, known: AsKnown, members: Sequence[int], section: Section, *, all_of_them: bool = False) -> QuerySet[Fact]:  # fmt: skip
    """The facts of a section, the newest first."""
    facts = known_facts(actor, known)
    naming = Statement.objects.filter(object_now__in=members, predicate__in=section.predicates, holds=True)
    if not section.predicates:
        facts = facts.filter(kind=section.fact_kind, about__in=members)
    elif all_of_them:
        facts = facts.filter(kind=section.fact_kind, pk__in=naming.values("fact"))
    else:
        # Found by their keys. With `kind=` SQLite walks through all facts of the kind, for the order, and looks for the keys there.
        keys = newest_naming(members, section.predicates, LOOKED_THROUGH)
        facts = facts.filter(kind__startswith=section.fact_kind, pk__in=keys)
    return newest_first(facts)


def newest_first(facts: QuerySet[Fact]) -> QuerySet[Fact]:
    """By the day they were said, those without a day last; with what a line shows."""
    return facts.order_by(F("said_on").desc(nulls_last=True), "-pk").select_related("document", "extractor", "about")


def show_sections(actor: Actor, known: AsKnown, members: Sequence[int], kind: str) -> list[ShownSection]:
    """All sections of a card that have a line. Their facts are looked up together."""
    found: list[tuple[Section, list[Fact], int]] = []
    for section in SECTIONS[kind]:
        facts = facts_in(actor, known, members, section)
        first = list(facts[: SHOWN + 1])
        if first:
            total = (
                len(first) if len(first) <= SHOWN else facts.order_by().select_related(None)[:LOOKED_THROUGH].count()
            )
            found.append((section, first[:SHOWN], total))
    lines = {line.fact.pk: line for line in lines_of(actor, _distinct(found))}
    return [ShownSection(section, [lines[fact.pk] for fact in facts], total, total > len(facts)) for section, facts, total in found]  # fmt: skip


def _distinct(found: list[tuple[Section, list[Fact], int]]) -> Iterator[Fact]:
    seen: set[int] = set()
    for _section, facts, _total in found:
        for fact in facts:
            if fact.pk not in seen:
                seen.add(fact.pk)
                yield fact


def mentions(actor: Actor, known: AsKnown, members: Sequence[int]) -> tuple[dict[str, int], list[Line]]:
    """In which zones the entry was mentioned last and how often (of the newest facts), and the newest ten."""
    facts = known_facts(actor, known)
    newest = newest_first(facts.filter(about__in=members))[:LOOKED_THROUGH]
    naming = facts.filter(pk__in=newest_naming(members))
    rows = [*newest.values_list("pk", "zone", "said_on"), *naming.values_list("pk", "zone", "said_on")]
    zones: dict[str, int] = {}
    days = {pk: (zone, said_on) for pk, zone, said_on in rows}
    for zone, _said_on in days.values():
        if zone:
            zones[zone] = zones.get(zone, 0) + 1
    latest = sorted(days, key=lambda pk: (days[pk][1] is not None, days[pk][1], pk), reverse=True)[:10]
    chosen = {
        fact.pk: fact for fact in Fact.objects.filter(pk__in=latest).select_related("document", "extractor", "about")
    }
    zones = dict(sorted(zones.items(), key=lambda item: -item[1]))
    return zones, lines_of(actor, [chosen[pk] for pk in latest])


def newest_naming(members: Sequence[int], predicates: Sequence[str] = NAMING, most: int = _NEWEST_OF_EACH) -> set[int]:
    """The facts that name the entry, the newest `most` of each predicate: read off the end of the index, a query for each."""
    rows = Statement.objects.filter(object_now__in=members, holds=True).order_by("-pk")
    return {
        fact
        for predicate in predicates
        for fact in rows.filter(predicate=predicate).values_list("fact", flat=True)[:most]
    }


def all_mentions(actor: Actor, known: AsKnown, members: Sequence[int]) -> QuerySet[Fact]:
    """Every fact about the entry or that names it, the newest first."""
    naming = Statement.objects.filter(object_now__in=members, holds=True).values("fact")
    return newest_first(known_facts(actor, known).filter(Q(about__in=members) | Q(pk__in=naming)))
