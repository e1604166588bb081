"""A sentence as following sees it: its telling words, figures, times, names and cues, and who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple, TypeVar, cast

from handslag.following.documents import Document, Stretch, Voice
from handslag.following.seeing.actions import told_results
from handslag.following.seeing.cues import Cue, find_cues
from handslag.following.seeing.names import Name, bare_word, names_in
from handslag.following.seeing.words import Word, keys_of, telling_words
from handslag.kernel.periods import first_day, is_period
from handslag.language.dates import DateMention, Tense, find_dates, resolve
from handslag.language.lexicon import classes_of
from handslag.language.numbers import find_numbers
from handslag.language.tokens import Token, tokens_of
from handslag.vocabulary.load import vocabulary

Found = TypeVar("Found")
# Letters of a word that is too short to be taken for another with a letter off.
_SHORT: Final = 5


class Figure(NamedTuple):
    """A number at `[start, end)`: its value, kind (count, money, percent, share, duration, …) and unit."""

    start: int
    end: int
    value: float
    kind: str
    unit: str


@dataclass
class Sentence:
    """One sentence of a document and what is in it, each looked for when it is first asked for: of a commitment's page little is.

    `known` are words that the document knows as names; figures, times and cues hold of what was said on `said_on`.
    """

    text: str = field(repr=False)
    start: int
    end: int
    zone: str
    language: str
    said_on: str
    known: frozenset[str] = field(default=frozenset(), repr=False)
    voice: Voice | None = None
    number: int = 0
    paragraph: int = 0
    section: str = ""
    _kept: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    def kept(self, find: Callable[[Sentence], Found]) -> Found:
        """What a function finds in the sentence, found once; nobody may change it."""
        if find not in self._kept:
            self._kept[find] = find(self)
        return cast("Found", self._kept[find])

    def printed(self, figure: Figure) -> str:
        """A figure of the sentence as it stands there."""
        return " ".join(token.form for token in self.tokens if figure.start <= token.start < figure.end)

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and signs."""
        return tokens_of(self.text, self.start, self.end)

    @cached_property
    def low(self) -> list[str]:
        """Its words and signs in small letters."""
        return [token.form.lower() for token in self.tokens]

    @cached_property
    def words(self) -> list[Word]:
        """Its telling words."""
        return telling_words(self.tokens, self.language)

    @cached_property
    def names(self) -> list[Name]:
        """Its rows of capitalised words."""
        return names_in(self.tokens, lambda word: word not in self.known and not _is_of_a_name(word))

    @cached_property
    def figures(self) -> list[Figure]:
        """Its numbers, without those of dates."""
        return _figures(self.text[self.start : self.end], self.start, self.language, self.tokens, self._dates)

    @cached_property
    def periods(self) -> list[str]:
        """The times that may be meant."""
        return _periods(self._dates, self.said_on, ("past", "future"))

    @cached_property
    def meant(self) -> list[str]:
        """The times that are meant, as the sentence speaks of what was or of what will be."""
        return _periods(self._dates, self.said_on, ("future" if "future" in self.classes else "past",))

    @cached_property
    def cues(self) -> list[Cue]:
        """Its phrases that tell what became of something."""
        return find_cues(self.low, self.language)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The classes of its cues."""
        return frozenset(cue.name for cue in self.cues)

    @cached_property
    def results(self) -> list[Cue]:
        """The words by which the outcome of an action is told."""
        return told_results(self.low, self.language)

    @cached_property
    def long_words(self) -> frozenset[str]:
        """Its words of some length, in small letters and without a genitive."""
        return frozenset(bare_word(token.form) for token in self.tokens if len(token.form) > _SHORT)

    @cached_property
    def keys(self) -> frozenset[str]:
        """By what commitments are found that it may tell of."""
        of_words = [key for word in self.words for key in keys_of(word)]
        return frozenset([*of_words, *("n:" + word for name in self.names for word in name.words)])

    @cached_property
    def _dates(self) -> list[DateMention]:
        return find_dates(self.text[self.start : self.end], self.language)


def sentences_of(document: Document) -> list[Sentence]:
    """The document's sentences that have words."""
    read = [read_sentence(document, stretch) for stretch in document.sentences]
    known = _known_as_names(document, read)
    found: list[Sentence] = []
    for sentence in read:
        sentence.known = known
        if sentence.low:
            sentence.number = len(found)
            found.append(sentence)
    _part(document.text, found)
    return found


