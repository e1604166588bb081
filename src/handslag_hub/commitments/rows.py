"""From facts to rows: what each projection says of a fact. One query for the facts, one for their values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
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
from handslag_hub.store.models import Entity, Fact, Statement
from handslag_hub.store.models.caches import LONG_AGO, UNSEEN
from handslag_hub.store.refresh import Added

KINDS = {"commitment": CommitmentRow, "agreement": AgreementRow, "signal": SignalRow}
PARTS = {
    "commitment": {"who": Part.WHO, "said_by": Part.SAID_BY, "to_whom": Part.TO_WHOM},
    "agreement": {"party": Part.PARTY, "signatory": Part.SIGNATORY},
    "signal": {"subject": Part.SUBJECT},
}


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


@dataclass(slots=True)
class Rows:
    """The rows of a number of facts, by projection."""

    rows: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))


def rows_of(keys: Sequence[int]) -> Rows:
    """What the projections say of these facts; facts of other kinds have no rows."""
    found = Rows()
    facts = list(Fact.objects.filter(pk__in=keys, kind__in=KINDS).select_related("about").order_by("pk"))
    if not facts:
        return found
    said: dict[int, list[Said]] = defaultdict(list)
    values = Statement.objects.filter(fact__in=[fact.pk for fact in facts], holds=True).order_by("rank", "pk")
    for key, *value in values.values_list(
        "fact", "predicate", "value", "basis", "valid_from", "valid_to", "object_now", "object_now__canonical"
    ):
        said[key].append(Said(*value))
    for fact in facts:
        _add_rows(found, fact, said[fact.pk])
    return found


def rows_of_added(added: Added) -> Rows:
    """As `rows_of`, of facts that are new: made of what was given, nothing is read."""
    found, given, kept = Rows(), added.given, added.kept
    document = given.document
    for claimed in given.claimed:
        if claimed.kind not in KINDS or claimed.uid not in kept.new:
            continue
        subject = kept.entities[claimed.subject.uid]
        about = Entity(pk=subject, canonical_id=kept.canonical[subject])
        fact = Fact(pk=kept.keys[claimed.uid], kind=claimed.kind, about=about, certainty=claimed.certainty, created_at=given.at, level=given.level,
            said_on=document.said_on if document else None, language=document.language if document else claimed.language,
            zone=claimed.passages[0].zone if claimed.passages else "")  # fmt: skip
        said = []
        for claim in claimed.claims:
            named = kept.entities[claim.object.uid] if claim.object else None
            said.append(Said(claim.predicate, claim.value, claim.basis, claim.valid_from, claim.valid_to, named, kept.canonical[named] if named else None))  # fmt: skip
        _add_rows(found, fact, said)
    return found


def _add_rows(found: Rows, fact: Fact, said: Sequence[Said]) -> None:
    row = _MAKERS[fact.kind](fact, said)
    found.rows[KINDS[fact.kind]].append(row)
    found.rows[Party] += _parties(fact, row, said)
    if fact.kind == "agreement":
        found.rows[AgreementTheme] += [AgreementTheme(fact_id=fact.pk, rank=rank, theme=theme) for rank, theme in enumerate(themes_of(said))]  # fmt: skip


def _shared(fact: Fact) -> dict[str, Any]:
    return {
        "fact_id": fact.pk,
        "about_id": fact.about.canonical_id,
        "level": fact.level if fact.shown else UNSEEN,
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


def commitment_row(fact: Fact, said: Sequence[Said]) -> CommitmentRow:
    """A commitment: what, how firm by which words, due when."""
    when = _first(said, "when")
    return CommitmentRow(**_shared(fact), what=_first(said, "what").value, firmness=_first(said, "firmness").value,
        cue=_first(said, "cue").value, theme=_first(said, "theme").value, due_first=when.first, due_last=when.last,
        due=when.last or NO_DAY, due_text=_first(said, "when_text").value or when.value, due_basis=when.basis)  # fmt: skip


def agreement_row(fact: Fact, said: Sequence[Said]) -> AgreementRow:
    """An agreement: its name, form, state, day and place."""
    day = _first(said, "date")
    begun = day.first or day.last
    return AgreementRow(**_shared(fact), title=_first(said, "name").value, form=_first(said, "form").value[:100].casefold(),
        state=_first(said, "status").value, first_day=day.first, last_day=day.last, day_text=_first(said, "date_text").value or day.value,
        day_basis=day.basis, year=begun.year if begun else None, place=_first(said, "place").value)  # fmt: skip


def themes_of(said: Sequence[Said]) -> list[str]:
    """The themes of an agreement's areas and activities, each once; of one that tells neither, its name's."""
    covered = [one.value for one in said if one.predicate in {"area", "activity"}]
    found = dict.fromkeys(theme_of(words, ()) for words in covered or [_first(said, "name").value])
    return [theme for theme in found if theme]


def signal_row(fact: Fact, said: Sequence[Said]) -> SignalRow:
    """A signal: its kind and headline."""
    return SignalRow(**_shared(fact), kind=_first(said, "kind").value, headline=_first(said, "headline").value)


_MAKERS = {"commitment": commitment_row, "agreement": agreement_row, "signal": signal_row}


def _parties(fact: Fact, row: Any, said: Sequence[Said]) -> list[Party]:
    """One for each entity (or name without entity) that the fact names, with all that it is to the fact."""
    parts = PARTS[fact.kind]
    merged: dict[object, Party] = {}
    seen: set[int] = set()
    for one in said:
        if one.predicate not in parts:
            continue
        there = merged.get(one.named or one.value)
        if there is not None:
            there.parts |= int(parts[one.predicate])
            continue
        party = Party(fact_id=fact.pk, kind=fact.kind, rank=len(merged), named_id=one.named, entity_id=one.entity,
            counted=one.entity is not None and one.entity not in seen, name=one.value, parts=int(parts[one.predicate]),
            level=row.level, known_on=row.known_on, due=getattr(row, "due", NO_DAY), language=row.language, zone=row.zone,
            status=row.status, firmness=getattr(row, "firmness", ""), theme=getattr(row, "theme", ""))  # fmt: skip
        merged[one.named or one.value] = party
        if one.entity:
            seen.add(one.entity)
    return list(merged.values())
