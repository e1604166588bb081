"""What is new about what somebody subscribed to: as they may see it now, since the moment up to which they were told.

New is what this hub did not hold or had not decided before: a page of last year that came in today is news today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from handslag.following.state import state_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.asking.models import Subscription
from handslag_hub.asking.queries.watching import subjects_of
from handslag_hub.asking.subjects import Subject
from handslag_hub.commitments.models import CommitmentRow, Party
from handslag_hub.following.queries.contradictions import view_contradictions
from handslag_hub.following.queries.states import Followed, Word, states_of
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Action, Assertion, Conflict, Fact, IdentityLink, Presence, Review, Statement
from handslag_hub.store.queries import TODAY, known_documents, known_facts

COMMITMENT, HEARD, STATE, CONTRADICTION = "commitment", "heard", "state", "contradiction"
# Nothing was heard in either: that pages about other things came in is no news.
_SILENT = frozenset({"stated", "nothing heard since"})
# Facts that are of a commitment.
_OF = ("evidence", "contradiction")
# So many facts are looked at, the newest: more than anybody reads, and few enough to name them all in one query.
_MOST_FACTS = 1000
# So many of one kind are told at once; how many there are more is said.
MOST = 200


@dataclass(frozen=True)
class AtMoment(AsKnown):
    """As this hub held and had decided it at a moment, not at the end of its day."""

    moment: datetime | None = None

    @property
    def end_of_day(self) -> datetime:
        return self.moment or timezone.now()


@dataclass(frozen=True, slots=True)
class News:
    """One thing that is new. `commitment` and `what` tell the commitment ("" for a contradiction about a party).

    `key` is the same whenever it is told. For what was heard there is `word`, for a state `before` and `after`, for a contradiction
    the address of its page and the `values`.
    """

    kind: str
    key: str
    at: datetime
    commitment: str
    what: str
    language: str = ""
    fact: Fact | None = None
    word: Word | None = None
    before: str = ""
    after: str = ""
    conflict: int = 0
    values: tuple[str, ...] = ()


@dataclass(slots=True)
class SubjectNews:
    """What is new about one thing, the newest first; `more` were left out."""

    subject: Subject
    since: datetime
    news: list[News] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class _Commitment:
    """A commitment as far as news are concerned: its address, what it says, whose it is and of which themes."""

    uid: str
    what: str
    language: str
    themes: frozenset[str]
    parties: frozenset[int]
    facts: tuple[int, ...]


def news_of(actor: Actor, rows: Iterable[Subscription], told_until: datetime | None, *, now: datetime | None = None) -> list[SubjectNews]:  # fmt: skip
    """What is new for each of these subscriptions of the actor's, since it was told (or, later, subscribed to)."""
    now = now or timezone.now()
    rows = list(rows)
    once: dict[Subject, SubjectNews] = {}
    for row, subject in zip(rows, subjects_of(actor, rows), strict=True):
        if subject is not None:
            # Two that were said to be the same are one; the oldest subscription comes first.
            once.setdefault(subject, SubjectNews(subject, max(row.since, told_until) if told_until else row.since))
    found = list(once.values())
    if not found:
        return []
    since = min(one.since for one in found)
    wanted = _wanted([one.subject for one in found])
    new = _new_facts(actor, wanted, since, now)
    # Of very many the newest are other ones in the log.
    touched = {key: fact.created_at for key, fact in new.items()} | _touched(wanted, since, now)
    clusters = _clusters_of([*new, *touched])
    commitments = _commitments(actor, set(clusters.values()))
    items, agreements = _contradictions(actor, since, now)
    items += _new_commitments(new, clusters, commitments)
    against, pages = _passages_against(actor, new, clusters, commitments)
    items += against
    concerned = {cluster for cluster in clusters.values() if cluster in commitments and any(_is_about(one.subject, cluster, commitments[cluster]) for one in found)}  # fmt: skip
    after = _states(actor, commitments, concerned, TODAY)
    items += _heard(new, clusters, commitments, after)
    changed = _changes(actor, found, new, touched, clusters, commitments, after)
    involved = commitments | agreements | pages
    for one in found:
        mine = [item for cluster, item in items if item.at > one.since and _concerns(one.subject, cluster, involved)]
        mine += [item for cluster, item in changed[one.since] if _concerns(one.subject, cluster, commitments)]
        mine.sort(key=lambda item: (item.at, item.key), reverse=True)
        one.news, one.more = mine[:MOST], max(0, len(mine) - MOST)
    return found


