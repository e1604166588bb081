"""What the page of an agreement has beside its values: areas with their commitments, who else is named, the working group, milestones."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handslag.kernel.claims import normal_words
from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Promise, Source, Unread
from handslag_hub.briefs.queries.milestones import Milestone, documents_telling, look_for_words, milestones_of
from handslag_hub.briefs.queries.promises import Gathered, gathered, promise_of, told_of_agreement, with_standings
from handslag_hub.briefs.queries.sources import printed_source, views_by_key
from handslag_hub.commitments.queries.cards import Told, ValueTold
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Entity, FactPassage, Passage
from handslag_hub.store.queries import FactView, known_facts, labels_of

# Words that tell of those who carry an agreement on, as they begin: what is searched for, and said to be.
WORKING_GROUP = ("arbetsgrupp", "styrgrupp", "samordningsgrupp", "working group", "steering group", "steering committee", "joint committee", "task force")  # fmt: skip
_GROUP = re.compile(r"\b(?:\w+\s)?(?:" + "|".join(WORKING_GROUP) + r")\w*", re.IGNORECASE)
# Of what is around such words, one sentence on one line.
_SENTENCE = re.compile(r"[^\n.!?]*[.!?]?")
_MOST_NAMED, _MOST_GROUPS = 40, 5


@dataclass(slots=True)
class Area:
    """An area of cooperation as printed, and its commitments."""

    words: str
    basis: ValueTold
    promises: list[Promise] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """`rest` are commitments that are of no one area; `searched` is how many documents were searched for a working group; `unread` are
    commitments that were not looked through, `more_named` and `more_groups` count what is not listed.
    """

    areas: list[Area]
    rest: list[Promise]
    also_named: list[tuple[str, str, str]]
    groups: list[Source]
    searched: int
    milestones: list[Milestone]
    unread: tuple[Unread, ...] = ()
    more_named: int = 0
    more_groups: int = 0

    @property
    def group_words(self) -> str:
        """What was searched for."""
        return ", ".join(WORKING_GROUP)


def agreement_page(actor: Actor, known: AsKnown, agreement: Entity, told: Sequence[Told], areas: Sequence[ValueTold], signed: Sequence[ValueTold], today: date) -> AgreementPage:  # fmt: skip
    """All of it, for what is `told` of the agreement. A fixed number of queries."""
    stated, unread = told_of_agreement(actor, known, agreement)
    commitments = with_standings(actor, known, gathered(actor, known, stated, today))
    views = views_by_key(actor, known, [fact for one in commitments for fact in one.facts])
    found = [Area(value.value.value, value) for value in areas]
    rest = _placed(found, commitments, views, _places_of(actor, told), known)
    documents = documents_telling(actor, known, [one.view.fact for one in told])
    milestones = milestones_of(actor, known, agreement, today)
    look_for_words(actor, known, milestones, documents)
    named, groups = _also_named(actor, known, documents, signed), _groups(documents, known)
    return AgreementPage(
        found, rest, named[:_MOST_NAMED], groups[:_MOST_GROUPS], len(documents), milestones, unread,
        max(0, len(named) - _MOST_NAMED), max(0, len(groups) - _MOST_GROUPS),
    )  # fmt: skip


def _places_of(actor: Actor, told: Sequence[Told]) -> dict[str, list[tuple[int, int, int]]]:
    """Where the words of each of an agreement's passages stand: document, start, end."""
    rows = FactPassage.objects.filter(
        fact__in=[one.view.fact.pk for one in told], passage__document__visibility__lte=actor.level
    )
    found: dict[str, list[tuple[int, int, int]]] = {}
    for document, start, end, quote in rows.values_list(
        "passage__document", "passage__start", "passage__end", "passage__quote"
    ):
        found.setdefault(normal_words(quote), []).append((document, start, end))
    return found


def _placed(areas: list[Area], commitments: Sequence[Gathered], views: Mapping[int, FactView], places: Mapping[str, list[tuple[int, int, int]]], known: AsKnown) -> list[Promise]:  # fmt: skip
    """Puts each commitment with the areas that it is of: typed so, or its passage lies there, or its words say the area's. Gives the others."""
    rest = []
    for one in commitments:
        line = promise_of(one, views, known)
        if line is None:
            continue
        told = [views[fact] for fact in one.facts if fact in views]
        leads = [view.lead for view in told if view.lead]
        # What somebody typed it to be of comes before what its words and its place tell.
        said = {value.normal for view in told for value in view.values.get("area", ())}
        here = [area for area in areas if normal_words(area.words) in said] or [area for area in areas if _is_of(area, line, leads, places)]  # fmt: skip
        for area in here:
            area.promises.append(line)
        if not here:
            rest.append(line)
    return rest


def _is_of(area: Area, line: Promise, leads: Sequence[Passage], places: Mapping[str, list[tuple[int, int, int]]]) -> bool:  # fmt: skip
    words, what = normal_words(area.words), normal_words(line.what)
    if words and (words in what or (what and what in words)):
        return True
    # Within the area's own passage, not only on the same page.
    return any(lead.document_id == document and start <= lead.start and lead.end <= end for document, start, end in places.get(words, ()) for lead in leads)  # fmt: skip


def _also_named(actor: Actor, known: AsKnown, documents: Sequence[Document], signed: Sequence[ValueTold]) -> list[tuple[str, str, str]]:  # fmt: skip
    """The people with a role on the pages that tell of it, other than who signed: hosts, guests, speakers."""
    people = known_facts(actor, known).filter(kind="role", document__in=[document.pk for document in documents])
    keys = list(dict.fromkeys(people.order_by("document", "position").values_list("about", flat=True)))
    signatories = {one.value.uid for one in signed if one.value.uid}
    named = {uid: (kind, uid, label) for uid, label, kind in labels_of(actor, keys).values() if uid not in signatories}
    return sorted(named.values(), key=lambda one: one[2])


def _groups(documents: Sequence[Document], known: AsKnown) -> list[Source]:
    """Sentences that tell of a working group, with where they stand."""
    found: list[Source] = []
    for document in documents:
        for match in _GROUP.finditer(document.text):
            start, end = _sentence_at(document.text, match.start())
            passage = Passage(document=document, start=start, end=end, quote=document.text[start:end])
            source = printed_source(document, passage, known)
            if source not in found:
                found.append(source)
    return found


def _sentence_at(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, at) for mark in "\n.!?") + 1
    match = _SENTENCE.match(text, at)
    end = match.end() if match else at
    while start < end and text[start].isspace():
        start += 1
    return start, end
