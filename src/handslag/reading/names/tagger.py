"""Names in running text: persons, organisations and places, found by two conditional random fields.

The first was trained on published corpora of news, encyclopedia and filings; the second on marked pages of the field, with
what the first says, the line's zone, and what the page shows of the same word elsewhere as further features.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from handslag.language.lexicon import classes_of
from handslag.reading.features import sentence_features
from handslag.reading.models import Models
from handslag.reading.page import Page, Sentence

KINDS = ("PER", "ORG", "LOC")
# organisations below the likeliest labelling are kept down to this probability, for the judge to decide
LEAST_PROBABILITY = 0.2


# sentences outside furniture, each with the features of its tokens
Rows = list[tuple[Sentence, list[list[str]]]]


class Mention(NamedTuple):
    """A name at tokens `[first, last)` of the page: kind "PER", "ORG" or "LOC", and the tagger's probability."""

    first: int
    last: int
    kind: str
    probability: float


def name_rows(page: Page, models: Models) -> Rows:
    """Features of the tokens of every sentence outside furniture, for the second tagger."""
    sentences = [s for s in page.sentences if s.zone != "furniture"]
    base = models.tagger("names-base")
    rows: list[tuple[Sentence, list[list[str]], list[str]]] = []
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    tokens = page.tokens
    lowered = {t.form for t in tokens if t.form.islower()}
    before_legal: set[str] = set()
    for sentence in sentences:
        features = sentence_features(tokens, sentence.first, sentence.last)
        labels = base.labels(features)
        for i, label in enumerate(labels):
            form = tokens[sentence.first + i].form
            if form[0].isupper():
                votes[_stem(form)][label[2:]] += 1
                if "legal" in classes_of(form) and i:
                    before_legal.add(_stem(tokens[sentence.first + i - 1].form))
        rows.append((sentence, features, labels))
    for sentence, features, labels in rows:
        count = len(labels)
        zone = "z=" + sentence.zone
        for i, row in enumerate(features):
            row.append("g=" + labels[i])
            row.append("g-=" + (labels[i - 1] if i else "^"))
            row.append("g+=" + (labels[i + 1] if i + 1 < count else "$"))
            form = tokens[sentence.first + i].form
            if form[0].isupper():
                row.append(zone)
                vote = votes[_stem(form)]
                others = vote.total() - 1
                if others > 0:
                    kind, share = vote.most_common(1)[0]
                    row.append("pg=" + kind + ("!" if share == vote.total() else ""))
                if form.lower() in lowered:
                    row.append("pg:lower too")
                if _stem(form) in before_legal:
                    row.append("pg:legal")
            if sentence.is_row:
                row.append("cell")
    return [(sentence, features) for sentence, features, _ in rows]


def _stem(form: str) -> str:
    """A word without a genitive s, in lower case, to compare occurrences on one page."""
    low = form.lower()
    return low[:-1] if low.endswith("s") and len(low) > 3 else low


def _likely_positions(page: Page, sentence: Sentence) -> list[int]:
    """Where in the sentence a name could stand that the likeliest labelling leaves out: capitals and well-known bodies."""
    found = []
    for i in range(sentence.first, sentence.last):
        form = page.tokens[i].form
        if form[0].isupper() or (form[0].islower() and "body" in classes_of(form)):
            found.append(i - sentence.first)
    return found


def find_mentions(page: Page, rows_of: Rows, models: Models) -> list[Mention]:
    """The names of a page in reading order."""
    tagger = models.tagger("names")
    found: list[Mention] = []
    for sentence, rows in rows_of:
        spans = tagger.spans(rows)
        spans += tagger.runners_up(spans, _likely_positions(page, sentence), "ORG", LEAST_PROBABILITY)
        found += [
            Mention(sentence.first + span.first, sentence.first + span.last, span.label, span.probability)
            for span in sorted(spans)
        ]
    return found