def subscriptions_of(actor: Actor) -> QuerySet[Subscription]:
    """The actor's own subscriptions, the oldest first."""
    return Subscription.objects.filter(user=actor.user_id).select_related("entity__canonical").order_by("pk")


# --- what came in ----------------------------------------------------------------------------------------------------------


def _wanted(subjects: Sequence[Subject]) -> Q:
    """The facts that these are about, as a condition on facts: commitments, and what is of them or of no commitment by itself."""
    entities = [subject.entity.pk for subject in subjects if subject.entity]
    themes = [subject.theme for subject in subjects if not subject.entity]
    named = Party.objects.filter(kind="commitment", entity__in=entities).values("fact")
    rows = CommitmentRow.objects.filter(Q(about__in=entities) | Q(theme__in=themes) | Q(pk__in=named))
    of = Statement.objects.filter(predicate="of", object_now__canonical__in=rows.values("about")).values("fact")
    return Q(pk__in=rows.values("pk")) | Q(kind__in=_OF, pk__in=of) | Q(kind="contradiction")


def _new_facts(actor: Actor, wanted: Q, since: datetime, until: datetime) -> dict[int, Fact]:
    """Commitments, evidence and passages against each other that came in since, and that the actor may see: the newest of very many."""
    facts = known_facts(actor, TODAY).filter(wanted, kind__in=("commitment", *_OF), created_at__gt=since, created_at__lte=until)  # fmt: skip
    # By the log, which has an index of its days.
    came = Assertion.objects.filter(action__at__gt=since, on=True).values("fact")
    rows = facts.filter(pk__in=came).select_related("document__source", "extractor").defer("document__text", "document__lines", "document__warnings")  # fmt: skip
    return {fact.pk: fact for fact in reversed(rows.order_by("-pk")[:_MOST_FACTS])}


def _touched(wanted: Q, since: datetime, until: datetime) -> dict[int, datetime]:
    """Commitments and evidence of which something was added, decided or taken back since, and when last: the last of very many."""
    found: dict[int, datetime] = {}
    recent = {"action__at__gt": since, "action__at__lte": until}
    # Few are undone: by their keys, as the planner would begin with the whole log.
    undone = {
        "action__in": list(
            Action.objects.filter(at__gt=since, at__lte=until, undoes__isnull=False).values_list("undoes", flat=True)
        )
    }
    entries = [(recent, "action__at")]
    if undone["action__in"]:
        entries.append((undone, "action__undone_by__at"))
    facts = Fact.objects.filter(wanted, kind__in=("commitment", "evidence")).values("pk")
    for log in (Assertion, Review):
        for which, at in entries:
            rows = log.objects.filter(**which, fact__in=facts).values_list("fact").annotate(last=Max(at))
            for fact, last in rows.order_by("-last")[:_MOST_FACTS]:
                found[fact] = max(found.get(fact, last), last)
    return found


def _clusters_of(facts: Collection[int]) -> dict[int, int]:
    """Fact → the canonical entity of its commitment: of evidence and contradictions, what they are of."""
    found = dict(Fact.objects.filter(pk__in=facts, kind="commitment").values_list("pk", "about__canonical"))
    # Of what was taken back no value holds any longer; where one holds it comes last, and so counts.
    of = Statement.objects.filter(fact__in=facts, fact__kind__in=_OF, predicate="of").exclude(object_now=None)
    found |= dict(of.order_by("holds", "pk").values_list("fact", "object_now__canonical"))
    return found


def _commitments(actor: Actor, clusters: Collection[int]) -> dict[int, _Commitment]:
    """These commitments as far as the actor may see them: whose they are and of which themes is told by all that states them."""
    rows: dict[int, list[CommitmentRow]] = defaultdict(list)
    shown = CommitmentRow.objects.filter(about__in=clusters, level__lte=actor.level).select_related("about")
    for row in shown.order_by("-said", "-pk"):
        rows[row.about_id].append(row)
    facts = {row.pk: about for about, listed in rows.items() for row in listed}
    parties: dict[int, set[int]] = defaultdict(set)
    for fact, entity in Party.objects.filter(fact__in=facts, entity__isnull=False, level__lte=actor.level).values_list("fact", "entity"):  # fmt: skip
        parties[facts[fact]].add(entity)
    return {
        about: _Commitment(listed[0].about.uid, listed[0].what, listed[0].language, frozenset(row.theme for row in listed if row.theme),
            frozenset(parties[about]), tuple(row.pk for row in listed))
        for about, listed in rows.items()
    }  # fmt: skip


