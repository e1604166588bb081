"""Where commitments stand, from what was heard of them: a few queries, however many commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Max, Min
from django.utils import timezone

from handslag.following import state as engine
from handslag.kernel.claims import normal_words
from handslag.kernel.periods import first_day
from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.standing import EARLIER, stated_on
from handslag_hub.design.words import language_now
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Fact, FactPassage, Passage, Statement, Status
from handslag_hub.store.queries import TODAY, Value, known_documents, known_facts, values_of

# How a word's status is called here.
CONFIRMED, PROPOSED, REJECTED, TOLD = "confirmed", "proposed", "rejected", "told"
_STATUS = {Status.ACCEPTED: CONFIRMED, Status.CORRECTED: CONFIRMED, Status.REJECTED: REJECTED}


@dataclass(frozen=True, slots=True)
class Word:
    """What one passage (or, told directly, one person) says of a commitment; `fact` is the evidence that a person decides on.

    `said_on` is a day, month or year (ISO), "" where unknown; `says` and `by` as the contract has them, "other" where it says something
    else; `certainty` is certain, probable or weak. `document` is None for what was told directly.
    """

    fact: Fact
    document: Document | None
    said_on: str
    passage: Passage | None
    text: str
    says: str
    by: str
    certainty: str
    basis: str
    status: str
    why: str
    link: str = ""
    note: str = ""
    reference: str = ""
    # Other documents of the same day that say the same in the same words: one page at two addresses.
    also: tuple[Document, ...] = ()

    @property
    def moves(self) -> bool:
        """True if the state may count it: what a person rejected does not, what its page prints no longer only where one confirmed it."""
        if (
            self.status == REJECTED
            or self.says == "other"
            or not (self.fact.printed or self.status in {CONFIRMED, TOLD})
        ):
            return False
        return self.for_state().certainty != "weak"

    def for_state(self) -> engine.Word:
        """The word as the engine takes it: what a person confirmed or told is certain."""
        sure = self.status in {CONFIRMED, TOLD}
        return engine.Word(self.said_on, self.says, self.by, "certain" if sure else self.certainty)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One statement of a commitment."""

    fact: Fact
    document: Document | None
    said_on: date | None


@dataclass(frozen=True, slots=True)
class Followed:
    """Where a commitment stands; `since` is the day of the deciding word, `silent_days` the days since it was last heard of (or stated)."""

    state: str
    since: str
    due_passed: bool | None
    last_heard: date | None
    silent_days: int | None
    by: str | None
    heard: tuple[Word, ...]
    sightings: tuple[Sighting, ...]
    history: tuple[engine.State, ...] = ()
    # Of its first statement: how firm, and the period in which it was said.
    firmness: str = ""
    stated: str = ""
    # True where its page is dated after the day from which one looks.
    ahead: bool = False


def states_of(
    actor: Actor, facts: Iterable[Fact | int], as_known: AsKnown | date | None = None, *, with_history: bool = False
) -> dict[int, Followed]:
    """Fact → where its commitment stands, for commitments among the facts that the actor may see as known on the day."""
    known = as_known if isinstance(as_known, AsKnown) else AsKnown(as_known)
    today = known.day or timezone.localdate()
    keys = [fact if isinstance(fact, int) else fact.pk for fact in facts]
    asked = dict(Fact.objects.filter(pk__in=keys, kind="commitment", level__lte=actor.level).values_list("pk", "about__canonical"))  # fmt: skip
    stated = _statements(actor, known, set(asked.values()))
    values = values_of(actor, [one.fact.pk for found in stated.values() for one in found], known)
    words = words_about(actor, known, set(asked.values()))
    documents = known_documents(actor, known).filter(said_on__lte=today)
    newest = documents.aggregate(day=Max("said_on"))["day"]
    found: dict[int, Followed] = {}
    for cluster, sightings in stated.items():
        first, said = sightings[0], values.get(sightings[0].fact.pk, {})
        days = [newest.isoformat()] if newest else []
        if with_history and first.said_on and newest:
            silent_from = documents.filter(said_on__gt=first.said_on).aggregate(day=Min("said_on"))["day"]
            days += [silent_from.isoformat()] if silent_from else []
        found[cluster] = _followed(first, said, tuple(sightings), words.get(cluster, []), days, today, with_history=with_history)  # fmt: skip
    return {key: found[cluster] for key, cluster in asked.items() if cluster in found}


def _followed(
    first: Sighting,
    said: dict[str, list[Value]],
    sightings: tuple[Sighting, ...],
    words: list[Word],
    days: list[str],
    today: date,
    *,
    with_history: bool,
) -> Followed:
    said_on = stated_on(first.fact, _first(said, "day", normal=True))
    firmness, when = _first(said, "firmness"), _first(said, "when", normal=True)
    heard = [word.for_state() for word in words if word.moves]
    as_of = today.isoformat()
    state = engine.state_of(firmness, said_on, heard, days, as_of, when)
    last = first_day(state.last_heard) if state.last_heard else None
    since = last or (first_day(said_on) if said_on else None)
    return Followed(
        state=state.state,
        since=state.since,
        due_passed=state.due_passed,
        last_heard=last,
        silent_days=(today - since).days if since and since <= today else None,
        by=state.by,
        heard=tuple(words),
        sightings=sightings,
        history=engine.history_of(firmness, said_on, heard, _days_of(words, days), as_of, when) if with_history else (),
        firmness=firmness,
        stated=said_on,
        ahead=since is not None and since > today,
    )


