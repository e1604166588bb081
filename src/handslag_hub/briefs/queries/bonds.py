"""The agreements of a brief: those of a party or a person, those that two who will meet both are named in, those of a theme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db.models import Count

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Bond, Section
from handslag_hub.briefs.queries.sources import path_to, source_of, views_by_key
from handslag_hub.commitments.models import Party
from handslag_hub.commitments.queries.agreements import (
    THEME,
    AgreementChoice,
    AgreementLine,
    agreement_lines,
    known_agreements,
)
from handslag_hub.commitments.queries.ledger import known_rows
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import FactView


def bonds(actor: Actor, known: AsKnown, entities: Sequence[Entity], theme: str, most: int) -> Section:
    """The latest concluded first. A fixed number of queries."""
    choice = AgreementChoice({THEME: frozenset({theme})} if theme else {}, entities[0] if entities else None)
    among = None
    if len(entities) > 1:
        named = Party.objects.filter(kind="agreement", entity=entities[1].canonical_id)
        among = known_rows(named, "agreement", actor, known).values("fact__about__canonical")
    rows = known_agreements(actor, known, choice)
    total = (rows if among is None else rows.filter(about__in=among)).aggregate(n=Count("about", distinct=True))["n"]
    lines = agreement_lines(actor, known, choice, 0, most, among=among) if total else []
    views = views_by_key(actor, known, [row.fact_id for line in lines for row in line.rows])
    return Section("agreements", tuple(_bond(line, views, known) for line in lines), total)


def _parties(view: FactView) -> list[str]:
    return [value.label or value.value for value in view.values.get("party", [])]


def _named_in(label: str, names: Sequence[str]) -> set[str]:
    """Those of the names that stand in the label: "Region Nord" does not where only "Region Nordland" or "Region Nord Vård" does."""
    found = set()
    for name in sorted(names, key=len, reverse=True):
        rest = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "–", label)
        if name and rest != label:
            found.add(name)
            label = rest
    return found


def _bond(line: AgreementLine, views: dict[int, FactView], known: AsKnown) -> Bond:
    told = [views[row.fact_id] for row in line.rows if row.fact_id in views]
    first = line.rows[0]
    dated = next((row for row in line.rows if row.last_day), first)
    label = line.label or first.title
    parties = list(dict.fromkeys(name for view in told for name in _parties(view)))
    named = _named_in(label, parties)
    return Bond(
        key=line.uid, level=max((row.level for row in line.rows), default=0), href=path_to(known, "agreement", line.uid),
        sources=tuple(source_of(view, known) for view in told), language=first.language, title=label, status=first.state,
        parties=tuple(name for name in parties if name not in named),
        day=dated.last_day if dated.first_day == dated.last_day else None, day_text=dated.day_text,
    )  # fmt: skip
