"""What finding quotations needs of a page, made once: paragraphs, lower-case forms, and where persons and bodies stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from handslag.language.base_forms import folded
from handslag.language.speech import speech_words
from handslag.reading.analysis import Analysis
from handslag.reading.page import Page, Sentence

DASHES = frozenset("–—-")


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
    def person_at(self) -> dict[int, int]:
        """Token → number of the person (in `analysis.people`) whose name it is part of."""
        return {
            i: number for number, person in enumerate(self.analysis.people)
            for mention in person.mentions for i in range(mention.first, mention.last)
        }  # fmt: skip

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The parts of the people's names, folded."""
        return frozenset(part for person in self.analysis.people for part in folded(person.name).split())

    @cached_property
    def body_at(self) -> set[int]:
        """The tokens of organisations' names."""
        return {i for m in self.analysis.mentions if m.kind == "ORG" and m.probability >= 0.5 for i in range(m.first, m.last)}

    @cached_property
    def person_starts(self) -> list[tuple[int, int, int]]:
        """Every mention of a person as (first, last, person), in reading order."""
        return sorted((m.first, m.last, n) for n, person in enumerate(self.analysis.people) for m in person.mentions)

    def is_first_person(self, token: int, language: str) -> bool:
        """True for a word of the first person; "I" is one in English text alone."""
        return self.low[token] in speech_words("first_person") or (language == "en" and self.page.tokens[token].form == "I")

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


def scene_of(analysis: Analysis) -> Scene:
    """The scene of an analysed page: furniture is left out."""
    page = analysis.page
    scene = Scene(analysis)
    wrapped = _is_wrapped(page)
    last_block, last_line = -1, -1
    for sentence in page.sentences:
        if scene.paragraphs and sentence.block == last_block and not sentence.is_row and not (
            not wrapped and sentence.line > last_line and _starts_line(page, sentence)
        ):
            paragraph = scene.paragraphs[-1]
            paragraph.last = sentence.last
            paragraph.ends.append(sentence.last)
        else:
            blank = sentence.line > 0 and not page.zones[sentence.line - 1]
            scene.paragraphs.append(Paragraph(
                len(scene.paragraphs), sentence.first, sentence.last, sentence.line, sentence.zone, sentence.language,
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
