"""Reads of the trail: who did what, when, on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role, User
from handslag_hub.store.models import Action, Document, Entity, Fact, Verdict
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.verbs import FINAL, VERBS

# What of an entry's details is told in words.
_MORE = ("verdict", "role", "from", "to")


@dataclass(frozen=True, slots=True)
class Thing:
    """Something acted on: its kind ("document", "fact", an entity's kind, "account"), address and label."""

    kind: str
    uid: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as the trail shows it: in words, with what it was done to, and `more` that tells it (a verdict, a role or visibility before and after)."""

    action: Action
    words: str
    things: list[Thing] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    can_undo: bool = False


def trail(actor: Actor, *, who: str = "", verb: str = "", day: date | None = None) -> QuerySet[Action]:
    """The actions, newest first, of those who review; by person (as the trail names them), verb and day."""
    actor.require(Role.REVIEWER)
    actions = Action.objects.select_related("undoes").order_by("-pk")
    if who:
        actions = actions.filter(actor=who)
    if verb:
        actions = actions.filter(verb=verb)
    if day:
        begin = timezone.make_aware(datetime.combine(day, time.min))
        actions = actions.filter(at__gte=begin, at__lt=timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)))  # fmt: skip
    return actions


def choices(actor: Actor) -> tuple[list[str], list[tuple[str, str]]]:
    """The persons and the verbs that stand in the trail, to filter by."""
    actor.require(Role.REVIEWER)
    people = list(Action.objects.order_by("actor").values_list("actor", flat=True).distinct())
    verbs = list(Action.objects.order_by("verb").values_list("verb", flat=True).distinct())
    return people, [(verb, str(VERBS[verb])) for verb in verbs]


def describe(actions: list[Action]) -> list[Entry]:
    """The entries of a page of the trail, with what they acted on. Four queries, however many."""
    named: dict[str, set[str]] = {"document": set(), "fact": set(), "entity": set()}
    accounts: set[int] = set()
    for action in actions:
        for kind, uid in _addresses(action.details):
            named[kind].add(uid)
        if isinstance(action.details.get("account"), int):
            accounts.add(action.details["account"])
    documents = {document.uid: Thing("document", document.uid, str(document)) for document in Document.objects.filter(uid__in=named["document"]).only("uid", "title", "address")}  # fmt: skip
    facts = {uid: Thing("fact", uid, label or uid) for uid, label in Fact.objects.filter(uid__in=named["fact"]).values_list("uid", "about__label")}  # fmt: skip
    entities = {uid: Thing(kind, uid, label or uid) for uid, kind, label in Entity.objects.filter(uid__in=named["entity"]).values_list("uid", "kind", "label")}  # fmt: skip
    people = dict(User.objects.filter(pk__in=accounts).values_list("pk", "username"))
    found = {"document": documents, "fact": facts, "entity": entities}
    entries = []
    for action in actions:
        things = [found[kind][uid] for kind, uid in _addresses(action.details) if uid in found[kind]]
        if (key := action.details.get("account")) in people:
            things.append(Thing("account", "", people[key]))
        words = str(VERBS[action.verb])
        if action.undoes is not None:
            words = f"{words}: {VERBS[action.undoes.verb]}"
        more = [_word(name, action.details[name]) for name in _MORE if name in action.details]
        entries.append(Entry(action, words, things, more, not action.undone and action.verb not in FINAL))
    return entries


def _word(name: str, value: str | int) -> str:
    """A verdict, a role, or (as a number) who may see something, in the reader's language."""
    if name == "verdict":
        return str(Verdict(value).label)
    return str(Visibility(value).label if isinstance(value, int) else Role(value).label)


def _addresses(details: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for kind, plural in (("document", "documents"), ("fact", "facts"), ("entity", "entities")):
        one, many = details.get(kind), details.get(plural)
        found += [(kind, one)] if isinstance(one, str) else []
        found += [(kind, uid) for uid in many if isinstance(uid, str)][:10] if isinstance(many, list) else []
    return found
