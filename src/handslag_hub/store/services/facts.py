"""Writing claimed facts: entities and facts that are known already are found by their fingerprints.

What is new is written with its caches as folding would give them, so that a page is kept in few queries; `handslag hub check` and the
tests hold the caches against a rebuild.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey
from handslag_hub.store.bulk import insert_and_give_keys, insert_rows, run, select_rows
from handslag_hub.store.models import (
    Action,
    Assertion,
    Document,
    Entity,
    Extractor,
    Fact,
    FactPassage,
    Statement,
    Status,
)

_VALUE_FIELDS = ("predicate", "value", "value_normal", "unit", "basis")
_STATEMENT_FIELDS = ("fact", "predicate", "value", "value_normal", "object", "object_now", "language", "unit", "valid_from", "valid_to",
    "precision", "basis", "extractor", "document", "action", "rank", "created_at", "holds")  # fmt: skip

_FACT_FIELDS = ("uid", "kind", "entity", "about", "extractor", "certainty", "created_at", "document", "position", "zone", "language", "said_on",
    "level", "status", "counts", "shown", "printed")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsToKeep:
    """Claimed facts, and where, by whom and when they were claimed. `visibility` is for what is typed, and for what
    is stricter than its document.
    """

    claimed: Sequence[ClaimedFact]
    document: Document | None
    extractor: Extractor
    action: Action
    at: datetime
    places: Mapping[tuple[int, int], int]
    visibility: int | None = None
    cause: str = "read"
    # Where single facts are from, by uid; the others have `cause`.
    causes: Mapping[str, str] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """Who may see the facts; of a document those whom it lets, or fewer."""
        return max(self.document.visibility if self.document else 0, self.visibility or 0)


@dataclass(frozen=True, slots=True)
class FactsKept:
    """The keys of all claimed facts by uid; the uids of those that are new; all entities named, and those of them that are new."""

    keys: dict[str, int]
    new: set[str]
    entities: dict[str, int]
    new_entities: set[int] = field(default_factory=set)
    # Who each of them is taken to be.
    canonical: dict[int, int] = field(default_factory=dict)


def keep_facts(given: FactsToKeep) -> FactsKept:
    """Writes entities, facts, statements, passages and assertions."""
    wanted = {key.uid: key for key in _entities_named(given.claimed)}
    there = select_rows(Entity, ("uid", "id", "canonical"), uid=wanted)
    entities = {uid: key for uid, key, _ in there}
    new_entities = make_entities([key for uid, key in wanted.items() if uid not in entities])
    entities |= new_entities
    known = dict(select_rows(Fact, ("uid", "id"), uid=[claimed.uid for claimed in given.claimed]))
    new = [claimed for claimed in given.claimed if claimed.uid not in known]
    made = insert_and_give_keys(Fact, _FACT_FIELDS, (_fact(claimed, given, entities) for claimed in new), ("uid",))
    keys = known | {uid: key for (uid,), key in made.items()}
    same = unchanged(given.claimed, known, counting=False)
    insert_rows(Statement, _STATEMENT_FIELDS, (
        # Of facts known before folding tells what holds.
        _statement(claim, rank, keys[claimed.uid], given, entities, holds=claimed.uid not in known)
        for claimed in given.claimed
        if claimed.uid not in same
        for rank, claim in enumerate(claimed.claims)
    ))  # fmt: skip
    insert_rows(FactPassage, ("fact", "passage", "rank"), (
        (keys[claimed.uid], given.places[place], rank)
        for claimed in given.claimed
        for rank, place in enumerate(dict.fromkeys((place.start, place.end) for place in claimed.passages))
    ), or_ignore=True)  # fmt: skip
    document = given.document.pk if given.document else None
    insert_rows(Assertion, ("fact", "document", "on", "cause", "visibility", "action"), (
        (keys[claimed.uid], document, True, given.causes.get(claimed.uid, given.cause), given.visibility, given.action.pk) for claimed in given.claimed
    ))  # fmt: skip
    canonical = {key: who for _, key, who in there} | {key: key for key in new_entities.values()}
    return FactsKept(keys, {claimed.uid for claimed in new}, entities, set(new_entities.values()), canonical)


def find_entities(uids: Iterable[str]) -> dict[str, int]:
    """The address and database key of those entities that are there."""
    return dict(select_rows(Entity, ("uid", "id"), uid=uids))


def make_entities(keys: Sequence[EntityKey]) -> dict[str, int]:
    """Makes entities, each its own canonical one; gives address and database key."""
    if not keys:
        return {}
    made = insert_and_give_keys(Entity, ("uid", "kind", "label"), ((key.uid, key.kind, "") for key in keys), ("uid",))
    # Only those just made have nobody yet.
    run("UPDATE store_entity SET canonical_id = id WHERE canonical_id IS NULL")
    return {uid: key for (uid,), key in made.items()}


def find_or_make_entities(keys: Iterable[EntityKey]) -> dict[str, int]:
    """The address and database key of these entities; those that are not there yet are made."""
    wanted = {key.uid: key for key in keys}
    there = find_entities(wanted)
    return there | make_entities([key for uid, key in wanted.items() if uid not in there])


def _entities_named(claimed: Sequence[ClaimedFact]) -> Iterable[EntityKey]:
    for fact in claimed:
        yield fact.subject
        for claim in fact.claims:
            if claim.object is not None:
                yield claim.object


def _fact(claimed: ClaimedFact, given: FactsToKeep, entities: Mapping[str, int]) -> tuple[object, ...]:
    entity, document = entities[claimed.subject.uid], given.document
    lead = claimed.passages[0] if claimed.passages else None
    language, said_on = (document.language, document.said_on) if document else (claimed.language, None)
    return (claimed.uid, claimed.kind, entity, entity, given.extractor.pk, claimed.certainty, given.at, document.pk if document else None,
        lead.start if lead else 0, lead.zone if lead else "", language, said_on, given.level, Status.UNREVIEWED, True, True, True)  # fmt: skip


def _statement(
    claim: Claim, rank: int, fact: int, given: FactsToKeep, entities: Mapping[str, int], *, holds: bool
) -> tuple[object, ...]:
    named = entities[claim.object.uid] if claim.object else None
    language, document = (given.document.language, given.document.pk) if given.document else ("", None)
    return (fact, claim.predicate, claim.value, claim.normal, named, named, language, claim.unit[:100], claim.valid_from, claim.valid_to,
        claim.precision, claim.basis, given.extractor.pk, document, given.action.pk, rank, given.at, holds)  # fmt: skip


def unchanged(claimed: Sequence[ClaimedFact], known: Mapping[str, int], *, counting: bool = True) -> set[str]:
    """The uids of facts whose latest reading said just the same: the latest that counts, or the latest ever written.

    Of the latest ever written no second copy is needed: `fold_values` takes it for any later entry that wrote none.
    """
    if not known:
        return set()
    uids = {key: uid for uid, key in known.items()}
    read: dict[str, dict[tuple[int, int], list[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(list))
    rows = Statement.objects.filter(fact__in=uids, review=None).order_by("pk")
    rows = rows.filter(action__undone=False) if counting else rows
    for fact, document, action, *values in rows.values_list("fact", "document", "action", *_VALUE_FIELDS):
        read[uids[fact]][action, document or 0].append(tuple(values))
    same = set()
    for fact in claimed:
        if batches := read.get(fact.uid):
            latest = batches[max(batches)]
            if latest == [(c.predicate, c.value, c.normal, c.unit[:100], c.basis) for c in fact.claims]:
                same.add(fact.uid)
    return same
