"""What speaks for and against a span being an event's name, and for what has become of the event."""

from __future__ import annotations

from datetime import date

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import first_day
from handslag.language.dates import resolve
from handslag.reading.facts.events.boundaries import head_of
from handslag.reading.facts.events.dates import Dated
from handslag.reading.facts.events.links import where
from handslag.reading.facts.events.scene import Scene
from handslag.reading.facts.events.tagger import Spot
from handslag.reading.facts.events.words import event_classes, strength_of

STATUSES = ("planned", "held", "moved", "cancelled", "unknown")
_LEVELS = (0.01, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95)


def level(probability: float) -> str:
    """A probability as a coarse word for a judge's features."""
    return str(sum(probability >= step for step in _LEVELS))


def days_away(dated: Dated, said_on: date | None) -> tuple[int, int] | None:
    """Days from the document's day back to the date as past, and forth to it as future; None if unknown."""
    if said_on is None:
        return None
    found = []
    for tense in ("past", "future"):
        period = resolve(dated.mention, said_on, tense).period
        try:
            day = first_day(period) if period else None
        except BadPeriod:
            day = None
        if day is None:
            return None
        found.append((day - said_on).days)
    return found[0], found[1]


def day_features(dated: Dated, said_on: date | None) -> list[str]:
    """Whether the date lies before or after the document's day, and how far."""
    away = days_away(dated, said_on)
    if away is None:
        return ["day unknown"]
    past, future = away
    if past == future:
        return [
            "day is " + ("before" if past < 0 else "after" if past > 0 else "said"),
            "day is" + str(sum(past >= s for s in (-400, -60, -7, 0, 1, 8, 60, 400))),
        ]
    return [
        "day back" + str(sum(-past >= s for s in (8, 40, 100, 200))),
        "day forth" + str(sum(future >= s for s in (8, 40, 100, 200))),
    ]


def name_features(
    scene: Scene, name: Spot, link: tuple[Dated, float] | None, place: tuple[Spot, float] | None
) -> list[str]:
    """Features of a name with the date and place that are likeliest its own."""
    page = scene.page
    tokens = page.tokens
    sentence = scene.sentence(name.first)
    head = head_of(scene, name)
    low = tokens[head].form.lower()
    classes = event_classes(tokens[head].form)
    nouns = [c for c in classes if ":" not in c] or ["no noun"]
    found = [
        "p" + level(name.probability),
        "lang=" + page.language,
        "z=" + sentence.zone,
        "head=" + low,
        "head4=" + low[-4:],
        "head6=" + low[-6:],
    ]
    found += ["noun " + noun for noun in nouns]
    found += ["made by " + name.maker, "made by " + name.maker + "&" + nouns[0]]
    found += ["noun " + noun + "&p" + level(name.probability) for noun in nouns]
    if sentence.number in scene.listed:
        found += ["in a calendar", "in a calendar&" + nouns[0]]
    if sentence.number < 6:
        found += ["top", "top&" + nouns[0]]
    found.append("words" + str(min(6, name.last - name.first)))
    found.append("row" + str(min(3, sentence.cell)) if sentence.is_row else "prose")
    form = tokens[name.first].form
    found.append(
        ("capital" if form[0].isupper() else "small") + ("&first" if name.first == sentence.first else "&within")
    )
    if name.last - name.first >= sentence.last - sentence.first:
        found += ["whole", "whole&" + nouns[0]]
    found.append("before=" + (tokens[name.first - 1].form.lower() if name.first > sentence.first else "^"))
    found.append("after=" + (tokens[name.last].form.lower() if name.last < sentence.last else "$"))
    found.append("first=" + form.lower())
    found += _date_side(scene, name, link, nouns)
    if place is None:
        found.append("no place")
    else:
        found += ["place" + level(place[1]), "place " + where(scene, name, place[0].first, place[0].last)]
    told = {
        c
        for i in range(sentence.first, sentence.last)
        for c in event_classes(tokens[i].form)
        if c.startswith(("status", "verbs"))
    }
    found += ["s:" + c for c in told]
    stem = low[:6]
    found += _surroundings(scene, name, head, nouns)
    likest, earliest = scene.namesakes(stem)
    best = next((rival.probability for rival in likest if rival is not name), None)
    if best is not None:
        found.append("named elsewhere" + ("+" if best > name.probability else "-") + level(best))
        if any(rival.first < name.first for rival in earliest):
            found.append("named before")
    return found