def _part(text: str, sentences: Sequence[Sentence]) -> None:
    """Tells which paragraph each sentence stands in, and which heading of short news or of names stands over it."""
    headings = {str(word) for words in vocabulary("outcome_words")["side_headings"].values() for word in words}
    section, paragraph = "", 0
    for before, sentence in zip([None, *sentences], sentences, strict=False):
        if before is not None and "\n\n" in text[before.end : sentence.start]:
            paragraph += 1
        sentence.paragraph = paragraph
        bare = " ".join(sentence.low).strip(" :.-–—")
        if any(bare == heading or bare.startswith(heading + " ") for heading in headings) and len(sentence.low) <= 7:
            section = "side"
        elif len(sentence.low) <= 5 and text[sentence.start : sentence.end].isupper() and paragraph > 0:
            section = "capitals"
        elif section == "capitals" and before is not None and sentence.paragraph > before.paragraph:
            section = ""
        sentence.section = section
        if any(bare.startswith(heading + " :") for heading in headings) or _leads(sentence, headings):
            sentence.section = "side"


def _leads(sentence: Sentence, headings: set[str]) -> bool:
    """True if the sentence itself begins with such a heading: "Jobb: Estrid Malmgård tillträder …"."""
    if ":" not in sentence.low[:5]:
        return False
    return " ".join(sentence.low[: sentence.low.index(":")]) in headings


def read_sentence(document: Document, stretch: Stretch) -> Sentence:
    """What is in one stretch of a document."""
    start, end = stretch.start, stretch.end
    language = "en" if (stretch.language or document.language) == "en" else "sv"
    voice = next((voice for voice in document.voices if voice.start < end and start < voice.end), None)
    return Sentence(document.text, start, end, stretch.zone, language, document.said_on, voice=voice)


@lru_cache(maxsize=1 << 14)
def _is_of_a_name(low: str) -> bool:
    """True for a place or a body of the vocabulary, which is a name also where it begins a sentence."""
    return any(name.startswith("place") or name == "body" for name in classes_of(low.capitalize()))


def _figures(part: str, start: int, language: str, tokens: Sequence[Token], dates: Sequence[DateMention]) -> list[Figure]:  # fmt: skip
    found = [
        Figure(start + n.start, start + n.end, float(n.value), n.kind, str(n.unit))
        for n in find_numbers(part, language, dates=dates)
        if n.kind != "ordinal"
    ]
    taken = [(figure.start, figure.end) for figure in found]
    # "three of five": a share to the grammar of numbers, and two counts here
    for token in tokens:
        value = _spelt(language).get(token.form.lower())
        if value is not None and (token.start, token.end) not in taken:
            found.append(Figure(token.start, token.end, float(value), "count", ""))
    return found


@lru_cache(maxsize=2)
def _spelt(language: str) -> dict[str, float]:
    return {str(word): float(value) for word, value in vocabulary("outcome_words")["numbers"][language].items()}


def _periods(dates: Iterable[DateMention], said_on: str, tenses: Sequence[Tense]) -> list[str]:
    day = date.fromisoformat(said_on) if len(said_on) == 10 else first_day(said_on) if said_on else None
    found = []
    for mention in dates:
        for tense in tenses:
            period = resolve(mention, day, tense).period
            if period and is_period(period) and period not in found:
                found.append(period)
    return found


def _known_as_names(document: Document, sentences: Iterable[Sentence]) -> frozenset[str]:
    """Words that the document prints with a capital inside a sentence, or that are of a body's or person's name."""
    known = {word.lower() for name in document.organisations for word in name.split()}
    known |= {word.lower() for person in document.people for word in person.name.split()}
    known |= set(_inside(sentences))
    return frozenset(known)


def _inside(sentences: Iterable[Sentence]) -> Iterable[str]:
    for sentence in sentences:
        for before, token in pairwise(sentence.tokens):
            if token.form[0].isupper() and before.form[0].islower():
                yield token.form.lower()
                yield token.form.lower().removesuffix("s")
