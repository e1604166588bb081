"""The steps of reading a page, in order: languages and zones, dates, names, role phrases. Facts are built on the result."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, takewhile
from typing import NamedTuple

from handslag.language.dates import DateMention, find_dates
from handslag.language.identify import READ, language_of, line_language
from handslag.reading.deadline import NEVER, Deadline
from handslag.reading.menus import is_menu
from handslag.reading.models import Models
from handslag.reading.names.gazetteer import kinds_given
from handslag.reading.names.organisations import Organisation, resolve_organisations
from handslag.reading.names.people import Person, resolve_people
from handslag.reading.names.person_judging import settle_people
from handslag.reading.names.standing import stand_ins_of, standing_features
from handslag.reading.names.tagger import Mention, Rows, find_mentions, name_rows
from handslag.reading.page import Page, Sentence, page_of
from handslag.reading.spans import Term, add_name_features, find_terms
from handslag.reading.zones import find_zones

# organisations less likely than this take no part in links
LISTED = 0.4


class Voice(NamedTuple):
    """A stretch of the text, in code points, that somebody says; `organisation` is the speaker's, "" if not known."""

    start: int
    end: int
    speaker: str
    organisation: str


@dataclass(slots=True)
class Analysis:
    """A page under reading. Every step fills in its part and reads only the parts before it.

    `homes` is the organisation of each person, `posts` the role, `voices` who says what; both are known once persons and quotes are.
    """

    page: Page
    models: Models
    said_on: date | None = None
    gazetteer: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    deadline: Deadline = NEVER
    rows: Rows = field(default_factory=list)
    tagged: list[Mention] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    stand_ins: dict[int, Organisation] = field(default_factory=dict)
    standing: dict[int, list[str]] = field(default_factory=dict)
    dates: list[DateMention] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)
    voices: list[Voice] = field(default_factory=list)
    _spans: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def spans_of(self, organisation: Organisation) -> list[tuple[int, int]]:
        """The tokens where the organisation is named or stood for, in reading order."""
        spans = self._spans.get(id(organisation))
        if spans is None:
            spans = [(m.first, m.last) for m in organisation.mentions]
            spans += [(i, i + 1) for i, other in self.stand_ins.items() if other is organisation]
            spans.sort()
            self._spans[id(organisation)] = spans
        return spans

    def forget_spans(self) -> None:
        """Forgets what was kept of where organisations stand, since they or what stands for them are new."""
        self._spans.clear()

    def voice_at(self, offset: int) -> Voice | None:
        """Who says the words at `offset`, if they are quoted."""
        return next((voice for voice in self.voices if voice.start <= offset < voice.end), None)

    def dates_in(self, sentence: Sentence) -> list[DateMention]:
        """The dates that stand in the sentence."""
        tokens = self.page.tokens
        start, end = tokens[sentence.first].start, tokens[sentence.last - 1].end
        first = bisect_left(self.dates, start, key=lambda mention: mention.start)
        between = takewhile(lambda mention: mention.start < end, islice(self.dates, first, None))
        return [mention for mention in between if self._holds(sentence, mention.start)]

    def _holds(self, sentence: Sentence, offset: int) -> bool:
        """True if a token of the sentence stands at `offset`; between its lines there may be another column's."""
        i = bisect_right(self.page.tokens, offset, sentence.first, sentence.last, key=lambda token: token.start) - 1
        return i >= sentence.first and offset < self.page.tokens[i].end


def start(text: str, models: Models, tags: Sequence[str] = (), deadline: Deadline = NEVER) -> Analysis:
    """The analysis of a text before its first step; `tags` are the loader's hints, one for each line.

    Every step, and every kind of fact after it, raises `Refusal` once the `deadline` has passed.
    """
    return Analysis(page_of(text), models, tags=tags, deadline=deadline)


def add_languages(analysis: Analysis) -> None:
    """Finds the page's main language and each line's."""
    analysis.deadline.check()
    page = analysis.page
    page.language = language_of(page.text)
    main = page.language
    page.languages = [
        line_language(page.text[line.start : line.end], main) if page.text[line.start : line.end].strip() else ""
        for line in page.lines
    ]


def add_zones(analysis: Analysis) -> None:
    """Labels every line that is not empty with its zone."""
    analysis.deadline.check()
    page = analysis.page
    contents = [page.text[line.start : line.end].strip() for line in page.lines]
    is_workbook = "row" in analysis.tags  # lines without running text, but no menu
    if not is_workbook and is_menu([content for content in contents if content]):
        page.zones = ["furniture" if content else "" for content in contents]
    else:
        page.zones = find_zones(page, analysis.models, analysis.tags)
    pass_on_zones(page)


def pass_on_zones(page: Page) -> None:
    """Gives every sentence the zone and language of its line."""
    for sentence in page.sentences:
        sentence.zone = page.zones[sentence.line]
        sentence.language = page.languages[sentence.line] or page.language


def add_names(analysis: Analysis) -> None:
    """Finds the names, and the persons and organisations that bear them."""
    tag_names(analysis)
    settle_names(analysis)


def tag_names(analysis: Analysis) -> None:
    """Marks the names as the tagger sees them, word by word."""
    analysis.deadline.check()
    analysis.rows = name_rows(analysis.page)
    analysis.deadline.check()
    analysis.tagged = find_mentions(analysis.page, analysis.rows, analysis.models, analysis.gazetteer)


def settle_names(analysis: Analysis) -> None:
    """Judges what is a person's name over the whole page, and finds who bears the names."""
    analysis.deadline.check()
    judge = analysis.models.judge("people-names")
    analysis.mentions = settle_people(analysis.page, analysis.rows, analysis.tagged, judge)
    add_bearers(analysis)
    add_name_features(analysis.page, analysis.rows, analysis.mentions)


def add_bearers(analysis: Analysis) -> None:
    """Groups the mentions into persons and organisations."""
    analysis.deadline.check()
    analysis.people = resolve_people(analysis.page, analysis.mentions)
    analysis.organisations = resolve_organisations(analysis.page, analysis.mentions, kinds_given(analysis.gazetteer))
    analysis.forget_spans()


def add_standing(analysis: Analysis) -> None:
    """Finds what stands for which organisation, and each one's part on the page; the organisations are judged by then."""
    listed = [organisation for organisation in analysis.organisations if organisation.certainty >= LISTED]
    analysis.stand_ins = stand_ins_of(analysis.page, listed)
    analysis.standing = standing_features(analysis.page, analysis.organisations)
    analysis.forget_spans()


def add_terms(analysis: Analysis) -> None:
    """Finds role phrases."""
    analysis.deadline.check()
    analysis.terms = find_terms(analysis.page, analysis.rows, analysis.mentions, analysis.models)


def add_dates(analysis: Analysis) -> None:
    """Finds the dates of the text."""
    page = analysis.page
    analysis.dates = find_dates(
        page.text, page.language if page.language in READ else "en", check=analysis.deadline.check
    )
