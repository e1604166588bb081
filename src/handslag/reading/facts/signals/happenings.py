"""Happenings of a page: tellings of the same one taken together (headline, lead and body tell one), and judged as a whole."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from handslag.reading.facts.signals.survey import OF_PERSONS, Candidate, Survey, Told

LEAST = 0.05
_LINE_BY_LINE = frozenset(("feed", "teaser", "member_news", "list", "table"))
_FULL_STOPS = frozenset((".", "!", "?", "…"))
_STEPS = (0.08, 0.12, 0.17, 0.23, 0.3, 0.38, 0.46, 0.55, 0.64, 0.73, 0.82, 0.9, 0.95)


@dataclass(slots=True)
class Happening:
    """Candidates (by number, the likeliest first) that tell the same happening of `kind`, of `person` or -1."""

    kind: str
    person: int
    members: list[int]
    probability: float


@dataclass(slots=True)
class _Marks:
    """What shows that two tellings tell the same: bodies, amounts and names in them, and where they stand."""

    organisations: frozenset[int]
    amounts: frozenset[str]
    names: frozenset[str]
    by_itself: bool
    ends: bool
    section: int


def happenings_of(survey: Survey, candidates: Sequence[Candidate], probabilities: Sequence[float]) -> list[Happening]:
    """The happenings that the candidates above a low probability tell, the likeliest of each kind first."""
    groups: dict[tuple[str, int], list[int]] = {}
    for number, candidate in enumerate(candidates):
        if probabilities[number] >= LEAST:
            groups.setdefault((candidate.kind, candidate.person), []).append(number)
    marks: dict[int, _Marks] = {}
    headlines = [k for k, told in enumerate(survey.told) if told.telling.zone == "headline"]
    title = headlines[0] if headlines else -1
    found: list[Happening] = []
    for (kind, person), numbers in groups.items():
        rest = sorted(numbers, key=lambda number: -probabilities[number])
        while rest:
            first = rest[0]
            if person >= 0:
                members = rest
            elif kind in OF_PERSONS:
                members = [first]
            else:
                telling = candidates[first].telling
                members = [
                    n for n in rest if n == first or _is_same(survey, marks, telling, candidates[n].telling, title)
                ]
            found.append(Happening(kind, person, members, probabilities[first]))
            rest = [number for number in rest if number not in members]
    return found


def is_same_happening(survey: Survey, one: int, other: int) -> bool:
    """True if two tellings of one kind, by number, seem to tell the same happening."""
    title = next((k for k, told in enumerate(survey.told) if told.telling.zone == "headline"), -1)
    return one == other or _is_same(survey, {}, one, other, title)


def _is_same(survey: Survey, marks: dict[int, _Marks], one: int, other: int, title: int) -> bool:
    """True if two tellings of one kind seem to tell the same happening."""
    upper, lower = min(one, other), max(one, other)
    a, b = _marks(survey, marks, upper), _marks(survey, marks, lower)
    if a.organisations & b.organisations or a.amounts & b.amounts or a.names & b.names:
        return True
    if a.by_itself or b.by_itself:
        # Below an announced headline, which has no full stop, stands a sentence that says more of it.
        return lower == upper + 1 and a.by_itself and b.by_itself and b.ends and not a.ends
    return survey.told[lower].telling.headline == a.section or upper == title or lower - upper <= 3


def _marks(survey: Survey, known: dict[int, _Marks], k: int) -> _Marks:
    marks = known.get(k)
    if marks is None:
        marks = known[k] = _marks_of(survey, survey.told[k], k)
    return marks


def _marks_of(survey: Survey, told: Told, k: int) -> _Marks:
    telling = told.telling
    forms = [token.form for token in survey.analysis.page.tokens[telling.first : telling.last]]
    return _Marks(
        frozenset(told.organisations),
        frozenset(form for form in forms if len(form) > 1 and any(map(str.isdigit, form)) and not _is_year(form)),
        frozenset(form.lower().rstrip("s") for form in forms[1:] if len(form) > 1 and form[0].isupper()),
        telling.zone in _LINE_BY_LINE,
        forms[-1] in _FULL_STOPS,
        k if telling.zone == "headline" else telling.headline,
    )


def _is_year(form: str) -> bool:
    return len(form) == 4 and form[:2] in ("19", "20")


def happening_features(
    survey: Survey, candidates: Sequence[Candidate], happenings: Sequence[Happening]
) -> list[list[str]]:
    """What speaks for a happening among all those of its page, for the last judge."""
    of_kind: dict[str, list[Happening]] = {}
    of_person: dict[int, list[Happening]] = {}
    of_telling: dict[int, dict[int, Happening]] = {}
    for number, happening in enumerate(happenings):
        of_kind.setdefault(happening.kind, []).append(happening)
        of_person.setdefault(happening.person, []).append(happening)
        for n in happening.members:
            of_telling.setdefault(candidates[n].telling, {})[number] = happening
    chiefs = _chiefs(survey)
    best = _step(max((happening.probability for happening in happenings), default=0.0))
    expected = str(min(8, int(2 * sum(happening.probability for happening in happenings))))
    rows = []
    for happening in happenings:
        kind, prefix, probability = happening.kind, happening.kind + "|", happening.probability
        telling = candidates[happening.members[0]].telling
        zones = dict.fromkeys(survey.told[candidates[n].telling].telling.zone for n in happening.members)
        row = [prefix, "n" + str(min(4, len(happening.members))), "zone:" + survey.told[telling].telling.zone]
        row += _ladder(kind, probability)
        row += ["has:" + zone for zone in zones]
        row += ["expected" + expected, "best" + best, "place" + str(4 * telling // len(survey.told))]
        rivals = [other.probability for other in of_kind[kind] if other.probability > probability]
        row.append("rank" + str(min(3, len(rivals))))
        if kind not in OF_PERSONS:
            row.append("other rank" + str(min(3, len(rivals))))
            if rivals:
                row.append("behind" + _gap(max(rivals), probability))
        row += _beside(happening, of_telling[telling].values())
        if happening.person >= 0:
            others = [other.probability for other in of_person[happening.person] if other is not happening]
            if others:
                row += ["same person" + _gap(max(others), probability), prefix + "same person"]
            near = max(told.kinds.get("ceo_change", 0) for told in survey.told[max(0, telling - 2) : telling + 2])
            row.append(f"{prefix}chief{chiefs.get(happening.person, 0)}{near}")
        rows.append(row)
    return rows


def _chiefs(survey: Survey) -> dict[int, int]:
    """For each person how strongly a change of chief executive is told of them: such a move is no other kind of signal."""
    found: dict[int, int] = {}
    for told in survey.told:
        strength = told.kinds.get("ceo_change", 0)
        for person in told.people:
            found[person] = max(strength, found.get(person, 0))
    return found


def _beside(happening: Happening, told_there: Iterable[Happening]) -> list[str]:
    """Other kinds of happening that the same words may tell."""
    beside = [other for other in told_there if other is not happening]
    if not beside:
        return []
    strongest = max(beside, key=lambda other: other.probability)
    return [
        "beside" + str(min(4, len(beside))),
        "beside by" + _gap(strongest.probability, happening.probability),
        f"{happening.kind}|beside:{strongest.kind}",
    ]


def _step(probability: float) -> str:
    return str(bisect_right(_STEPS, probability))


def _ladder(kind: str, probability: float) -> tuple[str, ...]:
    """A probability as steps reached, so that a judge can weigh each step by itself, for all kinds and for this one."""
    return _rungs(kind, bisect_right(_STEPS, probability))


@cache
def _rungs(kind: str, reached: int) -> tuple[str, ...]:
    steps = _STEPS[:reached]
    return tuple(f"p>{step}" for step in steps) + tuple(f"{kind}|p>{step}" for step in steps)


def _gap(one: float, other: float) -> str:
    """How far apart two probabilities are, in steps of their log odds."""
    return str(max(-4, min(4, round(_log_odds(one) - _log_odds(other)))))


def _log_odds(probability: float) -> float:
    probability = min(0.999, max(0.001, probability))
    return math.log(probability / (1 - probability))
