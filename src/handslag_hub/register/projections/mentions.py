"""Mentions: which facts are about an entry or name it, and as what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from handslag_hub.register.models import As, Mention
from handslag_hub.register.projections.clusters import REGISTERED
from handslag_hub.store.bulk import insert_rows
from handslag_hub.store.models import Assertion, Fact, Review, Statement, Verdict
from handslag_hub.store.models.caches import LONG_AGO, UNSEEN
from handslag_hub.store.refresh import Added, Changes
from handslag_hub.store.refresh.facts import batches

AS = {
    "who": As.WHO,
    "said_by": As.SAID_BY,
    "to_whom": As.TO_WHOM,
    "party": As.PARTY,
    "signatory": As.SIGNATORY,
    "speaker": As.SPEAKER,
    "organisation": As.ORGANISATION,
    "subject": As.SUBJECT,
    "stated_by": As.STATED_BY,
}


class MentionRow(NamedTuple):
    """A row as it is written; `entity` is canonical."""

    fact: int
    entity: int
    kind: str
    parts: int
    level: int
    said: date
    known_on: date
    zone: str
    held_since: date | None


def follow_mentions(facts: Collection[int], changes: Changes) -> None:
    """Brings up to date the mentions of facts that were folded again or are new, and of entities that are taken for others now."""
    for added in changes.added:
        insert_rows(Mention, MentionRow._fields, (row for row in _mentions_added(added) if row.fact not in facts))
    moved = {fact for batch in batches(changes.joined) for fact in _misplaced(batch)}
    for batch in batches({*facts, *moved}):
        refresh_mentions(batch)


def refresh_mentions(facts: Collection[int]) -> None:
    """Writes what changed in the mentions of these facts."""
    wanted, there = set(mentions_now(facts)), {}
    for key, *row in Mention.objects.filter(fact__in=facts).values_list("pk", *MentionRow._fields):
        there[MentionRow(*row)] = key
    stale = [key for row, key in there.items() if row not in wanted]
    if stale:
        Mention.objects.filter(pk__in=stale).delete()
    insert_rows(Mention, MentionRow._fields, sorted(wanted - there.keys(), key=lambda row: row[:2]))


def mentions_now(facts: Collection[int]) -> list[MentionRow]:
    """The mentions that these facts make. Four queries."""
    parts: dict[tuple[int, int], int] = defaultdict(int)
    told: dict[int, tuple] = {}
    interrupted = _interrupted(facts)
    rows = Fact.objects.filter(pk__in=facts).values_list("pk", "about__canonical", "about__kind", "kind", "level", "shown", "said_on", "created_at", "zone")  # fmt: skip
    for key, about, about_kind, *rest in rows:
        told[key] = _told(*rest, steady=key not in interrupted)
        if about_kind in REGISTERED:
            parts[key, about] |= As.ABOUT
    named = Statement.objects.filter(fact__in=facts, holds=True, object_now__kind__in=REGISTERED)
    for key, entity, predicate in named.values_list("fact", "object_now__canonical", "predicate"):
        parts[key, entity] |= AS.get(predicate, As.OTHER)
    return [_row(key, entity, part, told[key]) for (key, entity), part in parts.items()]


def _mentions_added(added: Added) -> Iterator[MentionRow]:
    """As `mentions_now`, of facts that are new: made of what was given, nothing is read."""
    given, kept = added.given, added.kept
    said_on = given.document.said_on if given.document else None
    for claimed in given.claimed:
        if claimed.uid not in kept.new:
            continue
        parts: dict[int, int] = defaultdict(int)
        mentioned = [(claimed.subject, As.ABOUT), *((claim.object, AS.get(claim.predicate, As.OTHER)) for claim in claimed.claims)]  # fmt: skip
        for entity, part in mentioned:
            if entity is not None and entity.kind in REGISTERED:
                parts[kept.canonical[kept.entities[entity.uid]]] |= part
        zone = claimed.passages[0].zone if claimed.passages else ""
        told = _told(claimed.kind, given.level, True, said_on, given.at, zone, steady=True)
        for entity, part in parts.items():
            yield _row(kept.keys[claimed.uid], entity, part, told)


def _told(kind: str, level: int, shown: bool, said_on: date | None, at, zone: str, *, steady: bool) -> tuple:
    """What a fact's rows share: its kind; then level, days and zone."""
    came_in = timezone.localtime(at).date()
    return kind, level if shown else UNSEEN, said_on or LONG_AGO, said_on or came_in, zone, came_in if shown and steady else None  # fmt: skip


def _interrupted(facts: Collection[int]) -> set[int]:
    """Those of the facts that the hub may not have held, or not shown, on every day since they came in: something in their logs took them away, or was undone once."""
    heard = Assertion.objects.filter(fact__in=facts).filter(
        Q(on=False)
        | Q(action__undone_by__isnull=False)
        | Q(document__presences__present=False)
        | Q(document__presences__action__undone_by__isnull=False)
    )
    rejected = Review.objects.filter(fact__in=facts, verdict=Verdict.REJECT)
    return {*heard.values_list("fact", flat=True), *rejected.values_list("fact", flat=True)}


def _row(fact: int, entity: int, parts: int, told: tuple) -> MentionRow:
    kind, *rest = told
    return MentionRow(fact, entity, kind, int(parts), *rest)


def _misplaced(entities: list[int]) -> Iterable[int]:
    """The facts whose mentions of these entities stand under another than who they are taken to be now."""
    there = Mention.objects.filter(fact=OuterRef("fact"), entity=OuterRef("object_now__canonical"))
    yield from Mention.objects.filter(entity__in=entities).exclude(entity__canonical=F("entity")).values_list("fact", flat=True)  # fmt: skip
    named = Statement.objects.filter(object_now__in=entities, object_now__kind__in=REGISTERED, holds=True)
    yield from named.filter(~Exists(there)).values_list("fact", flat=True)
    here = Mention.objects.filter(fact=OuterRef("pk"), entity=OuterRef("about__canonical"))
    about = Fact.objects.filter(about__in=entities, about__kind__in=REGISTERED)
    yield from about.filter(~Exists(here)).values_list("pk", flat=True)
