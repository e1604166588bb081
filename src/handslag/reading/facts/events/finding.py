"""Events of a page: names, each with its dates and place, judged; the same event told twice is one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from handslag.kernel.passages import Passage
from handslag.language.base_forms import folded, plain
from handslag.language.dates import Resolved, resolve
from handslag.reading.analysis import Analysis
from handslag.reading.facts.events.boundaries import best_reading
from handslag.reading.facts.events.candidates import find_spots
from handslag.reading.facts.events.dates import Dated, dates_of
from handslag.reading.facts.events.judging import name_features, status_features
from handslag.reading.facts.events.links import date_features, place_features
from handslag.reading.facts.events.scene import Scene, scene_of
from handslag.reading.facts.events.tagger import Spot, event_rows
from handslag.reading.models import Judge
from handslag.reading.results import EventFact, Scored

LEAST_DATE = 0.3
LEAST_PLACE = 0.3
# a second date of the same name makes a second event from here on
ANOTHER_DATE = 0.5
# a second name for the same printed date is kept from here on
OTHER_NAME = 0.8
# less likely events are not given at all
LEAST_EVENT = 0.2


@dataclass(slots=True)
class Candidate:
    """A name with its likely dates (falling probability), place and probability."""

    name: Spot
    dates: list[tuple[Dated, float]]
    place: tuple[Spot, float] | None = None
    probability: float = 0.0
    heading: Dated | None = None
    written: Spot | None = None


# a name on one of its dates, as a fact
Telling = tuple[Candidate, Dated | None, EventFact]


def scene_on(analysis: Analysis) -> Scene:
    """The page's scene by the installed tagger."""
    dates = dates_of(analysis.page, analysis.dates)
    rows = event_rows(analysis, dates)
    return scene_of(analysis, dates, find_spots(analysis, rows, analysis.models.tagger("events"), dates))


def cut_names(scene: Scene, judge: Judge) -> dict[Spot, Spot]:
    """Name as found → the name in its likeliest boundaries."""
    dated = {i for date in scene.dates for i in range(date.first, date.last)}
    return {name: best_reading(scene, name, dated, judge) for name in scene.names}


def candidates_of(scene: Scene) -> list[Candidate]:
    """Every name of the scene with date and place as the judges link them, and how likely it is an event."""
    models = scene.analysis.models
    date_judge, place_judge, judge = models.judge("events-date"), models.judge("events-place"), models.judge("events")
    dated_tokens = {i for date in scene.dates for i in range(date.first, date.last)}
    span_judge = models.judge("events-span") if models.has("events-span") else None
    found = []
    for name in scene.names:
        scene.analysis.deadline.check()
        options = [
            (dated, date_judge.probability(date_features(scene, name, dated, rank)))
            for rank, dated in enumerate(scene.dates_near(name))
        ]
        options = sorted((o for o in options if o[1] >= LEAST_DATE), key=lambda o: -o[1])
        candidate = Candidate(name, options)
        candidate.place = place_of(scene, name, options[0][0] if options else None, place_judge)
        candidate.probability = judge.probability(
            name_features(scene, name, options[0] if options else None, candidate.place)
        )
        candidate.heading = scene.heading_of(name)
        if span_judge is not None and candidate.probability >= LEAST_EVENT:
            candidate.written = best_reading(scene, name, dated_tokens, span_judge)
        found.append(candidate)
    return found


def place_of(scene: Scene, name: Spot, dated: Dated | None, judge: object) -> tuple[Spot, float] | None:
    """The likeliest place of the event, if it is likely enough."""
    best: tuple[Spot, float] | None = None
    for rank, place in enumerate(scene.places_near(name)):
        probability = judge.probability(place_features(scene, name, place, rank, dated))  # type: ignore[attr-defined]
        if probability >= LEAST_PLACE and (best is None or probability > best[1]):
            best = (place, probability)
    return best


