"""Sentences that could tell of an agreement, and the bodies and countries that could be its parties."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.agreements.words import form_of, strength_of
from handslag.reading.facts.events.dates import Dated, dates_of
from handslag.reading.page import Page, Sentence

# organisations less likely than this can be no party
LEAST_CERTAINTY = 0.25
# parties are looked for in so many sentences around
NEAR_SENTENCES = 3
_SPEAKERS = frozenset("vi oss vår vårt våra we us our ours".split())


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that may tell of an agreement: the word that says so, what form it names, how strongly it speaks."""

    sentence: int
    trigger: int
    form: str
    strength: int


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
    header: int | None = None

    @property
    def page(self) -> Page:
        return self.analysis.page


def table_of(analysis: Analysis) -> Table:
    """The page's table; without tellings nothing else is looked for."""
    page = analysis.page
    table = Table(analysis, find_tellings(page), [], [])
    if not table.tellings:
        return table
    table.dates = dates_of(page)
    table.header = header_of(page)
    table.parties = parties_of(analysis)
    for party in table.parties:
        for first, _ in party.spans:
            number = page.sentence_of[first]
            if party not in table.parties_of_sentence[number]:
                table.parties_of_sentence[number].append(party)
    for sentence in page.sentences:
        if any(page.tokens[i].form.lower() in _SPEAKERS for i in range(sentence.first, sentence.last)):
            table.spoken.add(sentence.number)
    return table


def header_of(page: Page) -> int | None:
    """The token "mellan" or "between" that leads to the parties where the page is itself the text of an agreement, else None."""
    named = False
    for i, token in enumerate(page.tokens[:120]):
        low = token.form.lower()
        if page.sentences[page.sentence_of[i]].zone == "furniture":
            continue
        if low in ("mellan", "between") and named:
            return i
        named = named or (
            strength_of(token.form) == 2
            and (token.form.isupper() or page.sentences[page.sentence_of[i]].zone == "headline" or i < 60)
        )
    return None


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


def parties_of(analysis: Analysis) -> list[Party]:
    """Organisations and countries of a page, in the order of their first mention."""
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
    return sorted([*found, *countries.values()], key=lambda party: party.spans[0])


def _country(form: str) -> str:
    """The country's name without a genitive s."""
    bare = form[:-1]
    return bare if form.endswith("s") and "place:country" in classes_of(bare) else form


def sentence_of(page: Page, telling: Telling) -> Sentence:
    """The sentence that holds the telling."""
    return page.sentences[telling.sentence]
