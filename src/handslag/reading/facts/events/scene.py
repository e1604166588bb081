"""What stands around an event's name: dates and places it could have, nearest first, and how they stand to it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from heapq import nlargest, nsmallest

from handslag.reading.analysis import Analysis
from handslag.reading.facts.events.dates import Dated
from handslag.reading.facts.events.tagger import Spot
from handslag.reading.facts.events.words import event_classes
from handslag.reading.page import Page, Sentence

NEAR_SENTENCES = 3
MOST_OPTIONS = 7
_SECTION_SENTENCES = 30
# a name as likely as this can be the one that a date or a place belongs to
_LIKELY = 0.1
# names that overlap may differ so much in their distance to a span without standing in its order
_SPREAD = 24


@dataclass(slots=True)
class Scene:
    """A page's names, dates and places of events, with what is needed to look from one to the other.

    `likely` are the names that are not quite unlikely, in reading order, `firsts` their first tokens.
    """

    analysis: Analysis
    dates: list[Dated]
    names: list[Spot]
    places: list[Spot]
    dates_of_sentence: dict[int, list[Dated]] = field(default_factory=lambda: defaultdict(list))
    places_of_sentence: dict[int, list[Spot]] = field(default_factory=lambda: defaultdict(list))
    headings: list[tuple[int, Dated]] = field(default_factory=list)
    row_sentences: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    moving: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    named: dict[int, str] = field(default_factory=dict)
    towns: frozenset[int] = frozenset()
    likely: list[Spot] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    _namesakes: dict[str, tuple[list[Spot], list[Spot]]] = field(default_factory=dict)
    _shifts: dict[int, dict[int, str]] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.analysis.page

    def sentence(self, token: int) -> Sentence:
        return self.page.sentences[self.page.sentence_of[token]]

    def neighbours(self, sentence: Sentence) -> list[int]:
        """The numbers of the sentences around one, and of the cells in its row, itself included."""
        first, last = (
            max(0, sentence.number - NEAR_SENTENCES),
            min(len(self.page.sentences), sentence.number + NEAR_SENTENCES + 1),
        )
        around = set(range(first, last))
        if sentence.is_row:
            around.update(self.row_sentences[sentence.block])
        return sorted(around)

    def dates_near(self, name: Spot) -> list[Dated]:
        """Dates that the event could have, the nearest first."""
        sentence = self.sentence(name.first)
        options = [dated for number in self.neighbours(sentence) for dated in self.dates_of_sentence.get(number, ())]
        heading = self.heading_of(name)
        if heading is not None and heading not in options:
            options.append(heading)
        return sorted(options, key=lambda dated: self.distance(name, dated.first, dated.last))[:MOST_OPTIONS]

    def places_near(self, name: Spot) -> list[Spot]:
        """Places that the event could have, the nearest first."""
        sentence = self.sentence(name.first)
        options = [place for number in self.neighbours(sentence) for place in self.places_of_sentence.get(number, ())]
        return sorted(options, key=lambda place: self.distance(name, place.first, place.last))[:MOST_OPTIONS]

    def is_town(self, token: int) -> bool:
        """True if the tagger of names takes the token for part of a place's name."""
        return token in self.towns

    def heading_of(self, name: Spot) -> Dated | None:
        """The date that stands alone on the last such line above the name: a programme's day."""
        number = self.page.sentence_of[name.first]
        k = bisect_left(self.headings, number, key=lambda item: item[0]) - 1
        if k >= 0 and number - self.headings[k][0] <= _SECTION_SENTENCES:
            return self.headings[k][1]
        return None

    def shift_of(self, dated: Dated) -> str:
        """The word "old" or "new" for a day from which or to which something is moved, else ""."""
        sentence = self.sentence(dated.first)
        numbers = self.row_sentences[sentence.block] if sentence.is_row else [sentence.number]
        if not any(number in self.moving for number in numbers):
            return ""
        shifts = self._shifts.get(numbers[0])
        if shifts is None:
            dates = (other for number in numbers for other in self.dates_of_sentence.get(number, ()))
            shifts = self._shifts[numbers[0]] = _all_shifts({id(other): _shift(self.page, other) for other in dates})
        return shifts[id(dated)]

    def likely_between(self, first: int, last: int) -> int:
        """How many likely names begin among tokens `[first, last)`."""
        return max(0, bisect_left(self.firsts, last) - bisect_left(self.firsts, first))

    def namesakes(self, stem: str) -> tuple[list[Spot], list[Spot]]:
        """Of the names with a word that begins with `stem`: the two likeliest, and the one that stands first."""
        found = self._namesakes.get(stem)
        if found is None:
            tokens = self.page.tokens
            names = [
                name for name in self.names
                if any(tokens[i].form.lower().startswith(stem) for i in range(name.first, name.last))
            ]  # fmt: skip
            likest = nlargest(2, names, key=lambda name: name.probability)
            found = self._namesakes[stem] = (likest, nsmallest(1, names, key=lambda name: name.first))
        return found

    def rivals(self, name: Spot, first: int, last: int) -> int:
        """How many other likely names stand nearer to a span than `name`: 0, 1 or, for more, 2."""
        own = self.distance(name, first, last)
        here = bisect_left(self.firsts, first)
        found = 0
        for side in (range(here - 1, -1, -1), range(here, len(self.likely))):
            for k in side:
                other = self.likely[k]
                distance = self.distance(other, first, last)
                if distance > own + _SPREAD or found == 2:
                    break
                found += distance < own and other is not name
        return found

    def distance(self, name: Spot, first: int, last: int) -> int:
        """Tokens between, other sentences weighing twelve tokens, other cells of the row four."""
        page = self.page
        a, b = self.sentence(name.first), self.sentence(first)
        if first < name.last and last > name.first:
            return 0
        tokens = first - name.last if first >= name.last else name.first - last
        if a.is_row and a.block == b.block:
            return 4 * abs(a.number - b.number)
        del page
        return tokens + 12 * abs(a.number - b.number)


