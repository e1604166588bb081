"""Coherence: themes by level; which commitments of one level have a counterpart at another, which have none, which pull apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Source, themes
from handslag_hub.briefs.levels import LEVELS, Placed
from handslag_hub.briefs.models import PairJudgement
from handslag_hub.briefs.pairing import Goal, Pair, pairs_of, words_looked_for
from handslag_hub.briefs.queries.placing import (
    LEVEL,
    DocumentLevels,
    PlacedGoal,
    documents_by_level,
    placed_goals,
    said_by_people,
)
from handslag_hub.briefs.queries.searching import Searched, search_theme
from handslag_hub.briefs.queries.sources import path_to, source_of, views_by_key
from handslag_hub.commitments.models import CommitmentRow
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import FactPassage
from handslag_hub.store.queries import FactView, Value, counting

PAGE = 10
# Commitments of each other level among which counterparts are looked for, the newest.
LOOKED_AT = 400
UNKNOWN = "unknown"
COUNTERPART, APART, NEITHER = (
    PairJudgement.Verdict.COUNTERPART,
    PairJudgement.Verdict.APART,
    PairJudgement.Verdict.NEITHER,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A theme: how many commitments at each level (and at no level that is known), and of how many somebody said that they pull apart."""

    theme: str
    cells: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The themes of which there is any commitment, how many documents there are of each level, and the themes `without` any."""

    rows: tuple[Row, ...]
    documents: tuple[tuple[str, int], ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A commitment in a cell: what it says, where, who is to act, and what its level rests on."""

    key: int
    uid: str
    href: str
    what: str
    who: tuple[Value, ...]
    firmness: str
    when: str
    source: Source
    levels: tuple[tuple[str, Placed], ...]
    language: str
    document: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What there is at another level: a counterpart with the pair's reason and what somebody said of it (`verdict`), or what was searched in vain."""

    level: str
    line: GoalLine | None
    pair: Pair | None
    verdict: str
    among: int
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A theme at a level: its commitments with what stands beside each, and the levels at which there is none, as searches."""

    theme: str
    level: str
    total: int
    lines: tuple[tuple[GoalLine, tuple[Beside, ...]], ...]
    searches: tuple[tuple[str, Searched], ...]
    looked_at: Mapping[str, int] = field(default_factory=dict)


def matrix(actor: Actor, known: AsKnown) -> Matrix:
    """The matrix. A fixed number of queries."""
    pages = DocumentLevels(actor, known, said_by_people(known, LEVEL))
    goals = placed_goals(actor, known, pages=pages)
    judged = [pair for pair, verdict in judgements(actor, known).items() if verdict == APART]
    there = {goal.fact for goal in goals} if judged else set()
    apart = {fact for pair in judged if there.issuperset(pair) for fact in pair}
    counts: Counter[tuple[str, str]] = Counter()
    pulling: Counter[tuple[str, str]] = Counter()
    for goal in goals:
        for level in goal.levels or (UNKNOWN,):
            counts[goal.theme, level] += 1
            pulling[goal.theme, level] += goal.fact in apart
    documents = documents_by_level(pages)
    columns = (*LEVELS, UNKNOWN)
    rows = tuple(
        Row(theme, tuple((level, counts[theme, level], pulling[theme, level]) for level in columns))
        for theme in themes()
        if any(counts[theme, level] for level in columns)
    )
    there_are = {row.theme for row in rows}
    return Matrix(
        rows,
        tuple((level, len(documents.get("" if level == UNKNOWN else level, ()))) for level in columns),
        tuple(theme for theme in themes() if theme not in there_are),
    )


def judgements(actor: Actor, known: AsKnown) -> dict[tuple[int, int], str]:
    """Pair of commitments that the actor sees → what was said of it last, as it counts now (or counted then, in the hub's own past)."""
    rows = PairJudgement.objects.filter(a__level__lte=actor.level, b__level__lte=actor.level)
    rows = counting(rows, known) if known.day and known.held else rows.filter(action__undone=False)
    return {(a, b): verdict for a, b, verdict in rows.order_by("pk").values_list("a", "b", "verdict")}


def cell(actor: Actor, known: AsKnown, theme: str, level: str, page: int) -> Cell:
    """One cell, opened. A fixed number of queries."""
    pages = DocumentLevels(actor, known, said_by_people(known, LEVEL))
    placed = placed_goals(actor, known, theme=theme, pages=pages)
    of_level: dict[str, list[PlacedGoal]] = defaultdict(list)
    for goal in placed:
        for its in goal.levels or (UNKNOWN,):
            of_level[its].append(goal)
    mine = of_level[level]
    shown = mine[(page - 1) * PAGE : page * PAGE]
    others = [one for one in LEVELS if one != level] if level != UNKNOWN else []
    looked_at = {one: of_level[one][:LOOKED_AT] for one in others}
    goals = _goals(actor, {goal.fact: goal for its in (shown, *looked_at.values()) for goal in its})
    judged = {
        pair: verdict for pair, verdict in judgements(actor, known).items() if pair[0] in goals or pair[1] in goals
    }
    denied = {pair for pair, verdict in judged.items() if verdict == NEITHER}
    pairs = pairs_of([goals[goal.fact] for goal in shown if goal.fact in goals],
        [goals[goal.fact] for its in looked_at.values() for goal in its if goal.fact in goals], denied) if others else {}  # fmt: skip
    for (a, b), verdict in judged.items():
        if verdict != NEITHER:
            _take_over(pairs, goals, a, b)
            _take_over(pairs, goals, b, a)
    keys = {goal.fact for goal in shown} | {pair.b for its in pairs.values() for pair in its.values()}
    views = views_by_key(actor, known, keys)
    levels = {goal.fact: goal.levels for goal in placed}
    lines = []
    for goal in shown:
        if goal.fact not in views:
            continue
        words = ", ".join(words_looked_for(goals[goal.fact])) if others and goal.fact in goals else ""
        beside = tuple(_beside(one, pairs.get(goal.fact, {}).get(one), views, levels, judged, len(looked_at[one]), words, known) for one in others if one not in goal.levels)  # fmt: skip
        lines.append((_line(views[goal.fact], levels, known), beside))
    documents = documents_by_level(pages)
    empty = [one for one in (level, *others) if one != UNKNOWN and not of_level[one]]
    searches = tuple((one, search_theme(actor, known, documents.get(one, ()), theme)) for one in empty)
    return Cell(theme, level, len(mine), tuple(lines), searches, {one: len(its) for one, its in looked_at.items()})


def _take_over(pairs: dict[int, dict[str, Pair]], goals: Mapping[int, Goal], one: int, other: int) -> None:
    """A pair on which a person has decided comes before what is proposed."""
    if one not in pairs or other not in goals:
        return
    again = pairs_of([goals[one]], [goals[other]]).get(one, {})
    for level in goals[other].levels - goals[one].levels:
        pairs[one][level] = again.get(level) or Pair(one, other, 0.0, ())


def _goals(actor: Actor, placed: Mapping[int, PlacedGoal]) -> dict[int, Goal]:
    rows = FactPassage.objects.filter(fact__in=placed, rank=0, passage__document__visibility__lte=actor.level)
    quotes = dict(rows.order_by("-pk").values_list("fact", "passage__quote"))
    told = CommitmentRow.objects.filter(pk__in=placed).values_list(
        "fact", "what", "language", "due_first", "due_last", "due_text"
    )
    return {fact: Goal(fact, frozenset(placed[fact].levels), quotes.get(fact) or what, language, first, last, text) for fact, what, language, first, last, text in told}  # fmt: skip


def _beside(level: str, pair: Pair | None, views: Mapping[int, FactView], levels: Mapping[int, Mapping[str, Placed]],
    judged: Mapping[tuple[int, int], str], among: int, words: str, known: AsKnown) -> Beside:  # fmt: skip
    if pair is None or pair.b not in views:
        return Beside(level, None, None, "", among, words)
    verdict = judged.get((min(pair.a, pair.b), max(pair.a, pair.b)), "")
    return Beside(level, _line(views[pair.b], levels, known), pair, str(verdict), among, words)


def _line(view: FactView, levels: Mapping[int, Mapping[str, Placed]], known: AsKnown) -> GoalLine:
    fact = view.fact
    return GoalLine(
        key=fact.pk, uid=fact.uid, href=path_to(known, "commitment", fact.about.uid), what=view.first("what"), who=tuple(view.values.get("who", ())),
        firmness=view.first("firmness"), when=view.first("when"), source=source_of(view, known), levels=tuple(levels.get(fact.pk, {}).items()),
        language=fact.language, document=fact.document.uid if fact.document else "",
    )  # fmt: skip
