"""What speaks for and against a date or a place being an event's: features for the judges."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from handslag.language.lexicon import classes_of
from handslag.reading.facts.events.dates import Dated
from handslag.reading.facts.events.scene import Scene
from handslag.reading.facts.events.tagger import Spot
from handslag.reading.facts.events.words import event_classes, is_event_noun
from handslag.reading.facts.organisations import bucket

_DISTANCES = (1, 2, 3, 4, 6, 9, 14, 22, 35, 60)
_PLURAL = ("möten", "mötena", "er", "erna", "ar", "arna", "or", "gs", "rs", "ts", "ns", "les", "ops")
_TOLD = ("verbs", "status", "label")


def where(scene: Scene, name: Spot, first: int, last: int) -> str:
    """How a span stands to the name: inside, before or after, in the same sentence, row, or so many sentences away."""
    if first < name.last and last > name.first:
        return "inside"
    side = "after" if first >= name.last else "before"
    a, b = scene.sentence(name.first), scene.sentence(first)
    if a.number == b.number:
        return side + "="
    if a.is_row and a.block == b.block:
        return side + "|"
    if a.is_row and b.is_row:
        return side + "r"
    return side + str(min(4, abs(a.number - b.number)))


@lru_cache(maxsize=20_000)
def _told(form: str) -> tuple[str, ...]:
    return tuple(name for name in event_classes(form) if name.startswith(_TOLD))


def between_features(scene: Scene, name: Spot, first: int, last: int) -> list[str]:
    """The way between the name and a span: words, classes of words, marks, other names."""
    here = where(scene, name, first, last)
    start, stop = (name.last, first) if first >= name.last else (last, name.first)
    tokens = scene.page.tokens
    found = [here, here + "&d" + str(sum(stop - start >= step for step in _DISTANCES))]
    if here == "inside":
        return found
    if stop - start <= 3:
        found.append(here + "&w=" + " ".join(tokens[i].form.lower() for i in range(start, stop)))
    if stop > start:
        found.append(here + "&first=" + tokens[start].form.lower())
        found.append(here + "&last=" + tokens[stop - 1].form.lower())
    if stop - start <= 30:
        classes = {name for i in range(start, stop) for name in _told(tokens[i].form)}
        found += [here[:-1] + "&b=" + name for name in classes]
        marks = {
            tokens[i].form
            for i in range(start, stop)
            if tokens[i].form in (",", ";", ":", "(", ")", ".", "–", "och", "and", "från", "from", "to", "till")
        }
        found += [here + "&m=" + mark for mark in marks]
    others = scene.likely_between(start, stop)
    found.append(here[:-1] + "&others" + str(min(2, others)))
    return found


def is_plural(scene: Scene, name: Spot) -> bool:
    """True for a noun of several events: "informationsmöten", "Roundtables"."""
    forms = (scene.page.tokens[i].form.lower() for i in range(name.first, name.last))
    return any(is_event_noun(form) and form.endswith(_PLURAL) for form in forms)


def is_day_said(dated: Dated, said_on: date | None) -> bool:
    """True for the document's own day printed in full."""
    point = dated.mention.first
    return (
        said_on is not None and point is not None and dated.mention.last is None
        and (point.year, point.number, point.day) == (said_on.year, said_on.month, said_on.day) and point.unit == "day"
    )  # fmt: skip


