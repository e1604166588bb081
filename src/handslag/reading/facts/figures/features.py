"""What speaks for and against a number being a figure of the page: features for the judge."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import accumulate

from handslag.language.speech import is_speech_verb
from handslag.reading.facts.figures.candidates import Candidate, Scene
from handslag.reading.facts.figures.doubts import doubts_of
from handslag.reading.facts.figures.nouns import figure_words
from handslag.reading.features import shape_of

_QUOTES = frozenset(["“", "”", '"', "»", "«", "‘", "’"])
# characters before a number that are looked at for words before it in its line
_OPENING = 240
_DATED = frozenset(("date after", "date before", "in date"))
_CONTRACT = frozenset(["§", "parterna", "parties"])


class Surroundings:
    """What is counted once for a page: how often a value occurs, how many numbers there are."""

    def __init__(self, scene: Scene) -> None:
        self.values = Counter((c.mention.value, c.mention.unit) for c in scene.candidates)
        words = frozenset(scene.lower)
        count = len(scene.candidates)
        self.page = ["page " + ("few" if count < 4 else "some" if count < 12 else "many")]
        self.page += ["page has " + word for word in _CONTRACT if word in words]
        self._quotes = list(accumulate((word in _QUOTES for word in scene.lower), initial=0))

    def quotes_between(self, first: int, last: int) -> int:
        """How many quotation marks are among tokens `[first, last)`."""
        return self._quotes[last] - self._quotes[first]


def size_of(value: float) -> str:
    """The value's size in a word."""
    if value < 0:
        return "-"
    if value != int(value):
        return "decimal"
    return str(int(value)) if value < 6 else "0" + str(len(str(int(value))))


def figure_features(scene: Scene, candidate: Candidate, around: Surroundings) -> list[str]:
    """The features of one number, its unit being known."""
    lower, forms, mention, sentence = scene.lower, scene.forms, candidate.mention, candidate.sentence
    first, last = candidate.first, candidate.last
    begin, end = sentence.first, sentence.last
    kind = mention.kind + ("/" + mention.unit if mention.unit == "" or mention.kind != "money" else "")
    size = size_of(mention.value)
    after = lower[last] if last < end else "$"
    second = lower[last + 1] if last + 1 < end else "$"
    before = lower[first - 1] if first > begin else "^"
    earlier = lower[first - 2] if first - 1 > begin else "^"
    unit = candidate.unit.lower() if candidate.unit_from != "own" else ""
    head = unit.rsplit(" ", 1)[-1] if unit else ""
    found = [
        *around.page, sentence.language, "kind=" + kind, "size=" + size, "kind&size=" + mention.kind + size, "z=" + sentence.zone,
        "z&kind=" + sentence.zone + "&" + mention.kind, "q=" + mention.qualifier, "from=" + candidate.unit_from,
        "kind&from=" + mention.kind + "&" + candidate.unit_from, "-1=" + before, "-2=" + earlier, "+1=" + after, "+2=" + second,
        "kind&-1=" + mention.kind + "&" + before, "+1s=" + (shape_of(forms[last]) if last < end else "$"),
        "-1s=" + (shape_of(forms[first - 1]) if first > begin else "^"), "head=" + head, "head5=" + head[-5:], "head3=" + head[-3:],
        "few" if mention.value < 5 and mention.kind == "count" else "not few",
    ]  # fmt: skip
    if mention.value < 10 and mention.kind == "count":
        found += [
            "small&head=" + head,
            "small&from=" + candidate.unit_from,
            "small&z=" + sentence.zone,
            "small&head3=" + head[-3:],
        ]
    if " " in unit:
        found.append("unit of words" + str(min(3, unit.count(" "))))
    if mention.is_word:
        found += ["word", "word&size=" + size, "word&z=" + sentence.zone]
    if mention.partner >= 0:
        found.append("range")
    if candidate.is_glued:
        found += ["glued", "glued=" + head]
    if mention.kind == "duration":
        found += [
            "duration&-1=" + before,
            "duration&+2=" + second,
            "duration&-2=" + earlier,
            "duration " + size,
            "duration&q=" + mention.qualifier,
        ]
    if mention.unit_basis == "inferred":
        found.append("inferred " + mention.kind)
    if head in figure_words("of the medium") or after in figure_words("of the medium"):
        found += ["medium", "medium " + sentence.zone]
    if mention.kind == "count" and 1900 <= mention.value <= 2100 and mention.end - mention.start == 4:
        found += ["year", "year&-1=" + before]
    places = _places(scene, candidate)
    found += places
    found.append(doubts_of(scene, candidate, not _DATED.isdisjoint(places)))
    found += _sentence(scene, candidate, around)
    if around.values[mention.value, mention.unit] > 1:
        found += ["repeated", "repeated " + mention.kind]
    return found


def _places(scene: Scene, candidate: Candidate) -> list[str]:
    """Where the number stands: in the sentence, in a row, near a date."""
    sentence, row, mention = candidate.sentence, candidate.row, candidate.mention
    found = []
    if row is not None:
        found += [
            "row",
            "row cells" + str(min(5, row.cells)),
            "row kind=" + mention.kind,
            "row " + ("scaled" if row.scale else "plain"),
        ]
        found += ["row has " + ("label" if row.label else "none"), "bars" if row.has_bars else "spaces"]
        if row.label:
            found.append("label=" + row.label.split()[0].lower())
    line_start = scene.page.lines[scene.page.line_at(mention.start)].start
    if not scene.page.text[max(line_start, mention.start - _OPENING) : mention.start].strip(" \t|•*-–"):
        found += [
            "line start",
            "line start "
            + ("bars" if row is not None and row.has_bars else "row" if row is not None else mention.kind),
        ]
    if candidate.first == sentence.first:
        found += ["opens", "opens " + mention.kind + " " + sentence.zone]
    if candidate.last == sentence.last:
        found += ["closes", "closes " + mention.kind]
    if sentence.last - sentence.first <= 3:
        found.append("short")
    place = bisect_left(scene.date_starts, mention.start)
    if place < len(scene.dates) and scene.dates[place].start - mention.end <= 3:
        found.append("date after")
    if place and 0 <= mention.start - scene.dates[place - 1].end <= 3:
        found.append("date before")
    if place and scene.dates[place - 1].end > mention.start:
        found.append("in date")
    return found


def _sentence(scene: Scene, candidate: Candidate, around: Surroundings) -> list[str]:
    """The other words of the sentence, and whether the number is said in a quotation."""
    lower, sentence = scene.lower, candidate.sentence
    low, high = max(sentence.first, candidate.first - 8), min(sentence.last, candidate.last + 8)
    words = lower[low:high]
    found = ["near=" + word for word in dict.fromkeys(words) if len(word) > 1 and word[0].isalpha()]
    found += ["b=" + word for word in lower[max(low, candidate.first - 4) : candidate.first]]
    terms = figure_words("terms")
    if any(word in terms for word in words):
        found += ["term", "term&" + candidate.mention.kind]
    if any(is_speech_verb(word) for word in words):
        found.append("said")
    if around.quotes_between(sentence.first, candidate.first) % 2:
        found.append("in quote")
    found.append("numbers" + str(min(4, len(candidate.neighbours))))
    found.append("length" + str(min(6, (sentence.last - sentence.first) // 6)))
    return found
