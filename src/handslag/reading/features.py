"""Features of tokens for the trained taggers: each word's own are made once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from handslag.language.lexicon import classes_of
from handslag.language.tokens import Token


def shape_of(form: str) -> str:
    """The form's shape: capitals X, small letters x, digits 9, other marks as they are, runs shortened to two."""
    shape: list[str] = []
    for character in form:
        kind = "X" if character.isupper() else "x" if character.isalpha() else "9" if character.isdigit() else character
        if len(shape) < 2 or shape[-1] != kind or shape[-2] != kind:
            shape.append(kind)
    return "".join(shape[:10])


class Word(NamedTuple):
    """A word form with what is known of it, and its features at a token, beside one, and two tokens away."""

    low: str
    stem: str
    shape: str
    is_capital: bool
    classes: tuple[str, ...]
    here: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    two_before: tuple[str, ...]
    two_after: tuple[str, ...]


@lru_cache(maxsize=50_000)
def word_of(form: str) -> Word:
    """The word with its features; `stem` is its small letters without a genitive s."""
    low = form.lower()
    shape = shape_of(form)
    classes = classes_of(form)
    own = [low, "s=" + shape, "e3=" + low[-3:], "e4=" + low[-4:], "b3=" + low[:3], *("c=" + name for name in classes)]
    if len(low) > 6:
        own.append("e5=" + low[-5:])
    near = [low, "s=" + shape, "e3=" + low[-3:], *("c=" + name for name in classes if ":" not in name)]
    far = [low, "s=" + shape]
    return Word(
        low, low[:-1] if low.endswith("s") and len(low) > 3 else low, shape, form[0].isupper(), classes,
        tuple("0:" + feature for feature in own),
        tuple("-1:" + feature for feature in near), tuple("+1:" + feature for feature in near),
        tuple("-2:" + feature for feature in far), tuple("+2:" + feature for feature in far),
    )  # fmt: skip


def words_of(tokens: Sequence[Token], first: int, last: int) -> list[Word]:
    """The words of tokens `[first, last)`."""
    return [word_of(tokens[i].form) for i in range(first, last)]


def sentence_features(tokens: Sequence[Token], first: int, last: int) -> list[list[str]]:
    """Window features of tokens `[first, last)`."""
    return window_features(words_of(tokens, first, last))


def window_features(words: Sequence[Word]) -> list[list[str]]:
    """Features of the words of one sentence, each with its neighbours up to two words away."""
    rows = []
    count = len(words)
    for k, word in enumerate(words):
        row = list(word.here)
        if k:
            before = words[k - 1]
            row += before.before
            row.append("b-=" + before.low + "|" + word.low)
            row.append("sh-=" + before.shape + "|" + word.shape)
            if k > 1:
                row += words[k - 2].two_before
        else:
            row.append("first")
        if k + 1 < count:
            after = words[k + 1]
            row += after.after
            row.append("sh+=" + word.shape + "|" + after.shape)
            if k + 2 < count:
                row += words[k + 2].two_after
        else:
            row.append("last")
        rows.append(row)
    return rows
