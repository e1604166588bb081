"""Names in running text: persons, organisations and places, found by a conditional random field.

It was trained on marked pages of the field. Beside a word's own features and its neighbours' it sees what the vocabulary
knows (given and family names, bodies, places), what the page shows of the same word elsewhere, and where lines break. Only
the words near a capital or a word for a body are tagged: elsewhere there are no names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from handslag.language.known_bodies import known_bodies
from handslag.reading.features import Word, window_features, words_of
from handslag.reading.models import Models, Tagger
from handslag.reading.names.gazetteer import find_given
from handslag.reading.names.occurrences import Occurrences, occurrences_of, run_end
from handslag.reading.page import Page, Sentence

# organisations below the likeliest labelling are kept down to this probability, for the judge to decide
LEAST_PROBABILITY = 0.2
# a chunk reaches so many words beyond what may be a name
_MARGIN = 2

# sentences outside furniture, each with the features of its tokens
Rows = list[tuple[Sentence, list[list[str]]]]


class Mention(NamedTuple):
    """A name at tokens `[first, last)` of the page: kind "PER", "ORG" or "LOC", and the tagger's probability."""

    first: int
    last: int
    kind: str
    probability: float


class Chunk(NamedTuple):
    """A stretch of a sentence that may hold names: its first token and each token's features."""

    first: int
    rows: list[list[str]]


def name_rows(page: Page) -> Rows:
    """Window features of the tokens of every sentence outside furniture: the taggers of names and spans share them."""
    return [
        (sentence, window_features(words_of(page.tokens, sentence.first, sentence.last)))
        for sentence in page.sentences if sentence.zone != "furniture"
    ]  # fmt: skip


def name_chunks(page: Page, rows_of: Rows) -> list[Chunk]:
    """The stretches of the page that may hold names, with all features of the name tagger."""
    words = words_of(page.tokens, 0, len(page.tokens))
    seen = occurrences_of(page, words)
    found = []
    for sentence, rows in rows_of:
        near = _near_names(words, sentence)
        if not near:
            continue
        extra = _extra_features(page, sentence, words, seen)
        for first, last in near:
            begin = sentence.first
            found.append(Chunk(begin + first, [rows[k] + extra[k] for k in range(first, last)]))
    return found


def _near_names(words: Sequence[Word], sentence: Sentence) -> list[tuple[int, int]]:
    """The parts `[first, last)` of the sentence that reach around capitals and words for bodies."""
    found: list[tuple[int, int]] = []
    count = sentence.last - sentence.first
    for k in range(count):
        word = words[sentence.first + k]
        if word.is_capital or "body" in word.classes or "org" in word.classes or "stand-in" in word.classes:
            first, last = max(0, k - _MARGIN), min(count, k + _MARGIN + 1)
            if found and first <= found[-1][1]:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
    return found


def _extra_features(page: Page, sentence: Sentence, words: Sequence[Word], seen: Occurrences) -> list[list[str]]:
    """What the name tagger sees besides the window: known bodies, line breaks, the same words elsewhere on the page."""
    first, last = sentence.first, sentence.last
    count = last - first
    found: list[list[str]] = [[] for _ in range(count)]
    own = words[first:last]
    for body in known_bodies([word.low for word in own], [page.tokens[i].form for i in range(first, last)]):
        size = str(min(3, body.last - body.first))
        for k in range(body.first, body.last):
            found[k].append("kb=" + ("B" if k == body.first else "I") + ("e" if k == body.last - 1 else "") + size)
        if body.first:
            found[body.first - 1].append("kb+")
        if body.last < count:
            found[body.last].append("kb-")
    _add_breaks(page, sentence, own, found)
    k = 0
    while k < count:
        if own[k].is_capital:
            stop = run_end(words, page.tokens, first + k, last) - first
            seen.add_features(own, k, stop, found)
            k = stop
        else:
            k += 1
    return found


def _add_breaks(page: Page, sentence: Sentence, words: Sequence[Word], found: list[list[str]]) -> None:
    """Adds where lines break, and which tokens stand together without a space."""
    tokens = page.tokens
    for k in range(1, len(words)):
        before, here = tokens[sentence.first + k - 1], tokens[sentence.first + k]
        if before.end == here.start:
            found[k].append("glued")
        elif (here.start - before.end > 1 or page.text[before.end] == "\n") and (
            "\n" in page.text[before.end : here.start] or here.start < before.end
        ):
            found[k].append("lb-")
            found[k - 1].append("lb+")
            if words[k].is_capital and words[k - 1].is_capital:
                found[k].append("lbcc")


def find_mentions(
    page: Page, rows_of: Rows, models: Models, gazetteer: Mapping[str, str] | None = None
) -> list[Mention]:
    """The names of a page in reading order; names of the `gazetteer` (name → "person" or a kind of body) are certain."""
    tagger = models.tagger("names")
    found: list[Mention] = []
    for chunk in name_chunks(page, rows_of):
        found += [_whole(page, mention) for mention in _mentions_of(page, chunk, tagger)]
    if gazetteer:
        found = _with_given(found, [Mention(*given, 1.0) for given in find_given(page, gazetteer)])
    found.sort()
    return found


def _whole(page: Page, mention: Mention) -> Mention:
    """A body's name with the bracket closed that it opens."""
    tokens = page.tokens
    if mention.kind != "ORG":
        return mention
    forms = [tokens[i].form for i in range(mention.first, mention.last)]
    if "(" in forms and ")" not in forms[forms.index("(") :]:
        if mention.last < len(tokens) and tokens[mention.last].form == ")":
            return mention._replace(last=mention.last + 1)
        if forms[0] != "(":
            return mention._replace(last=mention.first + forms.index("("))
    return mention


def _mentions_of(page: Page, chunk: Chunk, tagger: Tagger) -> list[Mention]:
    spans = tagger.spans(chunk.rows)
    spans += tagger.runners_up(spans, _likely_positions(page, chunk), "ORG", LEAST_PROBABILITY)
    return [Mention(chunk.first + span.first, chunk.first + span.last, span.label, span.probability) for span in spans]


def _likely_positions(page: Page, chunk: Chunk) -> list[int]:
    """Where in the chunk a name could stand that the likeliest labelling leaves out: capitals and well-known bodies."""
    return [
        k for k, row in enumerate(chunk.rows)
        if page.tokens[chunk.first + k].form[0].isupper() or "0:c=body" in row
    ]  # fmt: skip


def _with_given(found: list[Mention], given: list[Mention]) -> list[Mention]:
    """The tagger's mentions and the caller's names; where two overlap, the caller's, unless a sure one holds it whole."""
    if not given:
        return found
    by_token = {i: mention for mention in found for i in range(mention.first, mention.last)}
    kept = []
    for mention in given:
        others = {by_token[i] for i in range(mention.first, mention.last) if i in by_token}
        wider = [
            other for other in others
            if other.first <= mention.first and mention.last <= other.last and other[:2] != mention[:2]
            and other.kind == mention.kind and other.probability >= 0.9
        ]  # fmt: skip
        if not wider:
            kept.append(mention)
    taken = {i for mention in kept for i in range(mention.first, mention.last)}
    return kept + [other for other in found if taken.isdisjoint(range(other.first, other.last))]
