"""Which facts somebody asks for: what the actor may see, as known on a day, narrowed by what the address says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from handslag_hub.accounts.actors import Actor, Level
from handslag_hub.commitments.queries.ledger import known_commitments
from handslag_hub.commitments.queries.standing import look_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.fold import STATUS_AFTER
from handslag_hub.store.models import Document, Entity, Fact, Statement
from handslag_hub.store.queries import known_facts, members_of

# Facts taken up at once: so much of them is in memory, however many there are.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class PublicEye(Actor):
    """Somebody in whose name only what is public is looked at: what is handed out is seen by all."""

    @property
    def level(self) -> Level:
        """Public, whatever the role."""
        return Level.PUBLIC


def public_eye(actor: Actor) -> PublicEye:
    """The actor, but seeing only what is public."""
    return PublicEye(actor.user_id, actor.name, actor.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The facts asked for. Empty means all; `entity` is whom they are about or name."""

    actor: Actor
    known: AsKnown = field(default_factory=AsKnown)
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    certainty: str = ""
    document: Document | None = None
    entity: Entity | None = None
    theme: str = ""
    firmness: str = ""
    # Where a commitment stands: then each commitment is given once, as in the ledger.
    states: tuple[str, ...] = ()
    said_from: date | None = None
    said_to: date | None = None

    @property
    def is_public(self) -> bool:
        """True where it is made to be handed out."""
        return self.actor.level == Level.PUBLIC


def selected_facts(chosen: Selection) -> QuerySet[Fact]:
    """The facts, in no order."""
    facts = known_facts(chosen.actor, chosen.known)
    if chosen.kinds:
        facts = facts.filter(kind__in=chosen.kinds)
    if chosen.certainty:
        facts = facts.filter(certainty=chosen.certainty)
    if chosen.document:
        facts = facts.filter(document=chosen.document)
    if chosen.entity:
        members = members_of(chosen.entity, chosen.known)
        named = Statement.objects.filter(object_now__in=members, holds=True).values("fact")
        facts = facts.filter(Q(about__in=members) | Q(pk__in=named))
    for predicate in ("theme", "firmness"):
        if value := getattr(chosen, predicate):
            says = Statement.objects.filter(fact=OuterRef("pk"), holds=True, predicate=predicate, value_normal=value)
            facts = facts.filter(Exists(says))
    if chosen.states:
        look = look_of(chosen.actor, chosen.known, chosen.known.day or localdate())
        rows = known_commitments(chosen.actor, chosen.known).filter(look.condition(chosen.states))
        facts = facts.filter(pk__in=rows.order_by().values("fact"))
    if chosen.said_from:
        facts = facts.filter(said_on__gte=chosen.said_from)
    if chosen.said_to:
        facts = facts.filter(said_on__lte=chosen.said_to)
    if chosen.statuses:
        facts = _with_status(facts, chosen)
    return facts


def _with_status(facts: QuerySet[Fact], chosen: Selection) -> QuerySet[Fact]:
    """Today's status, or in the hub's past that of the day chosen."""
    if not (chosen.known.day and chosen.known.held):
        return facts.filter(status__in=chosen.statuses)
    verdicts = [verdict for verdict, status in STATUS_AFTER.items() if status in chosen.statuses]
    wanted = Q(verdict_then__in=verdicts)
    return facts.filter(wanted | Q(verdict_then="") if "unreviewed" in chosen.statuses else wanted)


def in_chunks(facts: QuerySet[Fact]) -> Iterator[list[Fact]]:
    """The facts by address, some at a time. Which they are is settled at the start; one hidden since is left out."""
    keys = list(facts.order_by("uid").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        lot = facts.filter(pk__in=keys[start : start + CHUNK])
        yield list(lot.select_related("document__source", "about__canonical", "extractor").defer("document__text", "document__lines").order_by("uid"))  # fmt: skip
