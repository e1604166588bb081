"""From facts to rows: what each projection says of a fact. One query for the facts, one for their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from handslag.reading.facts.commitments.themes import theme_of
from handslag_hub.commitments.models import (
    NO_DAY,
    AgreementRow,
    AgreementTheme,
    CommitmentRow,
    Part,
    Party,
    SignalRow,
)
from handslag_hub.commitments.standing import NOTHING, UNHEARD, Standing, Stated, clusters_of
from handslag_hub.store.models import Fact, Statement
from handslag_hub.store.models.caches import LONG_AGO, UNSEEN
from handslag_hub.store.models.facts import Status
from handslag_hub.store.refresh import Added

KINDS = {"commitment": CommitmentRow, "agreement": AgreementRow, "signal": SignalRow}
PARTS = {
    "commitment": {"who": Part.WHO, "said_by": Part.SAID_BY, "to_whom": Part.TO_WHOM},
    "agreement": {"party": Part.PARTY, "signatory": Part.SIGNATORY},
    "signal": {"subject": Part.SUBJECT},
}


# A row's values by column, and the rows of a number of facts by projection. Not models: making those took a tenth of keeping a page.
Row = dict[str, Any]
Rows = dict[type[Model], list[Row]]


@dataclass(frozen=True, slots=True)
class Said:
    """A value that holds; `named` is the entity it names as read, `entity` who that is taken to be."""

    predicate: str
    value: str
    basis: str
    first: date | None
    last: date | None
    named: int | None
    entity: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A fact as far as its rows repeat it; `about` is the canonical entity, `level` UNSEEN while it is not shown, or repeats another."""

    fact: int
    kind: str
    about: int
    level: int
    said_on: date | None
    language: str
    zone: str
    status: str
    certainty: str
    created_at: datetime
    typed: bool = False
    standing: Standing = UNHEARD
    # Statements in place of which the lists show this one.
    repeated: Sequence[Stated] = ()


def rows_of(keys: Sequence[int]) -> Rows:
    """What the projections say of these facts; facts of other kinds have no rows."""
    found: Rows = defaultdict(list)
    facts = Fact.objects.filter(pk__in=keys, kind__in=KINDS).order_by("pk").values_list(
        "pk", "kind", "about__canonical", "level", "said_on", "language", "zone", "status", "certainty", "created_at", "document", "shown")  # fmt: skip
    clusters = clusters_of({about for _, kind, about, *_ in facts if kind == "commitment"})
    repeated = {fact[0]: clusters[fact[2]].repeated_by(fact[0]) for fact in facts if fact[2] in clusters}
    wanted = {one.fact for statements in repeated.values() for one in statements} | {fact[0] for fact in facts}
    said: dict[int, list[Said]] = defaultdict(list)
    values = Statement.objects.filter(fact__in=wanted, holds=True).order_by("rank", "pk")
    for key, *value in values.values_list(
        "fact", "predicate", "value", "basis", "valid_from", "valid_to", "object_now", "object_now__canonical"
    ):
        said[key].append(Said(*value))
    today = timezone.localdate()
    for key, kind, about, level, *rest, document, shown in facts:
        cluster = clusters.get(about)
        standing = cluster.standing(today) if cluster else UNHEARD
        is_shown = shown and not (cluster and cluster.repeats(key))
        seen = Seen(
            key, kind, about, level if is_shown else UNSEEN, *rest, document is None, standing, repeated.get(key, ())
        )
        _add_rows(found, seen, said)
    return found


def rows_of_added(added: Iterable[Added]) -> Rows:
    """As `rows_of`, of facts that are new: made of what was given, nothing is read."""
    found: Rows = defaultdict(list)
    for one in added:
        given, kept, document = one.given, one.kept, one.given.document
        for claimed in given.claimed:
            if claimed.kind not in KINDS or claimed.uid not in kept.new:
                continue
            said = []
            for claim in claimed.claims:
                named = kept.entities[claim.object.uid] if claim.object else None
                said.append(Said(claim.predicate, claim.value, claim.basis, claim.valid_from, claim.valid_to, named, kept.canonical[named] if named else None))  # fmt: skip
            language, said_on = (document.language, document.said_on) if document else (claimed.language, None)
            zone = claimed.passages[0].zone if claimed.passages else ""
            about = kept.canonical[kept.entities[claimed.subject.uid]]
            _add_rows(found, Seen(kept.keys[claimed.uid], claimed.kind, about, given.level, said_on, language, zone,
                Status.UNREVIEWED, claimed.certainty, given.at, document is None), {kept.keys[claimed.uid]: said})  # fmt: skip
    return found


def _add_rows(found: Rows, fact: Seen, of_facts: Mapping[int, Sequence[Said]]) -> None:
    said = of_facts.get(fact.fact, ())
    row = _MAKERS[fact.kind](fact, said)
    found[KINDS[fact.kind]].append(row)
    parties = _parties(fact, row, said)
    found[Party] += parties
    if fact.repeated and row["level"] != UNSEEN:
        found[Party] += _only_elsewhere(fact, row, parties, of_facts)
    if fact.kind == "agreement":
        found[AgreementTheme] += [{"fact_id": fact.fact, "rank": rank, "theme": theme} for rank, theme in enumerate(themes_of(said))]  # fmt: skip


