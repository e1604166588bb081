"""Levels and groups of what is in the hub: of entries of the register, of documents, of commitments. What a person said comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

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
from handslag_hub.store.bulk import plain_rows, select_rows
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
        rows = known_documents(actor, known).order_by("-said_on", "-pk")
        # The newest first.
        self.placed = {pk: self._place(pk, source, chain) for pk, source, chain in rows.values_list("pk", "source", "chain")}  # fmt: skip

    def of(self, document: int | None) -> Placed:
        """The level of a document; of what was typed (no document) unknown."""
        return self.placed.get(document or 0, NOWHERE)

    def _place(self, document: int, source: int, chain: str) -> Placed:
        if chain in self.said.chains:
            return by_hand(self.said.chains[chain])
        found = self.publishers.get(source, NOWHERE)
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


def documents_by_level(levels: DocumentLevels) -> dict[str, list[int]]:
    """Level ("" for unknown) → the documents that are of it, the newest first."""
    found: dict[str, list[int]] = defaultdict(list)
    for pk, placed in levels.placed.items():
        found[placed.value].append(pk)
    return dict(found)


class PlacedGoal(NamedTuple):
    """A commitment with its levels (none: unknown) and what each rests on: who is to act, or the page that says it."""

    fact: int
    theme: str
    document: int | None
    levels: Mapping[str, Placed]


def placed_goals(actor: Actor, known: AsKnown, *, theme: str = "", pages: DocumentLevels | None = None) -> list[PlacedGoal]:  # fmt: skip
    """Every commitment (of a theme) with its levels. A fixed number of queries.

    Bilateral where it is of an agreement between two countries or owned in two; else what who is to act is of, each of them; else what its page
    is of, which it is not where a person said that whoever is to act is of no level.
    """
    pages = pages or DocumentLevels(actor, known, said_by_people(known, LEVEL))
    owners = _owners(actor, known, theme)
    everybody = {entity for its in owners.values() for entity, _name in its if entity}
    homes = bodies_of_people(actor, known, everybody)
    bodies = levels_of_bodies(actor, pages.said, {*everybody, *homes.values()})
    # Who acts for a body is of its level.
    bodies |= {
        person: bodies.get(home, NOWHERE) for person, home in homes.items() if bodies.get(person, NOWHERE) == NOWHERE
    }
    agreed = _of_agreements(actor, known, pages.between)
    of_agreement = {"bilateral": Placed("bilateral", INFERRED, "agreement")}
    placed: dict[tuple[tuple[int | None, str], ...], _Owned] = {}
    found = []
    for fact, its_theme, document in _rows(actor, known, theme):
        mine = tuple(owners.get(fact, ()))
        # Of thousands of commitments the same few are to act.
        owned = placed.get(mine)
        if owned is None:
            owned = placed[mine] = _owned_by(mine, bodies)
        levels = of_agreement if fact in agreed else owned.levels
        if not levels and not owned.is_said and (page := pages.of(document)).value:
            levels = {page.value: page}
        found.append(PlacedGoal(fact, its_theme, document, levels))
    return found


class _Owned(NamedTuple):
    """The levels of those who are to act; `is_said` where a person said of one of them which it is of."""

    levels: Mapping[str, Placed]
    is_said: bool


def _owned_by(owners: Collection[tuple[int | None, str]], bodies: Mapping[int, Placed]) -> _Owned:
    if len(owners) > 1 and is_between_countries(name for _entity, name in owners):
        return _Owned({"bilateral": Placed("bilateral", INFERRED, "countries")}, False)
    its = [bodies.get(entity, NOWHERE) for entity, _name in owners if entity]
    return _Owned({placed.value: placed for placed in its if placed.value}, any(placed.basis == BY_HAND for placed in its))  # fmt: skip


def _rows(actor: Actor, known: AsKnown, theme: str) -> Iterable[tuple]:
    rows = known_commitments(actor, known)
    rows = rows.filter(theme=theme).order_by("-said", "fact") if theme else rows.exclude(theme="").order_by()
    return plain_rows(rows.values_list("fact", "theme", "fact__document"))


def _owners(actor: Actor, known: AsKnown, theme: str) -> dict[int, list[tuple[int | None, str]]]:
    """Who is to act by each commitment: the entry, and the name as printed."""
    rows = known_rows(Party.objects.filter(kind="commitment"), "commitment", actor, known)
    rows = rows.filter(theme=theme) if theme else rows.exclude(theme="")
    owners: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    who = int(Part.WHO)
    for fact, entity, name, parts in plain_rows(rows.order_by().values_list("fact", "entity", "name", "parts")):
        if parts & who:
            owners[fact].append((entity, name))
    return owners


def _of_agreements(actor: Actor, known: AsKnown, between: Collection[int]) -> set[int]:
    """The commitments that are said to be of one of these agreements."""
    agreements = Fact.objects.filter(pk__in=between).values("about__canonical")
    rows = Statement.objects.filter(predicate="agreement", holds=True, object_now__canonical__in=agreements, fact__kind="commitment", fact__level__lte=actor.level)  # fmt: skip
    return set(rows.values_list("fact", flat=True))
