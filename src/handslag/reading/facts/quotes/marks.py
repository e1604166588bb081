"""Stretches between quotation marks, of both languages and of single and double marks."""

from __future__ import annotations

from typing import NamedTuple

from handslag.reading.facts.quotes.scene import DOUBLE, MARKS, SINGLE, Paragraph, Scene
from handslag.reading.page import Page

# What may stand right before an opening mark: nothing, white space, brackets, dashes.
_BEFORE_OPENING = frozenset("([{–—-/>:*•")
_ONLY_OPENS = frozenset("„‚")
_LONGEST = 400


class Marked(NamedTuple):
    """Tokens `[first, last)` between the marks `first - 1` and `last`; `is_closed` is False if the closing mark is missing."""

    first: int
    last: int
    is_closed: bool = True


def marked_stretches(scene: Scene) -> list[Marked]:
    """The stretches between quotation marks, outermost ones, in reading order."""
    page = scene.page
    tokens = page.tokens
    places = scene.marks
    if not places:
        return []
    found: list[Marked] = []
    opened = -1
    paragraph: Paragraph | None = None
    for k, i in enumerate(places):
        here = scene.paragraph_at(i)
        if opened >= 0 and paragraph is not None and here is not paragraph and not _goes_on(page, paragraph, here, i):
            found += _unclosed(scene, opened, paragraph)
            opened = -1
        if opened < 0:
            if _can_open(page, i):
                opened, paragraph = i, here
        elif _matches(tokens[opened].form, tokens[i].form) and _can_close(page, i):
            if _is_plural_genitive(scene, places, k):
                continue
            if 0 < i - opened - 1 <= _LONGEST:
                found.append(Marked(opened + 1, i))
            opened = -1
        elif tokens[i].form in DOUBLE and tokens[opened].form in SINGLE and _can_open(page, i):
            opened, paragraph = i, here
    if opened >= 0 and paragraph is not None:
        found += _unclosed(scene, opened, paragraph)
    return found


def _can_open(page: Page, i: int) -> bool:
    token = page.tokens[i]
    before = page.text[token.start - 1] if token.start else "\n"
    after = page.text[token.end] if token.end < len(page.text) else "\n"
    return not after.isspace() and (before.isspace() or before in _BEFORE_OPENING or before in MARKS)


def _can_close(page: Page, i: int) -> bool:
    token = page.tokens[i]
    if token.form in _ONLY_OPENS:
        return False
    before = page.text[token.start - 1] if token.start else "\n"
    after = page.text[token.end] if token.end < len(page.text) else "\n"
    return not before.isspace() and not after.isalnum()


def _is_plural_genitive(scene: Scene, places: list[int], k: int) -> bool:
    """True for the mark in "our patients’ lives" inside single marks, where the closing one is still to come."""
    tokens = scene.page.tokens
    i = places[k]
    if tokens[i].form not in SINGLE or not tokens[i - 1].form.endswith("s") or k + 1 == len(places):
        return False
    following = places[k + 1]
    return (
        scene.paragraph_at(following) is scene.paragraph_at(i) and tokens[following].form == tokens[i].form
        and _can_close(scene.page, following) and not _can_open(scene.page, following)
    )  # fmt: skip


def _matches(opening: str, closing: str) -> bool:
    """True if a stretch that one mark opened may be closed by the other."""
    if opening in SINGLE:
        return closing in SINGLE and (opening == "'") == (closing == "'")
    return closing in DOUBLE and (opening == '"') == (closing == '"') and (opening in "»«") == (closing in "»«")


def _goes_on(page: Page, before: Paragraph, here: Paragraph, i: int) -> bool:
    """True if the mark at `i` closes what was opened in the paragraph just before, as where a quotation has two paragraphs."""
    return here.number == before.number + 1 and not here.is_cell and _can_close(page, i) and not _can_open(page, i)


def _unclosed(scene: Scene, opened: int, paragraph: Paragraph) -> list[Marked]:
    """A double mark at a paragraph's start that is never closed: the paragraph, if the next one opens anew."""
    follows = paragraph.number + 1
    if scene.page.tokens[opened].form in SINGLE or opened != paragraph.first or follows >= len(scene.paragraphs):
        return []
    next_first = scene.paragraphs[follows].first
    if scene.page.tokens[next_first].form == scene.page.tokens[opened].form and paragraph.last - opened > 4:
        return [Marked(opened + 1, paragraph.last, False)]
    return []