def _days_of(words: list[Word], days: list[str]) -> list[str]:
    return [*(word.said_on for word in words if word.said_on), *days]


def _first(said: dict[str, list[Value]], predicate: str, *, normal: bool = False) -> str:
    found = said.get(predicate)
    return (found[0].normal if normal else found[0].value) if found else ""


def _statements(actor: Actor, known: AsKnown, clusters: Collection[int]) -> dict[int, list[Sighting]]:
    """Every known statement of these commitments, by the canonical entity, the first said first; what has no day comes last."""
    facts = known_facts(actor, known).filter(kind="commitment", about__canonical__in=clusters)
    facts = facts.select_related("document__source", "about", "extractor").defer("document__text", "document__lines", "document__warnings")  # fmt: skip
    found: dict[int, list[Sighting]] = defaultdict(list)
    for fact in sorted(facts, key=lambda fact: (fact.said_on or date.max, fact.pk)):
        found[fact.about.canonical_id].append(Sighting(fact, fact.document, fact.said_on))
    return dict(found)


def words_about(actor: Actor, known: AsKnown, clusters: Collection[int]) -> dict[int, list[Word]]:
    """What was heard of these commitments, rejected words too, in order of their days; what has no day comes last."""
    of = Statement.objects.filter(predicate="of", object_now__canonical__in=clusters, fact__kind="evidence")
    if not (known.day and known.held):
        of = of.filter(holds=True)
    pairs = list(of.values_list("pk", "fact", "object_now__canonical"))
    facts = _evidence(actor, known, {fact for _, fact, _ in pairs})
    values = values_of(actor, facts, known)
    told = {word.fact.pk: word for word in _words(actor, facts, values)}
    # Of the hub's own past too: what held then, though it was taken back since.
    held = {value.key for said in values.values() for value in said.get("of", ())}
    found: dict[int, list[Word]] = defaultdict(list)
    for statement, key, cluster in pairs:
        if key in told and statement in held and told[key] not in found[cluster]:
            found[cluster].append(told[key])
    return {cluster: _each_once(words) for cluster, words in found.items()}


def _each_once(words: list[Word]) -> list[Word]:
    """In order of their days, and what is said in the same words at two addresses once: as a person confirmed it, if one did.

    What a person rejected at one address stays beside what is not rejected at another.
    """
    words.sort(
        key=lambda word: (
            not word.said_on,
            (first_day(word.said_on) if word.said_on else None) or date.max,
            word.status != CONFIRMED,
            not word.moves,
            word.fact.pk,
        )
    )
    found: dict[tuple[object, ...], Word] = {}
    for word in words:
        same = (word.said_on, normal_words(word.text), word.says, word.by, word.status == REJECTED)
        if word.document is None:
            same = (*same, word.fact.pk)
        if first := found.get(same):
            also = (*first.also, *([word.document] if word.document and word.document != first.document else []))
            found[same] = replace(first, also=also)
        else:
            found[same] = word
    return list(found.values())


def words_of(actor: Actor, evidence: Iterable[Fact], known: AsKnown = TODAY) -> list[Word]:
    """What these pieces of evidence say, in their order. Four queries."""
    facts = {fact.pk: fact for fact in evidence}
    return _words(actor, facts, values_of(actor, facts, known))


def _words(actor: Actor, facts: Mapping[int, Fact], values: Mapping[int, dict[str, list[Value]]]) -> list[Word]:
    rows = FactPassage.objects.filter(fact__in=facts, rank=0, passage__document__visibility__lte=actor.level)
    leads = {row.fact_id: row.passage for row in rows.select_related("passage") if facts[row.fact_id].document_id == row.passage.document_id}  # fmt: skip
    return [_word(fact, values.get(key, {}), leads.get(key)) for key, fact in facts.items()]


def _evidence(actor: Actor, known: AsKnown, keys: Collection[int]) -> dict[int, Fact]:
    rows = Fact.objects.filter(pk__in=keys, level__lte=actor.level, counts=True)
    if known.day and known.held:
        rows = known_facts(actor, known).filter(pk__in=keys)
    elif known.day:
        rows = known_facts(actor, known).filter(pk__in=keys) | rows.filter(
            status=Status.REJECTED, said_on__lte=known.day
        )
    rows = rows.select_related("document__source", "extractor").defer("document__text", "document__lines", "document__warnings")  # fmt: skip
    return {fact.pk: fact for fact in rows}


def _word(fact: Fact, said: dict[str, list[Value]], passage: Passage | None) -> Word:
    document = fact.document
    says, by = _first(said, "says"), _first(said, "by")
    says, by = EARLIER.get(says, (says, by or "other"))
    status = _STATUS.get(Status(fact.status), PROPOSED if document else TOLD)
    return Word(
        fact=fact,
        document=document,
        said_on=document.known_period if document else _first(said, "day", normal=True),
        passage=passage,
        text=passage.quote if passage else _first(said, "words"),
        says=says,
        by=by,
        certainty=fact.certainty or "certain",
        basis=said["says"][0].basis if said.get("says") else "",
        status=status,
        why=_first(said, f"why_{language_now()}"),
        link=_first(said, "link"),
        note=_first(said, "note"),
        reference=_first(said, "reference"),
    )