def _shared(fact: Seen) -> Row:
    return {
        "fact_id": fact.fact,
        "about_id": fact.about,
        "level": fact.level,
        "said_on": fact.said_on,
        "said": fact.said_on or LONG_AGO,
        "known_on": fact.said_on or timezone.localtime(fact.created_at).date(),
        "language": fact.language,
        "zone": fact.zone,
        "status": fact.status,
        "certainty": fact.certainty,
        "created_at": fact.created_at,
    }


def _first(said: Iterable[Said], *predicates: str) -> Said:
    for predicate in predicates:
        for one in said:
            if one.predicate == predicate:
                return one
    return Said("", "", "", None, None, None, None)


def commitment_row(fact: Seen, said: Sequence[Said]) -> Row:
    """A commitment: what, how firm by which words, due when."""
    when = _first(said, "when")
    # What was typed without a day was said when it was typed.
    day = (_first(said, "day").last or timezone.localtime(fact.created_at).date()) if fact.typed else None
    return (
        _shared(fact)
        | ({"said": day} if day else {})
        | {
            "what": _first(said, "what").value,
            "firmness": _first(said, "firmness").value,
            "cue": _first(said, "cue").value,
            "theme": _first(said, "theme").value,
            "due_first": when.first,
            "due_last": when.last,
            "due": when.last or NO_DAY,
            "due_text": _first(said, "when_text").value or when.value,
            "due_basis": when.basis,
            "states": fact.standing.letters,
            "changes_on": fact.standing.changes_on,
        }
    )


def agreement_row(fact: Seen, said: Sequence[Said]) -> Row:
    """An agreement: its name, form, state, day and place."""
    day = _first(said, "date")
    begun = day.first or day.last
    return _shared(fact) | {
        "title": _first(said, "name").value,
        "form": _first(said, "form").value[:100].casefold(),
        "state": _first(said, "status").value,
        "first_day": day.first,
        "last_day": day.last,
        "day_text": _first(said, "date_text").value or day.value,
        "day_basis": day.basis,
        "year": begun.year if begun else None,
        "place": _first(said, "place").value,
    }


def themes_of(said: Sequence[Said]) -> list[str]:
    """The themes of an agreement's areas and activities, each once; of one that tells neither, its name's."""
    covered = [one.value for one in said if one.predicate in {"area", "activity"}]
    found = dict.fromkeys(theme_of(words, ()) for words in covered or [_first(said, "name").value])
    return [theme for theme in found if theme]


def signal_row(fact: Seen, said: Sequence[Said]) -> Row:
    """A signal: its kind and headline."""
    return _shared(fact) | {"kind": _first(said, "kind").value, "headline": _first(said, "headline").value}


_MAKERS: dict[str, Callable[[Seen, Sequence[Said]], Row]] = {
    "commitment": commitment_row,
    "agreement": agreement_row,
    "signal": signal_row,
}


def _only_elsewhere(fact: Seen, row: Row, parties: Sequence[Row], of_facts: Mapping[int, Sequence[Said]]) -> list[Row]:
    """Whoever only the statements name in place of which this one is shown: found by, but nothing to this one (`parts` 0).

    Known to those who may see such a statement, from the day on which it was.
    """
    found: dict[int, Row] = {}
    there = {party["entity_id"] for party in parties}
    for one in sorted(fact.repeated, key=lambda one: (one.level, one.known_on, one.fact)):
        for said in of_facts.get(one.fact, ()):
            entity = said.entity
            if said.predicate in PARTS[fact.kind] and entity and entity not in there and entity not in found:
                place = {"rank": len(parties) + len(found), "named_id": said.named, "entity_id": entity, "counted": True}  # fmt: skip
                what = {"name": said.value, "parts": 0, "level": max(one.level, row["level"]), "known_on": max(one.known_on, row["known_on"])}  # fmt: skip
                found[entity] = _party(fact, row) | place | what
    return list(found.values())


def _parties(fact: Seen, row: Row, said: Sequence[Said]) -> list[Row]:
    """One for each entity (or name without entity) that the fact names, with all that it is to the fact."""
    parts = PARTS[fact.kind]
    merged: dict[object, Row] = {}
    counted: set[int] = set()
    for one in said:
        if one.predicate not in parts:
            continue
        part = int(parts[one.predicate])
        if there := merged.get(one.named or one.value):
            there["parts"] |= part
            continue
        merged[one.named or one.value] = _party(fact, row) | {
            "rank": len(merged),
            "named_id": one.named,
            "entity_id": one.entity,
            "counted": one.entity is not None and one.entity not in counted,
            "name": one.value,
            "parts": part,
        }
        if one.entity:
            counted.add(one.entity)
    return list(merged.values())


def _party(fact: Seen, row: Row) -> Row:
    """What the rows of all whom a fact names share with its own."""
    copied = {name: row[name] for name in ("level", "known_on", "language", "zone", "status", "said")}
    others = {
        "due": row.get("due", NO_DAY),
        "firmness": row.get("firmness", ""),
        "theme": row.get("theme", ""),
        "states": row.get("states", NOTHING),
    }
    return {"fact_id": fact.fact, "kind": fact.kind} | copied | others
