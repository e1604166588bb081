"""Candidates for figures: every number of a page with its tokens, its sentence and its row's label and scale."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from handslag.language.dates import DateMention
from handslag.language.identify import READ
from handslag.language.numbers import NumberMention, find_numbers
from handslag.reading.analysis import Analysis
from handslag.reading.facts.figures.tables import Row, Tables
from handslag.reading.page import Page, Sentence

SKIPPED_ZONES = frozenset({"furniture"})


@dataclass(slots=True)
class Candidate:
    """A number of the page: its tokens `[first, last)`, its sentence, its row where it stands in one, and its unit.

    `unit_span` is the unit's tokens, None where the unit is a currency or percent or where there is none; `unit_from`
    says where the unit was read: "own", "after", "row", "shared", "before", "earlier" or "".
    """

    mention: NumberMention
    first: int
    last: int
    sentence: Sentence
    row: Row | None = None
    unit: str = ""
    unit_span: tuple[int, int] | None = None
    unit_from: str = ""
    unit_probability: float = 1.0
    neighbours: list[Candidate] = field(default_factory=list)

    @property
    def is_glued(self) -> bool:
        """True if letters or a hyphen hang on the number: "15-year"."""
        return self.unit_from == "glued"


@dataclass(slots=True)
class Scene:
    """A page's candidates in text order, with what is looked up for all of them."""

    analysis: Analysis
    page: Page
    forms: list[str]
    lower: list[str]
    candidates: list[Candidate]
    date_starts: list[int]
    dates: list[DateMention]


def _is_key(text: str, end: int) -> bool:
    """True for a figure that is drawn as a key, as lists in posts number their points."""
    return text[end : end + 1] in ("\ufe0f", "\u20e3")


def scene_of(analysis: Analysis) -> Scene:
    """The numbers of the page outside furniture, in text order, those of tables in base units."""
    page = analysis.page
    forms = [token.form for token in page.tokens]
    lower = [form.lower() for form in forms]
    dates = analysis.dates
    scene = Scene(analysis, page, forms, lower, [], [date.start for date in dates], dates)
    mentions = find_numbers(page.text, page.language if page.language in READ else "en", dates=dates)
    mentions = [
        mention
        for mention in mentions
        if page.zone_at(mention.start) not in SKIPPED_ZONES and not _is_key(page.text, mention.end)
    ]
    if not mentions:
        return scene
    order = sorted((token.start, i) for i, token in enumerate(page.tokens))
    starts = [start for start, _ in order]
    tables = Tables(page)
    of_sentence: dict[int, list[Candidate]] = {}
    for mention in mentions:
        first = order[max(0, bisect_right(starts, mention.start) - 1)][1]
        last = order[max(0, bisect_left(starts, mention.end) - 1)][1] + 1
        sentence = page.sentences[page.sentence_of[first]]
        if not first < last <= sentence.last:
            last = min(max(last, first + 1), sentence.last)
        row = tables.row_of(sentence, mention.start)
        same = of_sentence.setdefault(sentence.number, [])
        candidate = Candidate(
            mention if row is None else row.scaled(mention), first, last, sentence, row, neighbours=same
        )
        same.append(candidate)
        scene.candidates.append(candidate)
    return scene
