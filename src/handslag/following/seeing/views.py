"""Commitments and documents prepared for comparing: each is looked at once, however often it is compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from handslag.following.documents import Commitment, Document, Stretch
from handslag.following.seeing.actions import promised_actions
from handslag.following.seeing.measures import Measure, promised_measures
from handslag.following.seeing.meeting import WordsOnPage
from handslag.following.seeing.names import Name, Party, is_place, match, names_in, party_of
from handslag.following.seeing.telling import Figure, Sentence, read_sentence, sentences_of
from handslag.following.seeing.words import Word
from handslag.kernel.periods import is_period
from handslag.language.tokens import tokens_of
from handslag.vocabulary.load import vocabulary

# Of words that the background does not know: as rare as the rarest that it knows.
_UNKNOWN: Final = 6.0
# Words that a commitment points back to count for so much; they are taken where its own are few or it begins with a pronoun.
_OF_AROUND: Final = 0.5
_FEW: Final = 9.0
_PRONOUNS: Final = frozenset("det den de detta dessa denna it they this these that he she han hon där there".split())
_HEAD: Final = 3
_TITLE: Final = 12
# How plainly a sentence names a party, and from how many letters on one word of its name does by itself.
_PLAINNESS: Final = {"": 0, "stand-in": 1, "rival": 2, "part": 3, "same": 4}
_TELLING: Final = 4


class Rarity:
    """How rare words are in texts of the field: a weight for each stem and notion (log of documents by documents with it)."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def of(self, word: Word) -> float:
        """The weight of a word: of its stem, or, where the background lacks it, of its commonest notion."""
        own = self._weights.get("w:" + word.stem)
        if own is not None:
            return own
        notions = [self._weights[key] for key in ("c:" + n for n in word.notions) if key in self._weights]
        return min(notions, default=_UNKNOWN)


@dataclass(slots=True)
class CommitmentView:
    """A commitment with its words, figures, times, names and parties."""

    commitment: Commitment
    said_on: str
    language: str
    sentence: Sentence
    words: list[Word]
    weights: list[float]
    around: list[Word]
    parties: list[Party]
    figures: list[Figure]
    periods: list[str]
    names: list[Name]
    home_names: frozenset[str]
    home_words: Mapping[str, float]
    people: tuple[str, ...]
    actions: frozenset[str]
    measures: list[Measure]
    keys: frozenset[str] = field(default=frozenset())

    @property
    def mass(self) -> float:
        """The weight of all its words."""
        return sum(self.weights) or 1.0


