"""Training of the tagger of events' names and places, and of the judges of names, dates, places and statuses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from marked import MarkedPage, token_span
from scoring import alike, folded, same_date
from study import CrfData, Study, crf_bytes, judge_bytes, judge_of

from handslag.language.base_forms import plain
from handslag.language.dates import resolve
from handslag.reading.facts.events import finding
from handslag.reading.facts.events.boundaries import reading_features, readings_of
from handslag.reading.facts.events.candidates import find_spots
from handslag.reading.facts.events.dates import Dated, dates_of
from handslag.reading.facts.events.judging import STATUSES, name_features, status_features
from handslag.reading.facts.events.links import date_features, place_features
from handslag.reading.facts.events.scene import Scene, scene_of
from handslag.reading.facts.events.tagger import EventRows, Spot, event_rows
from handslag.reading.models import Tagger

INNER_FOLDS = 3
Item = dict[str, Any]
Examples = list[tuple[list[str], str]]


def train_events(studies: list[Study]) -> dict[str, bytes]:
    """All parts; the judges learn from what taggers find on pages that they have not seen."""
    for study in studies:
        day = study.marked.gold.get("date")
        study.analysis.said_on = date.fromisoformat(day) if day else None
    dates = [dates_of(study.analysis.page, study.analysis.dates) for study in studies]
    rows = [event_rows(study.analysis, dated) for study, dated in zip(studies, dates, strict=True)]
    labels = [event_labels(study, dated) for study, dated in zip(studies, dates, strict=True)]
    scenes: list[Scene | None] = [None] * len(studies)
    for number in range(INNER_FOLDS):
        inside = range(number, len(studies), INNER_FOLDS)
        outside = [k for k in range(len(studies)) if k % INNER_FOLDS != number]
        tagger = Tagger(tagger_bytes([rows[k] for k in outside], [labels[k] for k in outside]))
        for k in inside:
            analysis = studies[k].analysis
            scenes[k] = scene_of(analysis, dates[k], find_spots(analysis, rows[k], tagger, dates[k]))
    told = [(study.marked, scene) for study, scene in zip(studies, scenes, strict=True) if scene is not None]
    parts = {"events.crf": tagger_bytes(rows, labels)}
    parts["events-span.json"] = judge_bytes(span_examples(told), ["no", "yes"], strength=0.3)
    span_judge = judge_of(parts["events-span.json"])
    cut = [finding.cut_names(scene, span_judge) for _, scene in told]
    parts["events-date.json"] = judge_bytes(date_examples(told), ["no", "yes"], strength=1.0)
    parts["events-place.json"] = judge_bytes(place_examples(told), ["no", "yes"], strength=1.0)
    parts["events-status.json"] = judge_bytes(status_examples(told), list(STATUSES), strength=0.5)
    parts["events.json"] = judge_bytes(name_examples(told, cut, parts), ["no", "yes"], strength=0.05)
    return parts


def tagger_bytes(rows: Sequence[EventRows], labels: Sequence[list[str]]) -> bytes:
    data: CrfData = [
        (r, own[s.first : s.last]) for page_rows, own in zip(rows, labels, strict=True) for s, r in page_rows
    ]
    return crf_bytes(data, c1=0.1, c2=0.1, iterations=80, min_count=2)


def is_date_of(dated: Dated, item: Item, said_on: date | None) -> bool:
    """True if the date, in some tense, is the event's."""
    return bool(item["date"]) and any(
        same_date(resolve(dated.mention, said_on, tense).period, item["date"]) for tense in ("past", "future")
    )


def event_labels(study: Study, dates: Sequence[Dated]) -> list[str]:
    """BIO labels: each event's name where it stands nearest to the event's date, and its place nearest to that."""
    marked, said_on = study.marked, study.analysis.said_on
    page = marked.page
    labels = ["O"] * len(page.tokens)

    def put(span: tuple[int, int], kind: str) -> None:
        if all(label == "O" for label in labels[span[0] : span[1]]):
            labels[span[0]] = "B-" + kind
            labels[span[0] + 1 : span[1]] = ["I-" + kind] * (span[1] - span[0] - 1)

    def cost(a: tuple[int, int], b: tuple[int, int]) -> int:
        return 12 * abs(page.sentence_of[a[0]] - page.sentence_of[b[0]]) + abs(a[0] - b[0])

    for event in sorted(marked.gold["events"], key=lambda e: -len(e["name"])):
        names = spans_of(marked, event["name"])
        days = [(d.first, d.last) for d in dates if is_date_of(d, event, said_on)]
        if not names:
            continue
        best = min(names, key=lambda name: min((cost(name, day) for day in days), default=0))
        put(best, "EVENT")
        places = (
            [p for p in spans_of(marked, event["place"]) if p[0] >= best[1] or p[1] <= best[0]]
            if event["place"]
            else []
        )
        if places:
            put(min(places, key=lambda place: cost(best, place)), "PLACE")
    return labels


