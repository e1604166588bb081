"""Reads of the trail: who did what, when, on what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role, User
from handslag_hub.store.models import Action, Document, Entity, Fact
from handslag_hub.store.services.undoing import FINAL

VERBS = {
    "add document": gettext_lazy("added a document"),
    "remove document": gettext_lazy("removed a document"),
    "add document again": gettext_lazy("added a document again"),
    "change visibility": gettext_lazy("changed who may see a document"),
    "check again": gettext_lazy("marked facts to be checked again"),
    "review": gettext_lazy("reviewed a fact"),
    "accept certain": gettext_lazy("accepted all that is certain on a page"),
    "type": gettext_lazy("typed facts in"),
    "judge same": gettext_lazy("said that two are the same"),
    "judge different": gettext_lazy("said that two are different"),
    "judge unsure": gettext_lazy("was not sure whether two are the same"),
    "split": gettext_lazy("split an entry"),
    "settle conflict": gettext_lazy("settled a conflict"),
    "undo": gettext_lazy("undid"),
    "erase": gettext_lazy("erased a person"),
    "restrict": gettext_lazy("restricted what is known of a person"),
    "erase again": gettext_lazy("masked erased names again"),
    "export": gettext_lazy("exported"),
    "log in": gettext_lazy("logged in"),
    "log out": gettext_lazy("logged out"),
    "sign up": gettext_lazy("came in by single sign-on for the first time"),
    "invite": gettext_lazy("invited somebody"),
    "change role": gettext_lazy("changed a role"),
    "deactivate": gettext_lazy("closed an account"),
    "reactivate": gettext_lazy("opened an account again"),
    "end sessions": gettext_lazy("ended the sessions of an account"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something acted on: its kind ("document", "fact", an entity's kind, "account"), address and label."""

    kind: str
    uid: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as the trail shows it."""

    action: Action
    words: str
    things: list[Thing] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
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
    return people, [(verb, verb_words(verb)) for verb in verbs]


def verb_words(verb: str) -> str:
    """The verb in the reader's language; verbs of other parts have their msgid as they are."""
    return str(VERBS.get(verb) or _(verb))


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
        words = verb_words(action.verb)
        if action.undoes is not None:
            words = f"{words}: {verb_words(action.undoes.verb)}"
        numbers = [str(action.details[name]) for name in ("verdict", "from", "role", "to") if action.details.get(name) and isinstance(action.details[name], str)]  # fmt: skip
        entries.append(Entry(action, words, things, numbers, not action.undone and action.verb not in FINAL))
    return entries


def _addresses(details: dict[str, object]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for kind, plural in (("document", "documents"), ("fact", ""), ("entity", "entities")):
        one, many = details.get(kind), details.get(plural)
        found += [(kind, one)] if isinstance(one, str) else []
        found += [(kind, uid) for uid in many if isinstance(uid, str)][:10] if isinstance(many, list) else []
    return found