def find_events(analysis: Analysis) -> list[Scored[EventFact]]:
    """The events of the page, each with the probability that it is right."""
    scene = scene_on(analysis)
    found: list[Telling] = []
    for candidate in candidates_of(scene):
        if candidate.probability < LEAST_EVENT:
            continue
        dates = [d for k, (d, p) in enumerate(candidate.dates) if k == 0 or p >= ANOTHER_DATE]
        choices: list[Dated | None] = [*dates] or [None]
        found += [(candidate, dated, fact_of(scene, candidate, dated, alone=len(dates) <= 1)) for dated in choices]
    return [Scored(fact, candidate.probability) for candidate, fact in merged(without_left_days(scene, found))]


def without_left_days(scene: Scene, found: list[Telling]) -> list[Telling]:
    """The tellings but those on a day from which the event is moved, where one of like name is told on another day."""
    kept = [telling for telling in found if telling[1] is None or scene.shift_of(telling[1]) != "old"]
    stayed = [fact for _, dated, fact in kept if dated is not None]
    left = [t for t in found if t[1] is not None and scene.shift_of(t[1]) == "old"]
    return kept + [telling for telling in left if not any(_alike(telling[2], fact) for fact in stayed)]


def fact_of(scene: Scene, candidate: Candidate, dated: Dated | None, *, alone: bool) -> EventFact:
    """The event of a name on one of its dates; with several dates the place is looked for anew beside each."""
    analysis, page = scene.analysis, scene.page
    place = candidate.place if alone else place_of(scene, candidate.name, dated, analysis.models.judge("events-place"))
    status, _ = analysis.models.judge("events-status").best(status_features(scene, candidate.name, dated))
    resolved = period_of(scene, dated, status) if dated else Resolved("", "")
    written = candidate.written or candidate.name
    evidence: list[Passage] = page.passages(written.first, written.last)
    if dated is not None:
        evidence += page.passages(dated.first, dated.last)
    if place is not None:
        evidence += page.passages(place[0].first, place[0].last)
    return EventFact(
        name=plain(page.words(written.first, written.last)), date=resolved.period, date_text=plain(page.words(dated.first, dated.last)) if dated else "",
        basis=resolved.basis, place=plain(page.words(place[0].first, place[0].last)) if place else "", status=status,
        evidence=tuple(evidence),
    )  # fmt: skip


def period_of(scene: Scene, dated: Dated, status: str) -> Resolved:
    """The date's period; a year that is not printed is told by the document's own day alone."""
    return resolve(dated.mention, scene.analysis.said_on, "past" if status == "held" else "future")


def merged(found: list[Telling]) -> list[tuple[Candidate, EventFact]]:
    """One of each event: the likeliest telling of those with like names and no other date, and the likeliest name of a date."""
    kept: list[Telling] = []
    days: set[int] = set()
    for candidate, dated, fact in sorted(found, key=lambda item: -item[0].probability):
        same_day = id(dated) in days
        if same_day and candidate.probability < OTHER_NAME and not _is_heading(candidate, dated):
            continue
        if not any(_same(fact, other) for _, _, other in kept):
            kept.append((candidate, dated, fact))
            if dated is not None:
                days.add(id(dated))
    return sorted(((candidate, fact) for candidate, _, fact in kept), key=lambda item: item[1].evidence[0].start)


def _is_heading(candidate: Candidate, dated: Dated | None) -> bool:
    return dated is not None and dated is candidate.heading


def _same(a: EventFact, b: EventFact) -> bool:
    """True if two facts can be one event: like names, and neither day nor place against it."""
    if a.date and b.date and a.date != b.date:
        return False
    if (
        a.place
        and b.place
        and a.place != b.place
        and folded(a.place) not in folded(b.place)
        and folded(b.place) not in folded(a.place)
        and not (a.date and b.date)
    ):
        return False
    return _alike(a, b)


def _alike(a: EventFact, b: EventFact) -> bool:
    """True if two names share a word or the beginning of their last ones."""
    x, y = _words(a.name), _words(b.name)
    return x[1] == y[1] or not x[0].isdisjoint(y[0])


@lru_cache(maxsize=2_000)
def _words(name: str) -> tuple[frozenset[str], str]:
    """The words of a name, and the beginning of the last one."""
    words = folded(name).split()
    return frozenset(words), words[-1][:6]