# --- what is told of it ----------------------------------------------------------------------------------------------------

Items = list[tuple[int, News]]


def _new_commitments(new: Mapping[int, Fact], clusters: Mapping[int, int], commitments: Mapping[int, _Commitment]) -> Items:  # fmt: skip
    """Commitments that were not there before: none of what states them is older than the first of these."""
    first: dict[int, Fact] = {}
    for key, fact in new.items():
        if fact.kind == "commitment" and clusters[key] in commitments:
            first.setdefault(clusters[key], fact)
    return [
        (about, News(COMMITMENT, f"commitment-{fact.uid}", fact.created_at, commitments[about].uid, commitments[about].what, commitments[about].language, fact=fact))
        for about, fact in first.items()
        if set(commitments[about].facts) <= new.keys()
    ]  # fmt: skip


def _states(actor: Actor, commitments: Mapping[int, _Commitment], clusters: Collection[int], known: AsKnown) -> dict[int, Followed]:  # fmt: skip
    """Commitment → where it stands. What was not known then has no state."""
    facts = {fact: about for about in clusters for fact in commitments[about].facts}
    return {facts[fact]: followed for fact, followed in states_of(actor, list(facts), known).items()}


def _heard(new: Mapping[int, Fact], clusters: Mapping[int, int], commitments: Mapping[int, _Commitment], after: Mapping[int, Followed]) -> Items:  # fmt: skip
    """What was heard: told directly, confirmed, or proposed with some certainty."""
    found: Items = []
    for about, followed in after.items():
        for word in followed.heard:
            if word.fact.pk in new and word.moves and word.says != "restated" and clusters.get(word.fact.pk) == about:
                fact, of = new[word.fact.pk], commitments[about]
                found.append((about, News(HEARD, f"heard-{fact.uid}", fact.created_at, of.uid, of.what, of.language, fact=fact, word=word)))  # fmt: skip
    return found


def _changes(actor: Actor, asked: Sequence[SubjectNews], new: Mapping[int, Fact], touched: Mapping[int, datetime],
    clusters: Mapping[int, int], commitments: Mapping[int, _Commitment], after: Mapping[int, Followed]) -> dict[datetime, Items]:  # fmt: skip
    """Moment → the commitments whose state is another one than it was then."""
    last: dict[int, datetime] = {}
    for fact, at in touched.items():
        if fact in clusters:
            last[clusters[fact]] = max(last.get(clusters[fact], at), at)
    found: dict[datetime, Items] = {}
    for since in {one.since for one in asked}:
        changing = [about for about in after if last[about] > since]
        came = {key for key, fact in new.items() if fact.kind == "evidence" and fact.created_at > since}
        others = {
            clusters[fact] for fact, at in touched.items() if at > since and fact not in came and fact in clusters
        }
        before = _states_without(actor, came, {about: after[about] for about in changing if about not in others}, since)
        asked_then = [about for about in changing if about not in before]
        if asked_then:
            then = _states(actor, commitments, asked_then, AtMoment(timezone.localdate(since), held=True, moment=since))
            before |= {about: followed.state for about, followed in then.items()}
        found[since] = [
            (about, News(STATE, f"state-{commitments[about].uid}-{after[about].state.replace(' ', '-')}-{after[about].since}", last[about], commitments[about].uid,
                commitments[about].what, commitments[about].language, before=before[about], after=after[about].state))
            for about in changing
            if about in before and before[about] != after[about].state and not {before[about], after[about].state} <= _SILENT
        ]  # fmt: skip
    return found


