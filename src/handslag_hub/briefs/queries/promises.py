"""The commitments of a brief: those of a party, a theme, an agreement or between two; each once, however often it was said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Promise, Section, Standing, Unread, is_closed, promise_rank
from handslag_hub.briefs.queries.sources import path_to, source_of, unread_of, views_by_key
from handslag_hub.briefs.queries.standing import standings_of
from handslag_hub.commitments.models import CommitmentRow, Party
from handslag_hub.commitments.queries.ledger import known_commitments, known_rows
from handslag_hub.commitments.queries.standing import look_of
from handslag_hub.register.models import As, Mention
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import FactView, members_of

# Statements of commitments looked at, those that are due first: what is beyond is counted.
LOOKED_AT = 2000
_NOT_ASKED = Standing()
# Roles by which an organisation's people are known, the newest.
_ROLES = 1000
_COLUMNS = ("fact", "about", "firmness", "due_last", "said_on", "theme", "states", "said")


@dataclass(frozen=True, slots=True)
class Told:
    """A commitment as one document tells of it."""

    fact: int
    about: int
    firmness: str
    due: date | None
    said_on: date | None
    theme: str
    states: str
    said: date


@dataclass(frozen=True, slots=True)
class Gathered:
    """One commitment: all that tell of it, the first that was said first, and its state; with `with_standings` also what was heard."""

    told: tuple[Told, ...]
    state: str
    standing: Standing = _NOT_ASKED

    @property
    def facts(self) -> list[int]:
        """All that tell of it: those found, and the other statements that people joined with them."""
        return list(dict.fromkeys([*(one.fact for one in self.told), *self.standing.sightings]))

    @property
    def lead(self) -> Told:
        return self.told[0]

    @property
    def is_closed(self) -> bool:
        """True where there is nothing left to ask for."""
        return is_closed(self.state, self.lead.firmness)

    @property
    def rank(self) -> tuple[object, ...]:
        return promise_rank(self.lead.due, self.lead.firmness, self.lead.said_on, str(self.lead.about))


def told_of_party(actor: Actor, known: AsKnown, entity: Entity) -> tuple[list[Told], tuple[Unread, ...]]:
    """Those that name somebody, of an organisation also those of its people; and what was not looked through."""
    whom, unread = [entity.canonical_id], ()
    if entity.kind == "organisation":
        people, unread = people_of(actor, known, entity)
        whom += people
    named = Party.objects.filter(kind="commitment", counted=True, entity__in=whom)
    facts = known_rows(named, "commitment", actor, known).order_by("due", "fact").values_list("fact", "due").distinct()
    told, more = _first(facts)
    return told, (*more, *unread)


def people_of(actor: Actor, known: AsKnown, entity: Entity) -> tuple[list[int], tuple[Unread, ...]]:
    """The people who are told to have a role in an organisation: canonical entries, those told of last first; and what was not looked through."""
    told = Mention.objects.filter(entity=entity.canonical_id, kind="role").annotate(
        part=F("parts").bitand(int(As.ORGANISATION))
    )
    rows = known_rows(told.filter(part__gt=0), "role", actor, known).order_by("-said", "-fact")
    newest = list(rows.values_list("fact__about__canonical", flat=True)[: _ROLES + 1])
    return list(dict.fromkeys(newest[:_ROLES])), unread_of("people", rows, _ROLES) if len(newest) > _ROLES else ()


def told_of_theme(actor: Actor, known: AsKnown, theme: str) -> tuple[list[Told], tuple[Unread, ...]]:
    """Those of a theme, and what was not looked through."""
    rows = known_commitments(actor, known).filter(theme=theme)
    return _first(rows.order_by("due", "fact").values_list("pk", "due"))


def told_of_agreement(actor: Actor, known: AsKnown, agreement: Entity) -> tuple[list[Told], tuple[Unread, ...]]:
    """Those that are said to be of an agreement, and what was not looked through."""
    rows = known_commitments(actor, known).filter(
        fact__statements__object_now__in=members_of(agreement), fact__statements__predicate="agreement", fact__statements__holds=True
    )  # fmt: skip
    return _first(rows.order_by("due", "fact").values_list("pk", "due").distinct())


def _first(rows: QuerySet[Any, Any]) -> tuple[list[Told], tuple[Unread, ...]]:
    """The first of the rows (fact, due), and what there is beyond them."""
    keys = [fact for fact, _due in rows[: LOOKED_AT + 1]]
    return _told(keys[:LOOKED_AT]), unread_of("commitments", rows, LOOKED_AT) if len(keys) > LOOKED_AT else ()


def _told(keys: Sequence[int]) -> list[Told]:
    rows = CommitmentRow.objects.filter(pk__in=keys)
    return [Told(*row) for row in rows.order_by("fact").values_list(*_COLUMNS)]


def gathered(actor: Actor, known: AsKnown, told: Iterable[Told], today: date) -> list[Gathered]:
    """The commitments, each once, in their order, with their states as the ledger has them: of thousands a few are shown."""
    by_about: dict[int, dict[int, Told]] = defaultdict(dict)
    for one in told:
        by_about[one.about][one.fact] = one
    groups = [tuple(sorted(group.values(), key=lambda one: (one.said_on or date.max, one.fact))) for group in by_about.values()]  # fmt: skip
    if known.day and known.held:
        # What had been reviewed and joined then, no row keeps.
        standings = standings_of(actor, [group[0].fact for group in groups], known)
        found = [Gathered(group, standings.get(group[0].fact, Standing()).state) for group in groups]
    else:
        look = look_of(actor, known, today, by_about)
        found = [Gathered(group, look.state_of_row(group[0].fact, group[0].firmness, group[0].states, group[0].said)) for group in groups]  # fmt: skip
    return sorted(found, key=lambda one: one.rank)


def with_standings(actor: Actor, known: AsKnown, its: Sequence[Gathered]) -> list[Gathered]:
    """The same with all that was heard of them. A few queries, whose rows grow with these commitments."""
    standings = standings_of(actor, [one.lead.fact for one in its], known)
    return [replace(one, standing=standings.get(one.lead.fact, Standing(state=one.state))) for one in its]


def sections_of(
    actor: Actor, known: AsKnown, groups: Mapping[str, Sequence[Gathered]], unread: tuple[Unread, ...], most: int
) -> list[Section]:
    """The sections "between" (where it is given), "open" and "closed", with the first `most` lines of each; each may have more in what is unread."""
    split: dict[str, list[Gathered]] = {key: [] for key in (*groups, "closed")}
    for key, its in groups.items():
        for one in its:
            split["closed" if one.is_closed else key].append(one)
    split["closed"].sort(key=lambda one: one.rank)
    followed = with_standings(actor, known, [one for its in split.values() for one in its[:most]])
    by_about = {one.lead.about: one for one in followed}
    shown = {key: [by_about[one.lead.about] for one in its[:most]] for key, its in split.items()}
    views = views_by_key(actor, known, [fact for its in shown.values() for one in its for fact in one.facts])
    return [
        Section(key, tuple(line for one in its if (line := promise_of(one, views, known))), len(split[key]), unread)
        for key, its in shown.items()
    ]  # fmt: skip


def promise_of(one: Gathered, views: Mapping[int, FactView], known: AsKnown) -> Promise | None:
    """A commitment as a line; None where none of what tells of it can be seen."""
    there = [views[fact] for fact in one.facts if fact in views]
    if not there:
        return None
    lead = there[0]
    when = lead.values.get("when", [])
    return Promise(
        key=lead.fact.uid, level=max([*(view.fact.level for view in there), *(word.level for word in one.standing.heard)]), href=path_to(known, "commitment", lead.fact.about.uid),
        sources=tuple(source_of(view, known) for view in there), rank=one.rank, language=lead.fact.language,
        who=tuple(value.label or value.value for value in lead.values.get("who", [])), what=lead.first("what"),
        to_whom=tuple(value.label or value.value for value in lead.values.get("to_whom", [])),
        firmness=lead.first("firmness"), cue=lead.first("cue"), when=when[0].value if when else "", when_basis=when[0].basis if when else "",
        standing=one.standing, sightings=len(there), status=str(lead.status),
    )  # fmt: skip


def owners_of(facts: Collection[int]) -> list[int]:
    """Everybody who is to act by these commitments: canonical entities, those named most often first."""
    counts: dict[int, int] = defaultdict(int)
    rows = Party.objects.filter(fact__in=facts, kind="commitment", counted=True, parts__gt=0)
    for entity, parts in rows.values_list("entity", "parts"):
        if entity and parts & 1:
            counts[entity] += 1
    return sorted(counts, key=lambda entity: (-counts[entity], entity))