def date_features(scene: Scene, name: Spot, dated: Dated, rank: int) -> list[str]:
    """Features of a date for the event of that name; `rank` counts the dates by their distance."""
    here = where(scene, name, dated.first, dated.last)
    mention = dated.mention
    found = ["rank" + str(min(4, rank)), "rank" + str(min(4, rank)) + "&" + here]
    found += between_features(scene, name, dated.first, dated.last)
    found += [
        "kind=" + mention.kind,
        "kind=" + mention.kind + "&" + here,
        "bound=" + mention.bound + "&" + mention.kind,
    ]
    if mention.first is not None and mention.first.year is not None:
        found.append("year printed&" + mention.kind)
    sentence = scene.sentence(dated.first)
    if dated.last - dated.first >= sentence.last - sentence.first:
        found += ["alone", "alone&" + here[:-1]]
        if here.startswith("after") and scene.heading_of(name) is not None:
            found.append("alone&after, another heading above")
    if is_plural(scene, name):
        found.append(
            "plural&"
            + here
            + "&before="
            + (scene.page.tokens[dated.first - 1].form.lower() if dated.first > sentence.first else "^")
        )
        found += ["plural&" + here, "plural&kind=" + mention.kind, "plural&rank" + str(min(4, rank))]
    shift = scene.shift_of(dated)
    if shift:
        found += ["shift " + shift, "shift " + shift + "&" + here]
    if is_day_said(dated, scene.analysis.said_on):
        found += ["day said", "day said&" + here, "day said&z=" + sentence.zone]
    if dated is scene.heading_of(name):
        found += ["heading", "heading&rank" + str(min(4, rank))]
    found.append("z=" + sentence.zone + "&" + here)
    found.append("before=" + (scene.page.tokens[dated.first - 1].form.lower() if dated.first > sentence.first else "^"))
    own = scene.sentence(name.first)
    found.append("name z=" + own.zone + "&" + here)
    rivals = scene.rivals(name, dated.first, dated.last)
    found += ["rivals" + str(min(2, rivals)), "rivals" + str(min(2, rivals)) + "&" + here]
    return found


def known_place(scene: Scene, place: Spot) -> list[str]:
    """What is known of the words: a town, a venue, an organisation of some kind, a person."""
    tokens = scene.page.tokens
    found = {
        "k=" + name
        for i in (place.first, place.last - 1)
        for name in classes_of(tokens[i].form)
        if name.startswith("place")
    }
    found |= {"k=venue" for i in range(place.first, place.last) if "venues" in event_classes(tokens[i].form)}
    found |= {"k=" + scene.named[i] for i in range(place.first, place.last) if i in scene.named}
    if scene.is_town(place.first):
        found.add("k=LOC")
    return sorted(found) or ["k=nothing"]


def place_features(scene: Scene, name: Spot, place: Spot, rank: int, date: Dated | None) -> list[str]:
    """Features of a place for the event of that name; `date` is the event's, if it has one."""
    here = where(scene, name, place.first, place.last)
    found = [
        "p" + bucket(place.probability),
        "p" + bucket(place.probability) + "&" + here,
        "rank" + str(min(4, rank)) + "&" + here,
    ]
    found += between_features(scene, name, place.first, place.last)
    tokens = scene.page.tokens
    sentence = scene.sentence(place.first)
    before = tokens[place.first - 1].form.lower() if place.first > sentence.first else "^"
    found += ["before=" + before, "before=" + before + "&" + here]
    found += known_place(scene, place)
    found.append("next=" + (tokens[place.last].form.lower() if place.last < sentence.last else "$"))
    found += ["c=" + kind for kind in event_classes(tokens[place.last - 1].form)]
    found.append("words" + str(min(4, place.last - place.first)))
    if place.last - place.first >= sentence.last - sentence.first:
        found += ["whole", "whole&" + here]
    if not tokens[place.first].form[0].isupper():
        found.append("small")
    found += ["made by " + place.maker, "made by " + place.maker + "&" + here]
    if date is not None:
        same = tokens and scene.sentence(date.first).number == sentence.number
        side = "before" if place.first < date.first else "after"
        gap = place.first - date.last if place.first >= date.last else date.first - place.last
        found.append("date " + (side + str(sum(gap >= step for step in _DISTANCES[:6])) if same else "elsewhere"))
        nearer = any(
            other is not date and abs(other.first - place.first) < abs(date.first - place.first)
            for other in scene.dates_of_sentence.get(sentence.number, ())
        )
        if nearer:
            found.append("nearer to another date")
    rivals = scene.rivals(name, place.first, place.last)
    found.append("rivals" + str(min(2, rivals)) + "&" + here)
    return found
