"""What stands around a sentence and decides how it is meant: its cue words, the line that introduces it, the heading above."""

from __future__ import annotations

from dataclasses import dataclass, field

from handslag.language.cues import cue_classes
from handslag.language.deciding import Deciding, deciding_words
from handslag.reading.page import Page, Sentence

# zones whose lines are short and mean what the line above them says
_LISTED = ("list", "table", "feed", "member_news")


@dataclass(slots=True)
class SentenceContext:
    """A sentence's lower-case words, the cue classes at each of them, and those of the line that introduces it."""

    words: list[str]
    cues: list[tuple[str, ...]]
    classes: tuple[str, ...]
    deciding: list[Deciding]
    intro: tuple[str, ...] = ()
    intro_sentence: int = -1
    heading: tuple[str, ...] = ()
    heading_sentence: int = -1
    row_cues: tuple[str, ...] = field(default=())


def sentence_contexts(page: Page) -> dict[int, SentenceContext]:
    """The contexts of all sentences outside furniture, by sentence number."""
    found: dict[int, SentenceContext] = {}
    intro: tuple[tuple[str, ...], int, int] = ((), -1, -1)
    heading: tuple[tuple[str, ...], int] = ((), -1)
    for sentence in page.sentences:
        if sentence.zone == "furniture":
            continue
        words = [page.tokens[i].form.lower() for i in range(sentence.first, sentence.last)]
        cues = cue_classes(words)
        classes = tuple(dict.fromkeys(name for at in cues for name in at))
        context = SentenceContext(words, cues, classes, deciding_words(words))
        if sentence.zone in _LISTED and intro[1] >= 0 and sentence.line - intro[2] <= 12:
            context.intro, context.intro_sentence = intro[0], intro[1]
        context.heading, context.heading_sentence = heading
        found[sentence.number] = context
        if words[-1] == ":":
            intro = (classes, sentence.number, sentence.line)
        elif sentence.zone not in _LISTED:
            intro = ((), -1, -1)
        if sentence.zone == "headline":
            heading = (classes, sentence.number)
            if words[-1] != ":":
                intro = ((), -1, -1)
    _share_rows(page, found)
    return found


def _share_rows(page: Page, found: dict[int, SentenceContext]) -> None:
    """Gives the cells of a row the cues of the other cells."""
    rows: dict[int, list[Sentence]] = {}
    for sentence in page.sentences:
        if sentence.is_row and sentence.number in found:
            rows.setdefault(sentence.block, []).append(sentence)
    for cells in rows.values():
        if len(cells) > 1:
            classes = tuple(dict.fromkeys(name for cell in cells for name in found[cell.number].classes))
            for cell in cells:
                found[cell.number].row_cues = classes