def _all_shifts(said: dict[int, str]) -> dict[int, str]:
    """What is said of each date, and by the others of those of which nothing is said."""
    words = set(said.values())
    rest = "old" if "new" in words else "new" if "old" in words else "only"
    return {date: word or rest for date, word in said.items()}


def _shift(page: Page, dated: Dated) -> str:
    """What the words before a date say of it where something is moved."""
    for i in range(dated.first - 1, max(-1, dated.first - 5), -1):
        low = page.tokens[i].form.lower()
        if low in ("till", "to", "until", "nytt", "ny", "new"):
            return "new"
        if low in ("från", "from"):
            return "old"
        if low not in ("den", "the", "och", "and", "på", "on", ":", "datum", "date", "tid", "day", "dag"):
            return ""
    return ""


def scene_of(analysis: Analysis, dates: list[Dated], spots: list[Spot]) -> Scene:
    """The scene of a page's spots and dates."""
    page = analysis.page
    scene = Scene(analysis, dates, [s for s in spots if s.kind == "EVENT"], [s for s in spots if s.kind == "PLACE"])
    scene.towns = frozenset(i for m in analysis.mentions if m.kind == "LOC" for i in range(m.first, m.last))
    is_listed = False
    for sentence in page.sentences:
        if sentence.is_row:
            scene.row_sentences[sentence.block].append(sentence.number)
        if sentence.zone == "headline" or sentence.last - sentence.first <= 4:
            forms = [page.tokens[i].form for i in range(sentence.first, min(sentence.last, sentence.first + 6))]
            if any("calendar" in event_classes(form) for form in forms):
                is_listed = True
            elif sentence.zone == "headline":
                is_listed = False
        if is_listed:
            scene.listed.add(sentence.number)
    for organisation in analysis.organisations:
        for mention in organisation.mentions:
            if mention.probability >= 0.5:
                scene.named.update((i, organisation.kind) for i in range(mention.first, mention.last))
    for person in analysis.people:
        for mention in person.mentions:
            scene.named.update((i, "person") for i in range(mention.first, mention.last))
    scene.likely = sorted((s for s in scene.names if s.probability >= _LIKELY), key=lambda spot: spot.first)
    scene.firsts = [spot.first for spot in scene.likely]
    for dated in dates:
        number = page.sentence_of[dated.first]
        sentence = page.sentences[number]
        if number not in scene.dates_of_sentence and any(
            "status:moved" in event_classes(t.form) for t in page.tokens[sentence.first : sentence.last]
        ):
            scene.moving.add(number)
        scene.dates_of_sentence[number].append(dated)
        if 2 * (dated.last - dated.first) >= sentence.last - sentence.first and not sentence.is_row:
            scene.headings.append((number, dated))
    for place in scene.places:
        scene.places_of_sentence[page.sentence_of[place.first]].append(place)
    return scene
