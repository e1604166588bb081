"""Agreements: one line for each, however many documents tell of it; filters and their counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, F, Max, Min, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.models import AgreementRow, AgreementTheme, Party
from handslag_hub.commitments.queries.ledger import known_rows
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import labels_of

COLUMNS = ("theme", "form", "state", "year", "language", "zone", "status")
# Of those, the one of which an agreement has several.
THEME = "theme"


@dataclass(frozen=True, slots=True)
class AgreementChoice:
    """The values chosen for each of COLUMNS (none: all), and whose."""

    columns: Mapping[str, frozenset[str]] = field(default_factory=dict)
    party: Entity | None = None


@dataclass(slots=True)
class AgreementLine:
    """An agreement in the list: what all documents that the actor may see tell of it."""

    uid: str
    label: str
    rows: list[AgreementRow] = field(default_factory=list)
    parties: list[tuple[str, str, str]] = field(default_factory=list)


def known_agreements(actor: Actor, known: AsKnown, choice: AgreementChoice, *, but: str = "") -> QuerySet[AgreementRow]:
    """The rows that the choice leaves; `but` names a column that is not narrowed."""
    rows = known_rows(AgreementRow.objects.all(), "agreement", actor, known)
    for name, values in choice.columns.items():
        if not values or name == but:
            continue
        if name == THEME:
            rows = rows.filter(pk__in=AgreementTheme.objects.filter(theme__in=values).values("fact"))
        else:
            rows = rows.filter(
                **{f"{name}__in": [number_asked(value) for value in values] if name == "year" else values}
            )
    if choice.party is not None:
        rows = rows.filter(
            pk__in=Party.objects.filter(kind="agreement", entity=choice.party.canonical_id).values("fact")
        )
    return rows


def agreement_facets(actor: Actor, known: AsKnown, choice: AgreementChoice) -> tuple[int, dict[str, dict[str, int]]]:
    """How many agreements the choice leaves, and for each column by value with the other columns' choices kept."""
    total = known_agreements(actor, known, choice).aggregate(n=Count("about", distinct=True))["n"]
    counts = {}
    for name in COLUMNS:
        rows = known_agreements(actor, known, choice, but=name).order_by()
        if name == THEME:
            themes = AgreementTheme.objects.filter(fact__in=rows.values("fact"))
            found = themes.values_list("theme").annotate(n=Count("fact__about__canonical", distinct=True))
        else:
            found = rows.values_list(name).annotate(n=Count("about", distinct=True))
        counts[name] = {"" if value is None else str(value): n for value, n in found}
    return total, counts


def agreement_lines(actor: Actor, known: AsKnown, choice: AgreementChoice, start: int, count: int, *, among: QuerySet | None = None) -> list[AgreementLine]:  # fmt: skip
    """A page of agreements (of those that are `among` these), the latest concluded first. A fixed number of queries."""
    rows = known_agreements(actor, known, choice)
    rows = rows if among is None else rows.filter(about__in=among)
    grouped = rows.order_by().values("about").annotate(latest=Max("last_day"), said=Max("said"), first=Min("fact"))
    keys = [
        row["about"]
        for row in grouped.order_by(F("latest").desc(nulls_last=True), "-said", "first")[start : start + count]
    ]
    labels = labels_of(actor, keys)
    lines = {key: AgreementLine(labels[key][0], labels[key][1]) for key in keys if key in labels}
    told = list(known_rows(AgreementRow.objects.filter(about__in=lines), "agreement", actor, known)
        .select_related("fact__document__source").defer("fact__document__text", "fact__document__lines").order_by("-said", "fact"))  # fmt: skip
    for row in told:
        lines[row.about_id].rows.append(row)
    for fact, parties in named_in(actor, [row.pk for row in told]).items():
        line = lines[next(row.about_id for row in told if row.pk == fact)]
        line.parties += [party for party in parties if party not in line.parties]
    return list(lines.values())


def named_in(actor: Actor, facts: list[int], parts: int = 0) -> dict[int, list[tuple[str, str, str]]]:
    """Fact → (kind, address, name) of everybody named in it (with one of these parts); no address for what is only words."""
    rows = list(Party.objects.filter(fact__in=facts, parts__gt=0).order_by("fact", "rank"))
    labels = labels_of(actor, {row.entity_id for row in rows if row.entity_id})
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        if not parts or row.parts & parts:
            uid, label, kind = labels.get(row.entity_id, ("", row.name, ""))
            if (kind, uid, label) not in found[row.fact_id]:
                found[row.fact_id].append((kind, uid, label))
    return found