def _states_without(actor: Actor, came: Collection[int], now: Mapping[int, Followed], since: datetime) -> dict[int, str]:  # fmt: skip
    """Commitment → its state at a moment, where all that is new of it is this evidence: what it is without that. Where more may have changed
    (a page removed or brought back, commitments joined or parted, an undoing taken back, words of two pages told as one, a day that was
    typed), nothing: the log has to be asked.
    """
    moved = Presence.objects.filter(Q(action__undone_by__at__gt=since) | Q(action__at__gt=since, document__fetched_at__lte=since))  # fmt: skip
    joined = IdentityLink.objects.filter(Q(action__at__gt=since) | Q(action__undone_by__at__gt=since), a__kind="commitment")  # fmt: skip
    again = Action.objects.filter(at__gt=since, undoes__undoes__isnull=False)
    if moved.exists() or joined.exists() or again.exists():
        return {}
    day = timezone.localdate(since)
    # No page was removed or brought back since: those fetched by then are those that were there.
    documents = known_documents(actor, TODAY).filter(fetched_at__lte=since, said_on__lte=day)
    newest = documents.aggregate(day=Max("said_on"))["day"]
    later = [newest.isoformat()] if newest else []
    found = {}
    for about, followed in now.items():
        if followed.sightings[0].document is None or any(word.also for word in followed.heard if word.fact.pk in came):
            continue
        words = [word.for_state() for word in followed.heard if word.moves and word.fact.pk not in came]
        found[about] = state_of(followed.firmness, followed.stated, words, later, day.isoformat()).state
    return found


def _passages_against(actor: Actor, new: Mapping[int, Fact], clusters: Mapping[int, int], commitments: Mapping[int, _Commitment]) -> tuple[Items, dict[int, _Commitment]]:  # fmt: skip
    """Passages that contradict each other, all of which the actor may see: about a commitment, or else whom their pages' commitments
    and agreements name (under a number below zero, which no entity has).
    """
    facts = [fact for fact in new.values() if fact.kind == "contradiction"]
    found: Items = []
    pages: dict[int, _Commitment] = {}
    told = view_contradictions(actor, facts) if facts else []
    named: dict[int, set[int]] = defaultdict(set)
    parties = Party.objects.filter(fact__document__in={side.document_id for one in told for side in one.sides}, level__lte=actor.level, entity__isnull=False)  # fmt: skip
    for document, entity in parties.values_list("fact__document", "entity") if told else ():
        named[document].add(entity)
    for one in told:
        about = clusters.get(one.fact.pk, 0)
        of = commitments.get(about)
        if of is None:
            about = -one.fact.pk
            of = pages[about] = _Commitment("", one.what, "", frozenset(), frozenset(entity for side in one.sides for entity in named[side.document_id]), ())  # fmt: skip
        quotes = tuple(f"“{' '.join(side.quote.split())}”" for side in one.sides)
        found.append((about, News(CONTRADICTION, f"against-{one.fact.uid}", one.fact.created_at, of.uid, of.what, of.language, fact=one.fact,
            values=(one.what, *quotes) if of.uid else quotes)))  # fmt: skip
    return found, pages


def _contradictions(actor: Actor, since: datetime, until: datetime) -> tuple[Items, dict[int, _Commitment]]:
    """Values that contradict each other since, all sides of which the actor may see; and whom the agreements among them concern."""
    rows = Conflict.objects.filter(opened_at__gt=since, opened_at__lte=until, level__lte=actor.level, settlement=None, entity__level__lte=actor.level)  # fmt: skip
    seen = {(row.entity_id, row.predicate): row for row in rows.select_related("entity__canonical").order_by("level")}
    found: Items = []
    for row in sorted(seen.values(), key=lambda row: row.pk):
        entity = row.entity.canonical or row.entity
        key = f"conflict-{entity.uid}-{row.predicate}-{row.opened_at:%Y%m%dT%H%M%S}"
        found.append((entity.pk, News(CONTRADICTION, key, row.opened_at, "", str(entity), conflict=row.pk, values=tuple(map(str, row.values)))))  # fmt: skip
    named: dict[int, set[int]] = defaultdict(set)
    parties = Party.objects.filter(kind="agreement", level__lte=actor.level, entity__isnull=False, fact__about__canonical__in=[about for about, _ in found])  # fmt: skip
    for about, entity in parties.values_list("fact__about__canonical", "entity"):
        named[about].add(entity)
    return found, {
        about: _Commitment("", "", "", frozenset(), frozenset(entities), ()) for about, entities in named.items()
    }


# --- for whom --------------------------------------------------------------------------------------------------------------


def _concerns(subject: Subject, cluster: int, commitments: Mapping[int, _Commitment]) -> bool:
    if subject.entity is not None and subject.entity.pk == cluster:
        return True
    return cluster in commitments and _is_about(subject, cluster, commitments[cluster])


def _is_about(subject: Subject, cluster: int, commitment: _Commitment) -> bool:
    if subject.entity is None:
        return subject.theme in commitment.themes
    return subject.entity.pk in {cluster, *commitment.parties}