@dataclass(slots=True)
class DocumentView:
    """A document with its sentences, the weights of their words, and what stands in its head."""

    document: Document
    sentences: list[Sentence]
    head: list[Name]
    topics: Mapping[str, float]
    name_words: frozenset[str]
    # From here on what only a page needs that commitments are looked for on.
    paragraphs: Counter[int] = field(default_factory=Counter)
    words: WordsOnPage = field(default_factory=lambda: WordsOnPage([]))
    weights: list[list[float]] = field(default_factory=list)
    masses: list[float] = field(default_factory=list)
    _names_by_word: Mapping[str, frozenset[tuple[int, int]]] = field(default_factory=dict)
    _places_of: Mapping[str, Iterable[int]] = field(default_factory=dict)
    _places_of_name: Mapping[tuple[str, ...], Iterable[int]] = field(default_factory=dict)
    _of_people: set[str] = field(default_factory=set)
    _of_organisations: set[str] = field(default_factory=set)
    _named: dict[str, tuple[str, list[str], frozenset[str]]] = field(default_factory=dict)
    _kept: dict[tuple[object, int], dict[str, float]] = field(default_factory=dict)

    def kept(self, number: int, features: Callable[[Sentence], dict[str, float]]) -> dict[str, float]:
        """What a sentence has by itself, found once."""
        key = features, number
        if key not in self._kept:
            self._kept[key] = features(self.sentences[number])
        return self._kept[key]

    def times_named(self, words: Iterable[str]) -> int:
        """How many names of the page hold one of the words."""
        return len({place for word in words for place in self._names_by_word.get(word, ())})

    def kind_of(self, name: Name) -> str:
        """What a name of the page is: place, person, body or other."""
        if not self._of_people and self.document.people:
            self._of_people.update(word for person in self.document.people for word in person.name.lower().split())
        if any(is_place(word) for word in name.words):
            return "place"
        if any(word in self._of_people for word in name.words):
            return "person"
        if any(word in self._of_bodies() for word in name.words):
            return "body"
        return "other"

    def _of_bodies(self) -> set[str]:
        if not self._of_organisations and self.document.organisations:
            names = (party_of(name) for name in self.document.organisations)
            self._of_organisations.update(word for party in names for word in party.words)
        return self._of_organisations

    def naming(self, party: Party) -> list[str]:
        """For each sentence how it names the party: same, part, rival, stand-in or ""."""
        return self._naming(party)[1]

    def ways_named(self, party: Party) -> frozenset[str]:
        """All ways in which the page names the party."""
        return self._naming(party)[2]

    @property
    def is_of_media(self) -> bool:
        """True for a page of a paper or a wire, by its first line."""
        first = next((line for line in self.document.text.split("\n") if line.strip()), "")
        return _names_a_paper(token.form.lower() for token in tokens_of(first, 0, len(first)))

    def publishes(self, party: Party) -> bool:
        """True if the page is the party's own: its name stands in the page's head."""
        return self._naming(party)[0] == "own"

    def _naming(self, party: Party) -> tuple[str, list[str], frozenset[str]]:
        if party.name not in self._named:
            named = self._named_by_sentence(party)
            own = any(match(party, name) == "same" or _is_all(party, name) for name in self.head)
            self._named[party.name] = ("own" if own else "", named, frozenset(["", *named]))
        return self._named[party.name]

    def _named_by_sentence(self, party: Party) -> list[str]:
        found = [""] * len(self.sentences)
        for number in {number for word in party.stand_ins for number in self._places_of.get(word, ())}:
            found[number] = "stand-in"
        for name, numbers in self._places_of_name.items():
            kind = match(party, Name(0, 0, name))
            for number in numbers if kind else ():
                found[number] = max(found[number], kind, key=_PLAINNESS.__getitem__)
        if len(party.core) == 1 and len(party.core[0]) > _TELLING:
            for number in self._places_of.get(party.core[0], ()):
                if _PLAINNESS[found[number]] < _PLAINNESS["part"]:
                    found[number] = "same"
        return found


def _is_all(party: Party, name: Name) -> bool:
    return match(party, name) == "part" and set(name.words) <= set(party.words) | party.stand_ins


def view_document(document: Document, rarity: Rarity) -> DocumentView:
    """The document prepared for comparing."""
    sentences = sentences_of(document)
    head = _head(document)
    weights = [[rarity.of(word) for word in sentence.words] for sentence in sentences]
    topics: dict[str, float] = {}
    for sentence, of_words in zip(sentences, weights, strict=True):
        topics.update(zip((word.stem for word in sentence.words), of_words, strict=True))
    names = frozenset(word for sentence in sentences for name in sentence.names for word in name.words)
    by_word: dict[str, set[tuple[int, int]]] = {}
    for sentence in sentences:
        for name in sentence.names:
            for part in name.words:
                by_word.setdefault(part, set()).add((name.start, name.end))
    places = {word: frozenset(found) for word, found in by_word.items()}
    paragraphs = Counter(sentence.paragraph for sentence in sentences)
    places_of: dict[str, set[int]] = {}
    places_of_name: dict[tuple[str, ...], set[int]] = {}
    for number, sentence in enumerate(sentences):
        for low in sentence.low:
            places_of.setdefault(low, set()).add(number)
        for name in sentence.names:
            places_of_name.setdefault(name.words, set()).add(number)
    words = WordsOnPage(sentences)
    return DocumentView(
        document, sentences, head, topics, names, paragraphs, words, weights, [sum(of_words) for of_words in weights],
        places, places_of, places_of_name
    )  # fmt: skip


def _head(document: Document) -> list[Name]:
    """The names in the lines that tell whose page it is: the first, the second below a title, and a mail's sender."""
    lines = [line for line in re.finditer(r"[^\n]+", document.text) if line.group().strip()][:_HEAD]
    found: list[Name] = []
    for number, line in enumerate(lines):
        tokens = tokens_of(document.text, line.start(), line.end())
        low = {token.form.lower() for token in tokens}
        names = names_in(tokens)
        is_sender = bool(low) and tokens[0].form.lower() in {"from", "från"}
        if number == 0 or is_sender or (number == 1 and not found and len(tokens) <= _TITLE):
            found += names
        if number == 0 and _names_a_paper(low):
            # a paper's own name: who stands in the next line is written about
            return names
    return found


