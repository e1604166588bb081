"""Role phrases: spans found by a conditional random field that knows where the names stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handslag.reading.models import Models
from handslag.reading.names.person_features import is_role_word
from handslag.reading.names.tagger import Mention, Rows
from handslag.reading.page import Page

# role words below the likeliest labelling are kept down to this probability, for the judge of links to decide
LEAST_PROBABILITY = 0.15


class Term(NamedTuple):
    """Tokens `[first, last)` of the page that name a role ("ROLE")."""

    first: int
    last: int
    kind: str
    probability: float


def add_name_features(page: Page, rows_of: Rows, mentions: list[Mention]) -> None:
    """Adds to every token's features which name it is part of, and which names stand before and after it."""
    labels = [""] * (len(page.tokens) + 1)
    for mention in mentions:
        if mention.probability >= 0.5:
            labels[mention.first] = "B" + mention.kind
            for i in range(mention.first + 1, mention.last):
                labels[i] = "I" + mention.kind
    for sentence, rows in rows_of:
        zone = "Z=" + sentence.zone
        place = "x=" + ("cell" + str(min(3, sentence.cell)) if sentence.is_row else "")
        count = len(rows)
        before = ""
        for k, row in enumerate(rows):
            i = sentence.first + k
            row.append("n=" + labels[i])
            row.append("n+=" + (labels[i + 1] if k + 1 < count else "$"))
            row.append("n-=" + (labels[i - 1] if k else "^"))
            row.append("nb=" + before)
            row.append(zone)
            row.append(place)
            if labels[i]:
                before = labels[i][1:]
        after = ""
        for k in range(count - 1, -1, -1):
            rows[k].append("na=" + after)
            label = labels[sentence.first + k]
            if label:
                after = label[1:]
        if sentence.number:
            previous = page.sentences[sentence.number - 1]
            hint = _hint(page, previous.first, previous.last, labels)
        else:
            hint = "^"
        following = page.sentences[sentence.number + 1] if sentence.number + 1 < len(page.sentences) else None
        hint_after = _hint(page, following.first, following.last, labels) if following else "$"
        for row in rows[:12]:
            row.append("ps=" + hint)
            row.append("fs=" + hint_after)


def _hint(page: Page, first: int, last: int, labels: list[str]) -> str:
    """What a neighbouring line is, in a word: a name alone, a role alone, a long one."""
    if last - first > 12:
        return "long"
    kinds = {labels[i][1:] for i in range(first, last) if labels[i]}
    named = sum(1 for i in range(first, last) if labels[i])
    role = any(is_role_word(page.tokens[i].form) for i in range(first, last))
    return (
        ("all" if named == last - first else "some" if named else "no")
        + "".join(sorted(kinds))
        + ("+role" if role else "")
    )


def role_rows(page: Page, rows_of: Rows, mentions: Sequence[Mention]) -> Rows:
    """The sentences that can tell a role: those with a role word or a person's name."""
    persons = {page.sentence_of[mention.first] for mention in mentions if mention.kind == "PER"}
    return [
        (sentence, rows)
        for sentence, rows in rows_of
        if sentence.number in persons
        or any(is_role_word(page.tokens[i].form) for i in range(sentence.first, sentence.last))
    ]


def find_terms(page: Page, rows_of: Rows, mentions: Sequence[Mention], models: Models) -> list[Term]:
    """The role phrases of a page, in reading order."""
    tagger = models.tagger("terms")
    found = []
    for sentence, rows in role_rows(page, rows_of, mentions):
        spans = tagger.spans(rows)
        heads = [k for k, row in enumerate(rows) if "0:c=role" in row or "0:c=-role" in row]
        spans += tagger.runners_up(spans, heads, "ROLE", LEAST_PROBABILITY)
        found += [
            Term(sentence.first + span.first, sentence.first + span.last, span.label, span.probability)
            for span in sorted(spans)
        ]
    return found
