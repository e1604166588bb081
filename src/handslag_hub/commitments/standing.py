"""Where commitments stand, as their rows keep it: a letter for each level, as who sees more may have heard more.

"n" is nothing heard: whether that is "nothing heard since" is told by whether anything came later, and that by who looks and when.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import Q
from django.utils import timezone

from handslag.following.results import State
from handslag.following.state import Word, state_of
from handslag.kernel.periods import first_day
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Fact, Statement, Status
from handslag_hub.store.models.documents import Visibility

SILENT = "nothing heard since"
NONE: Final = "n"
LETTERS: Final = {"stated": "s", "underway": "u", "delayed": "d", "reported done": "r", "withdrawn": "w", "contradicted": "c", "disputed": "x"}  # fmt: skip
STATES: Final = {letter: state for state, letter in LETTERS.items()}
NOTHING: Final = NONE * len(Visibility.values)
SURE = (Status.ACCEPTED, Status.CORRECTED)
# What was typed before there was `by`.
EARLIER: Final = {"withdrawn": ("cancelled", "owner")}


def at_first(firmness: str) -> str:
    """The state of a commitment of which nothing was heard yet."""
    return state_of(firmness, "", (), (), "2000-01-01").state


@dataclass(frozen=True, slots=True)
class Standing:
    """The letters of a commitment; on the day `changes_on` a word of the future begins to count."""

    letters: str = NOTHING
    changes_on: date | None = None


UNHEARD: Final = Standing()


class Stated(NamedTuple):
    """A statement of a commitment: which fact, for whom, when (and by which day that was known), how firm."""

    fact: int
    level: int
    said_on: date | None
    period: str
    firmness: str
    when: str
    known_on: date


class Heard(NamedTuple):
    """A word that may count, and for whom; `known_on` is the day by which it was said, or came in."""

    level: int
    known_on: date
    word: Word


@dataclass(frozen=True, slots=True)
class Cluster:
    """A commitment: its statements that are shown, the first said first, and what was heard of it."""

    statements: Sequence[Stated]
    heard: Sequence[Heard]

    def standing(self, as_of: date) -> Standing:
        """Where it stands on a day, for each level."""
        if not self.heard:
            return UNHEARD
        letters = "".join(self.letter(level, as_of) for level in Visibility.values)
        coming = [
            day for one in self.heard if one.word.said_on and (day := first_day(one.word.said_on)) and day > as_of
        ]
        return Standing(letters, min(coming, default=None))

    def letter(self, level: int, as_of: date, known: date | None = None) -> str:
        """Where it stands for who sees up to a level; with `known`, by what was known on that day."""
        state = self.state(level, as_of, known)
        return LETTERS[state.state] if state and state.last_heard else NONE

    def state(self, level: int, as_of: date, known: date | None = None) -> State | None:
        """As the engine has it; None where nothing was heard for who sees up to the level."""
        first = next((one for one in self.statements if one.level <= level), None)
        words = [one.word for one in self.heard if one.level <= level and (known is None or one.known_on <= known)]
        if first is None or not words:
            return None
        return state_of(first.firmness, first.period, words, (), as_of.isoformat(), first.when)

    def repeats(self, fact: int) -> bool:
        """True for a statement that everybody who sees it knows from an earlier one: the list shows that one."""
        return any(one.fact == fact and self._first_for(one) is not one for one in self.statements)

    def repeated_by(self, fact: int) -> list[Stated]:
        """The statements in place of which the list shows this one."""
        found = [one for one in self.statements if one.fact != fact]
        return [one for one in found if self._first_for(one).fact == fact]

    def _first_for(self, one: Stated) -> Stated:
        """The first statement, up to this one, that everybody sees who sees this one."""
        return next(other for other in self.statements if other is one or other.level <= one.level)


def stated_on(fact: Fact, day: str) -> str:
    """The period in which a commitment was stated; of what was typed the day that was given with it, else the day on which it was typed."""
    if fact.document is not None:
        return fact.document.known_period
    return day or timezone.localtime(fact.created_at).date().isoformat()


def clusters_of(canonical: Collection[int]) -> dict[int, Cluster]:
    """The commitments of these canonical entities. Five queries, two where nothing was heard."""
    stated = _statements(canonical)
    heard = _heard(canonical)
    return {key: Cluster(stated.get(key, ()), heard.get(key, ())) for key in canonical}


def heard_by(day: date | None) -> set[int]:
    """The canonical entities of which anything was heard (by a day)."""
    facts = Fact.objects.filter(kind="evidence", shown=True)
    if day is not None:
        facts = facts.filter(Q(said_on__lte=day) | Q(said_on=None, created_at__lt=AsKnown(day).end_of_day))
    of = Statement.objects.filter(predicate="of", holds=True, fact__in=facts.order_by().values("pk")).exclude(
        object_now=None
    )
    return set(of.values_list("object_now__canonical", flat=True).distinct())


def of_evidence(facts: Iterable[int]) -> set[int]:
    """The facts of the commitments that this evidence is of, or was before a move."""
    of = Statement.objects.filter(fact__in=list(facts), fact__kind="evidence", predicate="of")
    return statements_of(set(of.values_list("object_now__canonical", flat=True)) - {None})


def statements_of(canonical: Collection[int]) -> set[int]:
    """The facts of these commitments (canonical entities), shown or not."""
    return {fact for (fact,) in _facts_about(canonical, "pk")}


def _facts_about(canonical: Collection[int], *columns: str) -> list[list[Any]]:
    """Columns of the facts of these commitments.

    Asked for by kind as well, SQLite looks through all commitments: it takes a kind to be rarer than who a fact is about.
    """
    rows = Fact.objects.filter(about__canonical__in=canonical).values_list("kind", *columns)
    return [row for kind, *row in rows if kind == "commitment"]


def _statements(canonical: Collection[int]) -> dict[int, list[Stated]]:
    rows = [row for shown, *row in _facts_about(canonical, "shown", "pk", "about__canonical", "level", "said_on",
        "document__said_period", "document__said_precision", "created_at") if shown]  # fmt: skip
    values = _values((row[0] for row in rows), ("firmness", "when", "day"))
    found: dict[int, list[Stated]] = defaultdict(list)
    for fact, key, level, said_on, period, precision, created_at in rows:
        mine = values.get(fact, {})
        came_in = timezone.localtime(created_at).date()
        typed = mine.get("day") or came_in.isoformat()
        said = typed if precision is None else _known_period(period, precision)
        found[key].append(
            Stated(fact, level, said_on, said, mine.get("firmness", ""), mine.get("when", ""), said_on or came_in)
        )
    for statements in found.values():
        statements.sort(key=lambda one: (one.said_on or date.max, one.fact))
    return found


def _heard(canonical: Collection[int]) -> dict[int, list[Heard]]:
    of = Statement.objects.filter(
        predicate="of", object_now__canonical__in=canonical, holds=True, fact__kind="evidence", fact__shown=True
    )
    pairs = set(of.values_list("fact", "object_now__canonical"))
    if not pairs:
        return {}
    facts = {fact for fact, _ in pairs}
    said = _values(facts, ("says", "by", "day"))
    words: dict[int, Heard] = {}
    rows = Fact.objects.filter(pk__in=facts).values_list("pk", "level", "status", "certainty", "printed", "said_on", "created_at", "document__said_period", "document__said_precision")  # fmt: skip
    for fact, level, status, certainty, printed, said_on, created_at, period, precision in rows:
        mine = said.get(fact, {})
        says, by = EARLIER.get(mine.get("says", ""), (mine.get("says", ""), mine.get("by", "other")))
        is_told = precision is None
        if says == "other" or not (printed or status in SURE):
            continue
        day = mine.get("day", "") if is_told else _known_period(period, precision)
        sure = "certain" if is_told or status in SURE else certainty
        known_on = said_on or timezone.localtime(created_at).date()
        words[fact] = Heard(level, known_on, Word(day, says, by, sure))
    found: dict[int, list[Heard]] = defaultdict(list)
    for fact, key in sorted(pairs):
        if fact in words:
            found[key].append(words[fact])
    return found


def _known_period(period: str, precision: str) -> str:
    return "" if precision == "unknown" else period


def _values(facts: Iterable[int], predicates: Sequence[str]) -> Mapping[int, Mapping[str, str]]:
    rows = Statement.objects.filter(fact__in=list(facts), predicate__in=predicates, holds=True).order_by("-rank", "-pk")
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for fact, predicate, value in rows.values_list("fact", "predicate", "value_normal"):
        found[fact][predicate] = value
    return found
