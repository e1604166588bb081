"""Sentences that could tell of an agreement, and the bodies and countries that could be its parties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from handslag.language.base_forms import folded
from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.agreements.header import Header, header_of, names_of, short_names
from handslag.reading.facts.agreements.words import form_of, strength_of
from handslag.reading.facts.events.dates import Dated, dates_of
from handslag.reading.names.organisations import kind_of
from handslag.reading.page import Page, Sentence

# organisations less likely than this can be no party
LEAST_CERTAINTY = 0.25
# parties are looked for in so many sentences around
NEAR_SENTENCES = 3
SIGNED = frozenset(
    """undertecknat undertecknades undertecknade undertecknas underteckna undertecknats tecknades tecknat tecknade skrevs skrev signerat signerades signed
    sign signing signature underskrift slöts slutit ingicks ingick datum date dated done""".split()
)
_SPEAKERS = frozenset("vi oss vår vårt våra we us our ours".split())


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that may tell of an agreement: the word that says so, what form it names, how strongly it speaks.

    `is_title` marks the title of a text that is itself the agreement.
    """

    sentence: int
    trigger: int
    form: str
    strength: int
    is_title: bool = False


@dataclass(slots=True, eq=False)
class Party:
    """A body or country that can be a party: its name and the tokens where it is named or stood for, in reading order."""

    name: str
    kind: str
    spans: list[tuple[int, int]]
    standing: list[str] = field(default_factory=list)
    certainty: float = 1.0


@dataclass(slots=True)
class Table:
    """What there is to make agreements from on a page: tellings, parties, dates."""

    analysis: Analysis
    tellings: list[Telling]
    parties: list[Party]
    dates: list[Dated]
    parties_of_sentence: dict[int, list[Party]] = field(default_factory=lambda: defaultdict(list))
    spoken: set[int] = field(default_factory=set)
    header: Header | None = None
    _people: dict[int, list[int]] = field(default_factory=dict)
    _signed: dict[int, bool] = field(default_factory=dict)

    @property
    def page(self) -> Page:
        return self.analysis.page

    def speaks_of_signing(self, sentence: Sentence) -> bool:
        """True if anything in the sentence speaks of signing."""
        signed = self._signed.get(sentence.number)
        if signed is None:
            forms = (self.page.tokens[i].form.lower() for i in range(sentence.first, sentence.last))
            signed = self._signed[sentence.number] = any(form in SIGNED for form in forms)
        return signed

    def people_of_sentence(self) -> dict[int, list[int]]:
        """Sentence → the number of the person of each mention in it."""
        if not self._people:
            for number, person in enumerate(self.analysis.people):
                for mention in person.mentions:
                    self._people.setdefault(self.page.sentence_of[mention.first], []).append(number)
        return self._people


def table_of(analysis: Analysis) -> Table:
    """The page's table; without tellings nothing else is looked for."""
    page = analysis.page
    table = Table(analysis, find_tellings(page), [], [])
    if not table.tellings:
        return table
    table.dates = dates_of(page, analysis.dates)
    table.header = header_of(page)
    if table.header is not None:
        title = page.sentence_of[table.header.title]
        table.tellings = [
            replace(t, is_title=True, trigger=table.header.title) if t.sentence == title else t for t in table.tellings
        ]
    table.parties = parties_of(analysis, table.header)
    for party in table.parties:
        for first, _ in party.spans:
            number = page.sentence_of[first]
            if party not in table.parties_of_sentence[number]:
                table.parties_of_sentence[number].append(party)
    for sentence in page.sentences:
        if any(page.tokens[i].form.lower() in _SPEAKERS for i in range(sentence.first, sentence.last)):
            table.spoken.add(sentence.number)
    return table


def find_tellings(page: Page) -> list[Telling]:
    """One telling of each sentence with a word of agreements; of several words the strongest, then the first."""
    found = []
    for sentence in page.sentences:
        if sentence.zone == "furniture":
            continue
        best, trigger = 0, -1
        for i in range(sentence.first, sentence.last):
            strength = strength_of(page.tokens[i].form)
            if strength > best:
                best, trigger = strength, i
        if best:
            found.append(Telling(sentence.number, trigger, form_of(page.tokens[trigger].form), best))
    return found


def parties_of(analysis: Analysis, header: Header | None = None) -> list[Party]:
    """Organisations and countries of a page, in the order of their first mention; the parties of a header by their names there."""
    found = [
        Party(o.name, o.kind, analysis.spans_of(o), analysis.standing.get(id(o), []), o.certainty)
        for o in analysis.organisations if o.certainty >= LEAST_CERTAINTY
    ]  # fmt: skip
    taken = {i for party in found for first, last in party.spans for i in range(first, last)}
    countries: dict[str, Party] = {}
    for i, token in enumerate(analysis.page.tokens):
        if token.form[0].isupper() and i not in taken and "place:country" in classes_of(token.form):
            name = _country(token.form)
            party = countries.setdefault(name, Party(name, "country", []))
            party.spans.append((i, i + 1))
    found += countries.values()
    if header is not None and header.parties:
        found = _with_header(analysis.page, header, found)
    return sorted(found, key=lambda party: party.spans[0])


def _with_header(page: Page, header: Header, found: list[Party]) -> list[Party]:
    """The parties with those of the header, which take over the names that stand inside theirs and their short names."""
    named: list[Party] = []
    for (first, last), name, short in zip(
        header.parties, names_of(page, header), short_names(page, header), strict=True
    ):
        inside = [party for party in found if any(first <= a and b <= last for a, b in party.spans)]
        kinds = [party.kind for party in inside if party.kind not in ("unknown", "country")]
        spans = {(first, last)} | {
            span for party in inside if folded(party.name) == folded(name) for span in party.spans
        }
        if short:
            words = tuple(short.split())
            spans |= {
                (i, i + len(words)) for i in range(last, len(page.tokens) - len(words) + 1)
                if tuple(page.tokens[k].form.removesuffix("s") if k == i + len(words) - 1 else page.tokens[k].form for k in range(i, i + len(words)))
                in (words, tuple(word.removesuffix("s") for word in words))
            }  # fmt: skip
        named.append(Party(name, kinds[0] if kinds else kind_of([name]), sorted(spans), ["header party"]))
    taken = [(first, last) for first, last in header.parties]
    rest = [
        party for party in found if not any(first <= a and b <= last for a, b in party.spans for first, last in taken)
    ]
    return named + rest


def _country(form: str) -> str:
    """The country's name without a genitive s."""
    bare = form[:-1]
    return bare if form.endswith("s") and "place:country" in classes_of(bare) else form


def sentence_of(page: Page, telling: Telling) -> Sentence:
    """The sentence that holds the telling."""
    return page.sentences[telling.sentence]