def spans_of(marked: MarkedPage, words: str) -> list[tuple[int, int]]:
    return [span for place in marked.places(words) if (span := token_span(marked.page, *place))]


def words_of(scene: Scene, spot: Spot) -> str:
    return plain(scene.page.words(spot.first, spot.last))


def like_name(scene: Scene, name: Spot, item: Item) -> float:
    return alike(item["name"], words_of(scene, name))


def like_place(scene: Scene, place: Spot, item: Item) -> float:
    if not item["place"]:
        return 0.0
    words = words_of(scene, place)
    if folded(words) == folded(item["place"]):
        return 1.0
    inside = folded(words) in folded(item["place"]) or folded(item["place"]) in folded(words)
    return max(alike(item["place"], words, 0.4), 0.4 * inside)


Told = Sequence[tuple[MarkedPage, Scene]]


def items_of(marked: MarkedPage, scene: Scene, name: Spot) -> list[Item]:
    """The events of the gold that the span can name."""
    return [item for item in marked.gold["events"] if like_name(scene, name, item) > 0]


def span_examples(told: Told) -> Examples:
    """Readings of names that stand where an event of the gold is named: like its name or not."""
    examples: Examples = []
    for marked, scene in told:
        dated = {i for date in scene.dates for i in range(date.first, date.last)}
        named = [(item, spans_of(marked, item["name"])) for item in marked.gold["events"]]
        for name in scene.names:
            items = [item for item, spans in named if any(a < name.last and name.first < b for a, b in spans)]
            readings = readings_of(scene, name, dated)
            if not items or len(readings) == 1:
                continue
            right = [
                any(like_name(scene, name._replace(first=a, last=b), item) > 0 for item in items) for a, b in readings
            ]
            if any(right) and not all(right):
                examples += [
                    (reading_features(scene, name, reading, dated), "yes" if yes else "no")
                    for reading, yes in zip(readings, right, strict=True)
                ]
    return examples


def date_examples(told: Told) -> Examples:
    """Dates near the names of events: theirs or not."""
    examples: Examples = []
    for marked, scene in told:
        said_on = scene.analysis.said_on
        for name in scene.names:
            items = [item for item in items_of(marked, scene, name) if item["date"]]
            options = scene.dates_near(name)
            right = [any(is_date_of(dated, item, said_on) for item in items) for dated in options]
            if any(right):
                examples += [
                    (date_features(scene, name, dated, rank), "yes" if yes else "no")
                    for rank, (dated, yes) in enumerate(zip(options, right, strict=True))
                ]
            elif items_of(marked, scene, name):
                examples += [(date_features(scene, name, dated, rank), "no") for rank, dated in enumerate(options)]
    return examples


def dated_of(scene: Scene, name: Spot, item: Item) -> Dated | None:
    """The nearest date that is the event's."""
    said_on = scene.analysis.said_on
    return next((dated for dated in scene.dates_near(name) if is_date_of(dated, item, said_on)), None)


def place_examples(told: Told) -> Examples:
    """Places near the names of events: theirs or not."""
    examples: Examples = []
    for marked, scene in told:
        for name in scene.names:
            for item in items_of(marked, scene, name):
                dated = dated_of(scene, name, item)
                if item["date"] and dated is None:
                    continue
                options = scene.places_near(name)
                best = max((like_place(scene, place, item) for place in options), default=0.0)
                for rank, place in enumerate(options):
                    likeness = like_place(scene, place, item)
                    if 0 < likeness < best:
                        continue
                    examples.append((place_features(scene, name, place, rank, dated), "yes" if likeness > 0 else "no"))
    return examples


def status_examples(told: Told) -> Examples:
    examples: Examples = []
    for marked, scene in told:
        for name in scene.names:
            for item in items_of(marked, scene, name):
                dated = dated_of(scene, name, item)
                if dated is not None or not item["date"]:
                    examples.append((status_features(scene, name, dated), item["status"]))
    return examples


def name_examples(told: Told, cut: Sequence[dict[Spot, Spot]], parts: dict[str, bytes]) -> Examples:
    """Spans that name an event of the gold, with the date that the trained judges link, and others."""
    date_judge, place_judge = judge_of(parts["events-date.json"]), judge_of(parts["events-place.json"])
    examples: Examples = []
    for (marked, scene), written in zip(told, cut, strict=True):
        said_on = scene.analysis.said_on
        for name in scene.names:
            options = [
                (d, date_judge.probability(date_features(scene, name, d, rank)))
                for rank, d in enumerate(scene.dates_near(name))
            ]
            best = max(options, key=lambda option: option[1], default=None)
            link = best if best is not None and best[1] >= finding.LEAST_DATE else None
            place = finding.place_of(scene, name, link[0] if link else None, place_judge)
            items = items_of(marked, scene, written[name])
            right = any(link is None or not item["date"] or is_date_of(link[0], item, said_on) for item in items)
            if items and not right:
                # a second telling of it: neither right nor wrong
                continue
            examples.append((name_features(scene, name, link, place), "yes" if right else "no"))
    return examples
