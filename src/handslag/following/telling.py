"""A sentence as following sees it: its telling words, figures, times, names and cues, and who says it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from handslag.following.actions import told_results
from handslag.following.cues import Cue, find_cues
from handslag.following.documents import Document, Stretch, Voice
from handslag.following.names import Name, names_in
from handslag.following.words import Word, keys_of, telling_words
from handslag.kernel.periods import first_day, is_period
from handslag.language.dates import DateMention, Tense, find_dates, resolve
from handslag.language.lexicon import classes_of
from handslag.language.numbers import find_numbers
from handslag.language.tokens import Token, tokens_of
from handslag.vocabulary.load import vocabulary


class Figure(NamedTuple):
    """A number at `[start, end)`: its value, kind (count, money, percent, share, duration, …) and unit."""

    start: int
    end: int
    value: float
    kind: str
    unit: str


@dataclass(slots=True)
class Sentence:
    """One sentence of a document and what is in it."""

    start: int
    end: int
    zone: str
    language: str
    tokens: list[Token]
    low: list[str]
    words: list[Word]
    figures: list[Figure]
    periods: list[str]
    meant: list[str]
    names: list[Name]
    cues: list[Cue]
    voice: Voice | None = None
    number: int = 0
    paragraph: int = 0
    section: str = ""
    keys: frozenset[str] = field(default=frozenset())
    results: list[Cue] = field(default_factory=list)
    classes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.classes = frozenset(cue.name for cue in self.cues)


def sentences_of(document: Document) -> list[Sentence]:
    """The document's sentences that have words."""
    known = _known_as_names(document)
    found: list[Sentence] = []
    for stretch in document.sentences:
        sentence = read_sentence(document, stretch, known)
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


def read_sentence(document: Document, stretch: Stretch, known: frozenset[str] = frozenset()) -> Sentence:
    """What is in one stretch of a document."""
    text = document.text
    start, end = stretch.start, stretch.end
    language = "en" if (stretch.language or document.language) == "en" else "sv"
    tokens = tokens_of(text, start, end)
    low = [token.form.lower() for token in tokens]
    words = telling_words(tokens, language)
    names = names_in(tokens, lambda word: word not in known and not _is_of_a_name(word))
    part = text[start:end]
    dates = find_dates(part, language)
    figures = _figures(part, start, language, tokens, dates)
    cues = find_cues(low, language)
    tense: Tense = "future" if any(cue.name == "future" for cue in cues) else "past"
    voice = next((voice for voice in document.voices if voice.start < end and start < voice.end), None)
    keys = frozenset(
        [key for word in words for key in keys_of(word)] + ["n:" + word for name in names for word in name.words]
    )
    return Sentence(
        start,
        end,
        stretch.zone,
        language,
        tokens,
        low,
        words,
        figures,
        _periods(dates, document.said_on, ("past", "future")),
        _periods(dates, document.said_on, (tense,)),
        names,
        cues,
        voice,
        keys=keys,
        results=told_results(low, language),
    )


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


def _known_as_names(document: Document) -> frozenset[str]:
    """Words that the document prints with a capital inside a sentence, or that are of a body's or person's name."""
    known = {word.lower() for name in document.organisations for word in name.split()}
    known |= {word.lower() for person in document.people for word in person.name.split()}
    known |= set(_inside(document))
    return frozenset(known)


def _inside(document: Document) -> Iterable[str]:
    for stretch in document.sentences:
        tokens: Sequence[Token] = tokens_of(document.text, stretch.start, stretch.end)
        for before, token in pairwise(tokens):
            if token.form[0].isupper() and before.form[0].islower():
                yield token.form.lower()
                yield token.form.lower().removesuffix("s")