def _surroundings(scene: Scene, name: Spot, head: int, nouns: list[str]) -> list[str]:
    """The words around the name, how its noun is bent, and what else its sentence holds."""
    page = scene.page
    tokens = page.tokens
    sentence = scene.sentence(name.first)
    found = ["b:" + tokens[i].form.lower() for i in range(max(sentence.first, name.first - 4), name.first)]
    for i in range(name.last, min(sentence.last, name.last + 4)):
        low = tokens[i].form.lower()
        found += ["a:" + low, "a4:" + low[:4]]
    low = tokens[head].form.lower()
    bent = "definite" if low.endswith(("n", "et", "na", "ns", "ets")) else "bare"
    found += [bent + "&" + page.language, bent + "&" + nouns[0]]
    if name.last < sentence.last:
        found += ["after=" + tokens[name.last].form.lower() + "&" + noun for noun in nouns]
    if name.first > sentence.first:
        found += ["before=" + tokens[name.first - 1].form.lower() + "&" + noun for noun in nouns]
    held = {scene.named[i] for i in range(name.first, name.last) if i in scene.named}
    found += ["holds " + kind for kind in held]
    dates = len(scene.dates_of_sentence.get(sentence.number, ()))
    found.append("dates" + str(min(3, dates)))
    found += ["dates" + str(min(2, dates)) + "&strength" + str(strength_of(tokens[head].form))]
    found.append("length" + str(sum(sentence.last - sentence.first >= step for step in (3, 6, 10, 18, 30))))
    beside = [o for o in scene.names if o is not name and sentence.first <= o.first < sentence.last]
    if beside:
        most = max(o.probability for o in beside)
        found.append("beside" + ("+" if most > name.probability else "-") + level(most))
    return found


def _date_side(scene: Scene, name: Spot, link: tuple[Dated, float] | None, nouns: list[str]) -> list[str]:
    if link is None:
        return ["no date", *("no date&" + noun for noun in nouns)]
    dated, probability = link
    here = where(scene, name, dated.first, dated.last)
    kind = dated.mention.kind
    found = ["link" + level(probability), "date " + kind, "date " + kind + "&" + here, "date " + here]
    found += ["link" + level(probability) + "&" + noun for noun in nouns]
    found += day_features(dated, scene.analysis.said_on)
    found.append("bound=" + dated.mention.bound)
    return found


def status_features(scene: Scene, name: Spot, dated: Dated | None) -> list[str]:
    """The words around the name and its date that tell whether it is planned, held, moved or cancelled."""
    page = scene.page
    tokens = page.tokens
    sentence = scene.sentence(name.first)
    found = ["lang=" + page.language, "z=" + sentence.zone]
    if sentence.number in scene.listed:
        found.append("in a calendar")
    numbers = [sentence.number]
    if sentence.is_row:
        numbers = scene.row_sentences[sentence.block]
    elif dated is not None and page.sentence_of[dated.first] != sentence.number:
        numbers = [sentence.number, page.sentence_of[dated.first]]
    for number in numbers:
        other = page.sentences[number]
        for i in range(other.first, other.last):
            if name.first <= i < name.last:
                side = "n:"
            elif number != sentence.number:
                side = "o:"
            else:
                side = "b:" if i < name.first else "a:"
            gap = name.first - i if i < name.first else i - name.last + 1
            for c in event_classes(tokens[i].form):
                if c.startswith(("status", "verbs")):
                    found += [c, side + c]
                    if gap <= 6:
                        found.append("near " + side + c)
            low = tokens[i].form.lower()
            if gap <= 8 and number == sentence.number:
                found.append(side + low)
                if low != tokens[i].form or len(low) > 4:
                    found.append(side + "e3=" + low[-3:])
    if dated is None:
        found.append("no date")
    else:
        found += day_features(dated, scene.analysis.said_on)
        found.append("date " + dated.mention.kind)
    head = tokens[head_of(scene, name)].form.lower()
    found += ["head=" + head, "head4=" + head[-4:]]
    return found
