"""Features of tokens for the trained taggers: each word's own are made once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from handslag.language.lexicon import classes_of
from handslag.language.tokens import Token


@lru_cache(maxsize=50_000)
def shape_of(form: str) -> str:
    """The form's shape: capitals X, small letters x, digits 9, other marks as they are, runs shortened to two."""
    shape: list[str] = []
    for character in form:
        kind = "X" if character.isupper() else "x" if character.isalpha() else "9" if character.isdigit() else character
        if len(shape) < 2 or shape[-1] != kind or shape[-2] != kind:
            shape.append(kind)
    return "".join(shape[:10])


@lru_cache(maxsize=50_000)
def word_features(form: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Features of a word as the token at hand, as its neighbour, and as a neighbour two away."""
    low = form.lower()
    shape = shape_of(form)
    classes = classes_of(form)
    own = [low, "s=" + shape, "e3=" + low[-3:], "e4=" + low[-4:], "b3=" + low[:3], *("c=" + name for name in classes)]
    if len(low) > 6:
        own.append("e5=" + low[-5:])
    near = [low, "s=" + shape, "e3=" + low[-3:], *("c=" + name for name in classes if ":" not in name)]
    far = [low, "s=" + shape]
    return tuple(own), tuple(near), tuple(far)


@lru_cache(maxsize=200_000)
def _placed(form: str, place: str) -> tuple[str, ...]:
    own, near, far = word_features(form)
    features = own if place == "0" else near if place in ("-1", "+1") else far
    return tuple(place + ":" + feature for feature in features)


def sentence_features(tokens: Sequence[Token], first: int, last: int) -> list[list[str]]:
    """Window features of tokens `[first, last)`."""
    rows = []
    forms = [tokens[i].form for i in range(first, last)]
    count = len(forms)
    for k, form in enumerate(forms):
        row = list(_placed(form, "0"))
        if k:
            row += _placed(forms[k - 1], "-1")
            row.append("b-=" + forms[k - 1].lower() + "|" + form.lower())
            row.append("sh-=" + shape_of(forms[k - 1]) + "|" + shape_of(form))
        else:
            row.append("first")
        if k + 1 < count:
            row += _placed(forms[k + 1], "+1")
            row.append("sh+=" + shape_of(form) + "|" + shape_of(forms[k + 1]))
        else:
            row.append("last")
        if k > 1:
            row += _placed(forms[k - 2], "-2")
        if k + 2 < count:
            row += _placed(forms[k + 2], "+2")
        rows.append(row)
    return rows
