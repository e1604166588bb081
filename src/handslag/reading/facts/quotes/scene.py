"""What finding quotations needs of a page, made once: paragraphs, lower-case forms, and where persons and bodies stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from handslag.language.base_forms import folded
from handslag.language.speech import speech_words
from handslag.reading.analysis import Analysis
from handslag.reading.facts.quotes.people import distinct_people, labelled_people, places_of, unlisted_people
from handslag.reading.names.people import Person
from handslag.reading.page import Page, Sentence

DASHES = frozenset("–—-")
DOUBLE = frozenset('"“”„»«')
SINGLE = frozenset("'‘’‚")
MARKS = DOUBLE | SINGLE
_LABEL_LONGEST = 6


@dataclass(slots=True)
class Paragraph:
    """Tokens `[first, last)` that stand together as a paragraph, line or cell; `ends` are the ends of its sentences."""

    number: int
    first: int
    last: int
    line: int
    zone: str
    language: str
    ends: list[int]
    after_blank: bool = False
    is_cell: bool = False


def turn_label(page: Page, paragraph: Paragraph) -> tuple[int, int, int]:
    """The label of a labelled line: its first and last token (brackets and what follows a comma left out) and where speech begins; zeros if it has none."""
    tokens = page.tokens
    first = paragraph.first
    stop = min(paragraph.last - 1, first + _LABEL_LONGEST + 6)
    while first < stop and (tokens[first].form in "[(–—-•*" or tokens[first].form[0].isdigit()):
        first += 1
        if first < stop and tokens[first].form in "])":
            first += 1
    if first >= stop or not tokens[first].form[0].isupper():
        return 0, 0, 0
    last = 0
    for i in range(first + 1, stop):
        form = tokens[i].form
        if form == ":":
            return (first, last or i, i + 1) if (last or i) - first <= _LABEL_LONGEST else (0, 0, 0)
        if form in "(," and not last:
            last = i
        if form in "!?;" or form in MARKS or (form == "," and i - first < 2):
            break
    return 0, 0, 0


@dataclass
class Scene:
    """A page with what the readers of quotations share."""

    analysis: Analysis
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.analysis.page

    @cached_property
    def low(self) -> list[str]:
        """The tokens' forms in lower case."""
        return [token.form.lower() for token in self.page.tokens]

    @cached_property
    def body_at(self) -> dict[int, tuple[int, int]]:
        """Token of an organisation's name → the name's first and last token."""
        return {
            i: (m.first, m.last) for m in self.analysis.mentions if m.kind == "ORG" and m.probability >= 0.5
            for i in range(m.first, m.last)
        }  # fmt: skip

    @cached_property
    def _people(self) -> tuple[list[Person], dict[int, int]]:
        listed = distinct_people(self.analysis.people, self.page, self.body_at)
        known = places_of(self.page, self.low, listed, self.body_at)
        labels = [
            turn_label(self.page, paragraph)[:2] for paragraph in self.paragraphs if self._may_be_labelled(paragraph)
        ]
        more = unlisted_people(self.page, self.low, known, self._attributions())
        more += labelled_people(self.page, self.low, known, [label for label in labels if label[1]])
        everybody = [*listed, *more]
        return everybody, places_of(self.page, self.low, everybody, self.body_at) if more else known

    @property
    def people(self) -> list[Person]:
        """The page's people, and after them those whom only an attribution or a label names."""
        return self._people[0]

    @property
    def person_at(self) -> dict[int, int]:
        """Token → number of the person (in `people`) whose name it is part of."""
        return self._people[1]

    def _may_be_labelled(self, paragraph: Paragraph) -> bool:
        return ":" in self.low[paragraph.first + 1 : paragraph.first + 9]

    @cached_property
    def person_starts(self) -> list[tuple[int, int]]:
        """Every place where a person is named, as (token, person), in reading order."""
        at = self.person_at
        return [(i, number) for i, number in sorted(at.items()) if at.get(i - 1) != number]

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The parts of the people's names, folded."""
        return frozenset(part for person in self.people for part in folded(person.name).split())

    def is_first_person(self, token: int, language: str) -> bool:
        """True for a word of the first person; "I" is one in English text alone."""
        return self.low[token] in speech_words("first_person") or (
            language == "en" and self.page.tokens[token].form == "I"
        )

    @cached_property
    def _firsts(self) -> list[int]:
        return [paragraph.first for paragraph in self.paragraphs]

    def paragraph_at(self, token: int) -> Paragraph:
        """The paragraph that holds a token."""
        return self.paragraphs[bisect_right(self._firsts, token) - 1]

    def sentence_end(self, token: int) -> int:
        """The end of the sentence that holds `token`."""
        return self.page.sentences[self.page.sentence_of[token]].last

    def sentence_start(self, token: int) -> int:
        return self.page.sentences[self.page.sentence_of[token]].first

    @cached_property
    def marks(self) -> list[int]:
        """The tokens that are quotation marks or apostrophes."""
        return [i for i, word in enumerate(self.low) if word in MARKS]

    def _attributions(self) -> list[tuple[int, int]]:
        """The paragraphs with marks or a dash at the start: there attributions stand."""
        numbers = {self.paragraph_at(i).number for i in self.marks}
        numbers |= {paragraph.number for paragraph in self.paragraphs if self.low[paragraph.first] in DASHES}
        return [(self.paragraphs[n].first, self.paragraphs[n].last) for n in sorted(numbers)]


def scene_of(analysis: Analysis) -> Scene:
    """The scene of a page with zones and names."""
    page = analysis.page
    scene = Scene(analysis)
    paragraphs = scene.paragraphs
    wrapped = _is_wrapped(page)
    last_block, last_line = -1, -1
    for sentence in page.sentences:
        begins_line = not wrapped and sentence.line > last_line and _starts_line(page, sentence)
        if sentence.block == last_block and not sentence.is_row and not begins_line:
            paragraphs[-1].last = sentence.last
            paragraphs[-1].ends.append(sentence.last)
        else:
            blank = sentence.line > 0 and not page.zones[sentence.line - 1]
            paragraphs.append(Paragraph(
                len(paragraphs), sentence.first, sentence.last, sentence.line, sentence.zone, sentence.language,
                [sentence.last], blank, sentence.is_row,
            ))  # fmt: skip
        last_block = sentence.block
        last_line = page.line_at(page.tokens[sentence.last - 1].start)
    return scene


def _starts_line(page: Page, sentence: Sentence) -> bool:
    """True if nothing but white space stands before the sentence on its line."""
    start = page.tokens[sentence.first].start
    return not page.text[page.lines[sentence.line].start : start].strip()


def _is_wrapped(page: Page) -> bool:
    """True if the page breaks its paragraphs' lines: then a sentence may begin on any line by chance."""
    broken = 0
    for sentence in page.sentences:
        if sentence.last - sentence.first > 5 and not sentence.is_row:
            end = page.tokens[sentence.last - 1].end
            if "\n" in page.text[page.tokens[sentence.first].start : end]:
                broken += 1
                if broken > 2:
                    return True
    return False