def _names_a_paper(low: Iterable[str]) -> bool:
    return any(
        word.rstrip("s") in _media() or word in _media() or word.endswith(("tidningen", "posten", "bladet", "kuriren"))
        for word in low
    )


@cache
def _media() -> frozenset[str]:
    words = vocabulary("outcome_words")["media"]
    return frozenset(f"{words['sv']} {words['en']}".split())


def view_commitment(
    commitment: Commitment, home: DocumentView, rarity: Rarity, read: Iterable[Sentence] = ()
) -> CommitmentView:
    """The commitment prepared for comparing; `home` is the document of its first statement.

    `read` are sentences of it that were read already by themselves, without the names that the document knows.
    """
    document = home.document
    place = commitment.evidence[0]
    sentence = next((one for one in read if (one.start, one.end) == (place.start, place.end)), None)
    if sentence is None:
        zone_language = next(
            ((s.zone, s.language) for s in home.sentences if s.start < place.end and place.start < s.end), ("", "")
        )
        sentence = read_sentence(document, Stretch(place.start, place.end, *zone_language))
    parties = [party_of(name) for name in _bodies(commitment, home)]
    of_parties = {word for party in parties for word in party.words}
    words = [word for word in sentence.words if word.form not in of_parties and word.stem not in of_parties]
    weights = [rarity.of(word) for word in words]
    around = _around(home, sentence, of_parties)
    if _points_back(sentence) or sum(weights) < _FEW:
        own = {word.stem for word in words}
        borrowed = [word for word in around if word.stem not in own]
        words = [*words, *borrowed]
        weights += [_OF_AROUND * rarity.of(word) for word in borrowed]
    periods = list(
        dict.fromkeys([*([commitment.when] if is_period(commitment.when or "-") else []), *sentence.periods])
    )
    owned = [name for name in sentence.names if not any(match(party, name) in {"same", "part"} for party in parties)]
    people = tuple(
        person.name
        for person in document.people
        if not person.organisation or any(_is_of(person.organisation, party) for party in parties)
    )
    keys = frozenset(sentence.keys | {"n:" + word for party in parties for word in party.core})
    return CommitmentView(
        commitment,
        document.said_on,
        sentence.language,
        sentence,
        words,
        weights,
        around,
        parties,
        sentence.figures,
        periods,
        owned,
        home.name_words,
        home.topics,
        people,
        promised_actions(sentence.low, sentence.language),
        promised_measures(sentence),
        keys,
    )


def _bodies(commitment: Commitment, home: DocumentView) -> list[str]:
    """The bodies that are to act: for a person hers, and where nobody is told whose page it is."""
    people = {person.name: person.organisation for person in home.document.people}
    publisher = home.document.text[home.head[0].start : home.head[0].end] if home.head else ""
    found = [people[name] or publisher if name in people else name for name in commitment.who]
    return list(dict.fromkeys(filter(None, found or [publisher])))


def _around(home: DocumentView, sentence: Sentence, left_out: Iterable[str]) -> list[Word]:
    """The words of the rest of a commitment's sentence and of the sentence before, which it may point back to."""
    passed = set(left_out)
    found: list[Word] = []
    for k, other in enumerate(home.sentences):
        if other.start < sentence.end and sentence.start < other.end:
            before = home.sentences[k - 1] if k and home.sentences[k - 1].paragraph >= other.paragraph - 1 else None
            found += [word for word in (before.words if before else []) if word.form not in passed]
            found += [word for word in other.words if not sentence.start <= word.start < sentence.end]
    return [word for word in found if word.form not in passed]


def _points_back(sentence: Sentence) -> bool:
    return bool(_PRONOUNS & set(sentence.low[:4]))


def _is_of(organisation: str, party: Party) -> bool:
    other = party_of(organisation)
    return bool(set(other.core) & set(party.core)) or other.name == party.name


def view_all(
    commitments: Sequence[Commitment], homes: Mapping[str, DocumentView], rarity: Rarity
) -> list[CommitmentView]:
    """The commitments prepared, each with the document it was stated in."""
    return [view_commitment(commitment, homes[commitment.document], rarity) for commitment in commitments]
