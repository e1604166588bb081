"""Writing claimed facts: entities and facts that are known already are found by their fingerprints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey
from handslag_hub.store.models import Action, Assertion, Document, Entity, Extractor, Fact, FactPassage, Statement

_VALUE_FIELDS = ("predicate", "value", "value_normal", "unit", "basis")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsToKeep:
    """Claimed facts, and where, by whom and when they were claimed. `visibility` is for what is typed."""

    claimed: Sequence[ClaimedFact]
    document: Document | None
    extractor: Extractor
    action: Action
    at: datetime
    places: Mapping[tuple[int, int], int]
    visibility: int | None = None
    cause: str = "read"


def keep_facts(given: FactsToKeep) -> dict[str, int]:
    """Writes entities, facts, statements, passages and assertions; gives the key of every claimed fact by its uid."""
    entities = find_or_make_entities(_entities_named(given.claimed))
    known = {fact.uid: fact for fact in Fact.objects.filter(uid__in=[claimed.uid for claimed in given.claimed])}
    new = [claimed for claimed in given.claimed if claimed.uid not in known]
    made = Fact.objects.bulk_create(_new_fact(claimed, given, entities) for claimed in new)
    keys = {fact.uid: fact.pk for fact in [*known.values(), *made]}
    same = _unchanged(given.claimed, known)
    Statement.objects.bulk_create(
        _statement(claim, rank, keys[claimed.uid], given, entities)
        for claimed in given.claimed
        if claimed.uid not in same
        for rank, claim in enumerate(claimed.claims)
    )
    FactPassage.objects.bulk_create(
        [
            FactPassage(fact_id=keys[claimed.uid], passage_id=given.places[start, end], rank=rank)
            for claimed in given.claimed
            for rank, (start, end) in enumerate(dict.fromkeys((place.start, place.end) for place in claimed.passages))
        ],
        ignore_conflicts=True,
    )
    Assertion.objects.bulk_create(
        Assertion(fact_id=keys[claimed.uid], document=given.document, on=True, cause=given.cause, visibility=given.visibility, action=given.action)
        for claimed in given.claimed
    )  # fmt: skip
    return keys


def find_or_make_entities(keys: Iterable[EntityKey]) -> dict[str, int]:
    """Uid → database key of these entities; those that are not there yet are made."""
    wanted = {key.uid: key for key in keys}
    there = dict(Entity.objects.filter(uid__in=wanted).values_list("uid", "pk"))
    made = Entity.objects.bulk_create(Entity(uid=uid, kind=key.kind) for uid, key in wanted.items() if uid not in there)
    if made:
        Entity.objects.filter(pk__in=[entity.pk for entity in made]).update(canonical=F("pk"))
    return there | {entity.uid: entity.pk for entity in made}


def _entities_named(claimed: Sequence[ClaimedFact]) -> Iterable[EntityKey]:
    for fact in claimed:
        yield fact.subject
        for claim in fact.claims:
            if claim.object is not None:
                yield claim.object


def _new_fact(claimed: ClaimedFact, given: FactsToKeep, entities: Mapping[str, int]) -> Fact:
    entity = entities[claimed.subject.uid]
    document = given.document
    return Fact(uid=claimed.uid, kind=claimed.kind, entity_id=entity, about_id=entity, extractor=given.extractor,
        certainty=claimed.certainty, created_at=given.at, language=claimed.language, document=document,
        position=claimed.passages[0].start if claimed.passages else 0, zone=claimed.passages[0].zone if claimed.passages else "",
        said_on=document.said_on if document else None, level=document.visibility if document else given.visibility or 0)  # fmt: skip


def _statement(claim: Claim, rank: int, fact: int, given: FactsToKeep, entities: Mapping[str, int]) -> Statement:
    named = entities[claim.object.uid] if claim.object else None
    return Statement(fact_id=fact, predicate=claim.predicate, value=claim.value, value_normal=claim.normal, object_id=named,
        object_now_id=named, language=given.document.language if given.document else "", unit=claim.unit[:100], valid_from=claim.valid_from,
        valid_to=claim.valid_to, precision=claim.precision, basis=claim.basis, extractor=given.extractor, document=given.document,
        action=given.action, rank=rank, created_at=given.at)  # fmt: skip


def _unchanged(claimed: Sequence[ClaimedFact], known: Mapping[str, Fact]) -> set[str]:
    """The uids of facts whose latest reading said just the same: they get no new statements."""
    if not known:
        return set()
    uids = {fact.pk: uid for uid, fact in known.items()}
    read: dict[str, dict[tuple[int, int], list[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(list))
    rows = Statement.objects.filter(fact__in=uids, review=None, action__undone=False).order_by("pk")
    for fact, document, action, *values in rows.values_list("fact", "document", "action", *_VALUE_FIELDS):
        read[uids[fact]][document or 0, action].append(tuple(values))
    same = set()
    for fact in claimed:
        if batches := read.get(fact.uid):
            latest = batches[max(batches)]
            if latest == [(c.predicate, c.value, c.normal, c.unit[:100], c.basis) for c in fact.claims]:
                same.add(fact.uid)
    return same
