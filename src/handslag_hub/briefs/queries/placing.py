"""Levels and groups of what is in the hub: of entries of the register, of documents, of commitments. What a person said comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.levels import (
    BY_HAND,
    INFERRED,
    NOWHERE,
    Placed,
    by_hand,
    is_between_countries,
    level_of_body,
    level_of_publisher,
    stakeholder_of_body,
)
from handslag_hub.briefs.models import Placement
from handslag_hub.commitments.models import Part, Party
from handslag_hub.commitments.queries.ledger import known_commitments, known_rows
from handslag_hub.register.models import Trait
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.bulk import select_rows
from handslag_hub.store.models import Fact, Source, Statement
from handslag_hub.store.queries import counting, known_documents, known_facts, labels_of
from handslag_hub.store.refresh.facts import batches

LEVEL, STAKEHOLDERS = Placement.What.LEVEL, Placement.What.STAKEHOLDERS


@dataclass(frozen=True, slots=True)
class Said:
    """What people said: of canonical entries, and of pages (their chains). The last word on each holds."""

    entities: Mapping[int, str] = field(default_factory=dict)
    chains: Mapping[str, str] = field(default_factory=dict)


def said_by_people(known: AsKnown, what: str) -> Said:
    """All that people said of levels or groups, as it counts now (or counted then, where the hub's own past is looked at)."""
    rows = Placement.objects.filter(what=what)
    rows = counting(rows, known) if known.day and known.held else rows.filter(action__undone=False)
    entities: dict[int, str] = {}
    chains: dict[str, str] = {}
    for entity, chain, value in rows.order_by("pk").values_list("entity__canonical", "document__chain", "value"):
        if entity is not None:
            entities[entity] = value
        else:
            chains[chain] = value
    return Said(entities, chains)


def levels_of_bodies(actor: Actor, said: Said, entities: Collection[int]) -> dict[int, Placed]:
    """Canonical entry → its level. Two queries."""
    return _of_bodies(actor, said, entities, level_of_body)


def stakeholders_of_bodies(actor: Actor, said: Said, entities: Collection[int]) -> dict[int, Placed]:
    """Canonical entry → the part of the field that it is of. Two queries."""
    return _of_bodies(actor, said, entities, stakeholder_of_body)


def _of_bodies(
    actor: Actor, said: Said, entities: Collection[int], place: Callable[[str, Iterable[str]], Placed]
) -> dict[int, Placed]:
    kinds: dict[int, list[str]] = defaultdict(list)
    traits = select_rows(Trait, ("count", "value", "entity", "level"), entity=entities, name=["kind"])
    for _count, kind, entity, level in sorted(traits, key=lambda row: (-row[0], row[1])):
        if level <= actor.level:
            kinds[entity].append(kind)
    found = {}
    for entity, (_uid, label, what) in labels_of(actor, entities).items():
        if entity in said.entities:
            found[entity] = by_hand(said.entities[entity])
        else:
            found[entity] = place(label, kinds[entity]) if what == "organisation" else NOWHERE
    return found


def bodies_of_people(actor: Actor, known: AsKnown, entities: Collection[int]) -> dict[int, int]:
    """Person → the organisation of the role that is told of them last. Chunks of one query."""
    people = [key for key, (_uid, _label, kind) in labels_of(actor, entities).items() if kind == "person"]
    found: dict[int, int] = {}
    for batch in batches(people):
        roles = known_facts(actor, known).filter(kind="role", about__canonical__in=batch)
        rows = Statement.objects.filter(
            fact__in=roles.order_by().values("pk"), holds=True, predicate="organisation", object_now__isnull=False
        )
        found |= dict(
            rows.order_by("fact__said_on", "pk").values_list("fact__about__canonical", "object_now__canonical")
        )
    return found


class DocumentLevels:
    """The levels of documents: what a person said of the page; by its publisher; else bilateral where it tells of an agreement between two countries."""

    def __init__(self, actor: Actor, known: AsKnown, said: Said) -> None:
        self.said = said
        self.publishers = {
            source.pk: level_of_publisher(source.publisher, source.key) for source in Source.objects.all()
        }
        self.between = between_countries(actor, known)
        self.bilateral = set(Fact.objects.filter(pk__in=self.between).values_list("document", flat=True))

    def of(self, document: int | None, source: int | None, chain: str | None) -> Placed:
        """The level of a document; of what was typed (no document) unknown."""
        if document is None:
            return NOWHERE
        if chain in self.said.chains:
            return by_hand(self.said.chains[chain])
        found = self.publishers.get(source or 0, NOWHERE)
        if not found.value and document in self.bilateral:
            return Placed("bilateral", INFERRED, "agreement")
        return found


def between_countries(actor: Actor, known: AsKnown) -> set[int]:
    """The facts of agreements between two countries."""
    named = known_rows(Party.objects.filter(kind="agreement"), "agreement", actor, known)
    parties: dict[int, list[str]] = defaultdict(list)
    for fact, name, parts in named.values_list("fact", "name", "parts"):
        if parts & Part.PARTY:
            parties[fact].append(name)
    return {fact for fact, names in parties.items() if is_between_countries(names)}


def documents_by_level(actor: Actor, known: AsKnown, levels: DocumentLevels) -> dict[str, list[int]]:
    """Level ("" for unknown) → the documents that are of it, the newest first."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = known_documents(actor, known).order_by("-said_on", "-pk")
    for pk, source, chain in rows.values_list("pk", "source", "chain"):
        found[levels.of(pk, source, chain).value].append(pk)
    return dict(found)


@dataclass(frozen=True, slots=True)
class PlacedGoal:
    """A commitment with its levels (none: unknown) and what each rests on: who is to act, or the page that says it."""

    fact: int
    theme: str
    document: int | None
    levels: Mapping[str, Placed]


def placed_goals(actor: Actor, known: AsKnown, *, theme: str = "") -> list[PlacedGoal]:
    """Every commitment (of a theme) with its levels. A fixed number of queries.

    Bilateral where it is of an agreement between two countries or owned in two; else what who is to act is of, each of them; else what its page
    is of, which it is not where a person said that whoever is to act is of no level.
    """
    said = said_by_people(known, LEVEL)
    pages = DocumentLevels(actor, known, said)
    owners, names = _owners(actor, known, theme)
    everybody = {entity for its in owners.values() for entity in its}
    homes = bodies_of_people(actor, known, everybody)
    bodies = levels_of_bodies(actor, said, {*everybody, *homes.values()})
    # Who acts for a body is of its level.
    bodies |= {
        person: bodies.get(home, NOWHERE) for person, home in homes.items() if bodies.get(person, NOWHERE) == NOWHERE
    }
    agreed = _of_agreements(actor, known, pages.between)
    found = []
    for fact, its_theme, document, source, chain in _rows(actor, known, theme):
        page = pages.of(document, source, chain)
        if fact in agreed or is_between_countries(names.get(fact, ())):
            levels = {"bilateral": Placed("bilateral", INFERRED, "agreement" if fact in agreed else "countries")}
        else:
            of_owners = [bodies.get(entity, NOWHERE) for entity in owners.get(fact, ())]
            levels = {placed.value: placed for placed in of_owners if placed.value}
            if not levels and page.value and not any(placed.basis == BY_HAND for placed in of_owners):
                levels = {page.value: page}
        found.append(PlacedGoal(fact, its_theme, document, levels))
    return found


def _rows(actor: Actor, known: AsKnown, theme: str) -> Iterable[tuple]:
    rows = known_commitments(actor, known)
    rows = rows.filter(theme=theme) if theme else rows.exclude(theme="")
    return rows.order_by("-said", "fact").values_list(
        "fact", "theme", "fact__document", "fact__document__source", "fact__document__chain"
    )


def _owners(actor: Actor, known: AsKnown, theme: str) -> tuple[dict[int, list[int]], dict[int, list[str]]]:
    """Who is to act by each commitment: the entries, and the names as printed."""
    rows = known_rows(Party.objects.filter(kind="commitment"), "commitment", actor, known)
    rows = rows.filter(theme=theme) if theme else rows.exclude(theme="")
    owners: dict[int, list[int]] = defaultdict(list)
    names: dict[int, list[str]] = defaultdict(list)
    for fact, entity, name, parts in rows.values_list("fact", "entity", "name", "parts"):
        if parts & Part.WHO:
            names[fact].append(name)
            if entity:
                owners[fact].append(entity)
    return owners, names


def _of_agreements(actor: Actor, known: AsKnown, between: Collection[int]) -> set[int]:
    """The commitments that are said to be of one of these agreements."""
    agreements = Fact.objects.filter(pk__in=between).values("about__canonical")
    rows = Statement.objects.filter(predicate="agreement", holds=True, object_now__canonical__in=agreements, fact__kind="commitment", fact__level__lte=actor.level)  # fmt: skip
    return set(rows.values_list("fact", flat=True))
