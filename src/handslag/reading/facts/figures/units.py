"""Units: the noun that a number counts, as printed; it stands after the number, in the row's label, or it is left out.

After a number a small judge goes from word to word: does the counted noun end here, does it go on, is there none?
"""

from __future__ import annotations

from handslag.language.base_forms import plain
from handslag.language.function_words import function_words
from handslag.reading.facts.figures.candidates import Candidate, Scene
from handslag.reading.facts.figures.nouns import figure_words, label_noun, noun_before
from handslag.reading.facts.figures.tables import Row
from handslag.reading.models import Judge

# a counted noun is at most this many words long
LONGEST = 6
CLASSES = ["end", "none", "on"]
# words between two numbers that have one noun: "14 av 21 regioner", "sex till åtta bolag"
_JOINTS = frozenset(["till", "to", "–", "-", "—", "eller", "or", "av", "of", "out", "och", "and", "/"])
_QUALIFIERS = frozenset("minst högst cirka ca about around nearly över drygt som mest least most at of in".split())
_OF = frozenset(["av", "of"])
_OPENERS = frozenset(["“", "”", '"', "»", "«", "’", "‘", "'"])
_CODES = frozenset(["SEK", "EUR", "USD", "GBP", "NOK", "DKK", "CHF", "ISK"])
# at most this many tokens stand between two numbers that have one noun
_JOINED = 4
# a row's number stands in a cell of at most this many tokens
_CELL = 4
# a noun that is left out was named at most this many sentences before
_SENTENCES_BACK = 2


def add_units(scene: Scene, judge: Judge) -> None:
    """Gives every candidate its unit; `judge` tells where a counted noun ends."""
    for candidate in scene.candidates:
        candidate.unit, candidate.unit_span, candidate.unit_from, candidate.unit_probability = "", None, "", 1.0
        unit = candidate.mention.unit
        if unit:
            candidate.unit, candidate.unit_from = unit, "own"
        else:
            _read_noun(scene, candidate, judge)
    previous: Candidate | None = None
    for number, candidate in enumerate(scene.candidates):
        if not candidate.unit:
            _borrow(scene, candidate, number, previous)
        if candidate.unit_span is not None or candidate.unit_from == "glued":
            previous = candidate


def following(scene: Scene, candidate: Candidate) -> int:
    """The token with which a counted noun may begin: the first after the number and the marks behind it."""
    i = candidate.last
    if i < candidate.sentence.last and scene.forms[i] in _OPENERS:
        i += 1
    return i


def step_features(scene: Scene, candidate: Candidate, start: int, i: int) -> list[str]:
    """What speaks for and against the counted noun ending with token `i`, having begun with token `start`."""
    lower, forms, last = scene.lower, scene.forms, candidate.sentence.last
    word = lower[i]
    after = lower[i + 1] if i + 1 < last else "$"
    position = str(min(3, i - start))
    language = candidate.sentence.language
    shape = (
        "X"
        if forms[i][:1].isupper()
        else "x"
        if forms[i][:1].isalpha()
        else "9"
        if forms[i][:1].isdigit()
        else forms[i][:1]
    )
    after_shape = (
        "$"
        if after == "$"
        else "X"
        if forms[i + 1][:1].isupper()
        else "x"
        if forms[i + 1][:1].isalpha()
        else "9"
        if forms[i + 1][:1].isdigit()
        else "."
    )
    found = [
        language, "k" + position, "w=" + word, "s=" + shape + position, "e2=" + word[-2:], "e3=" + word[-3:], "e4=" + word[-4:],
        "+w=" + after, "+s=" + after_shape, "+e2=" + after[-2:], "+e3=" + after[-3:], "+e4=" + after[-4:], "e2+e2=" + word[-2:] + "|" + after[-2:],
        "e1+e1=" + language + word[-1:] + "|" + after[-1:], "s+s=" + shape + after_shape, "n" + str(min(12, len(word))),
    ]  # fmt: skip
    if i > start:
        found += ["-w=" + lower[i - 1], "-e2=" + lower[i - 1][-2:]]
    if i + 2 < last:
        found += ["++e2=" + lower[i + 2][-2:], "++w=" + lower[i + 2]]
    if candidate.mention.is_word:
        found.append("number word")
    if candidate.mention.value in (2, 3, 4):
        found.append("few&" + word)
    if candidate.row is not None:
        found.append("row")
    if "-" in word:
        found.append("hyphen")
    functions = function_words()
    joint = ("f" if word in functions else "c") + (
        "." if not after[0].isalpha() else "f" if after in functions else "c"
    )
    found += [
        "f+f=" + joint,
        "f+f=" + joint + position,
        "f+f=" + joint + "&" + word[-2:],
        "f+f=" + joint + "&+" + after[-2:],
    ]
    if i + 2 < last:
        found.append(
            "f+f+f=" + joint + ("f" if lower[i + 2] in functions else "c" if lower[i + 2][0].isalpha() else ".")
        )
    return found


def _read_noun(scene: Scene, candidate: Candidate, judge: Judge) -> None:
    page, lower = scene.page, scene.lower
    last_token = page.tokens[candidate.last - 1]
    if last_token.end > candidate.mention.end:
        glued = page.text[candidate.mention.end : last_token.end]
        if (glued[0] in "-–\u2011" and sum(c.isalpha() for c in glued) > 1) or (glued.isalpha() and len(glued) < 5):
            candidate.unit, candidate.unit_from = glued.lstrip("-–\u2011"), "glued"
            return
    start, last = following(scene, candidate), candidate.sentence.last
    if candidate.first and _is_code(scene, candidate.first - 1):
        candidate.unit, candidate.unit_from = scene.forms[candidate.first - 1], "own"
        return
    if start < last and lower[start] in _OF and candidate.mention.kind == "count":
        start += 1
        while start < last and lower[start] in figure_words("determiners"):
            start += 1
    if start >= last or not scene.forms[start][0].isalpha() or lower[start] in figure_words("never counted"):
        return
    if any(other.first == start for other in candidate.neighbours):
        return
    if (
        start + 1 < last
        and lower[start] in figure_words("more")
        and lower[start + 1][0].isalpha()
        and lower[start + 1] not in figure_words("never counted")
    ):
        start += 1
    probability = 1.0
    for i in range(start, min(last, start + LONGEST)):
        chances = judge.probabilities(step_features(scene, candidate, start, i))
        best = max(range(len(chances)), key=chances.__getitem__)
        probability *= chances[best]
        name = judge.classes[best]
        if name == "none":
            break
        if name == "end":
            candidate.unit_span, candidate.unit_from = (start, i + 1), "after"
            candidate.unit = plain(page.words(start, i + 1))
            break
    candidate.unit_probability = probability


def _in_own_cell(candidate: Candidate, row: Row) -> bool:
    if row.span is None:
        return True
    return candidate.first >= row.span[1] and candidate.sentence.last - candidate.sentence.first <= _CELL


def _is_code(scene: Scene, i: int) -> bool:
    form = scene.forms[i]
    return len(form) == 3 and form.isupper() and (form in figure_words("other currencies") or form in _CODES)


def _borrow(scene: Scene, candidate: Candidate, number: int, previous: Candidate | None) -> None:
    """A unit that is printed elsewhere: with the next number, in the row's label, before the number, or earlier."""
    row = candidate.row
    if row is not None and row.label and _in_own_cell(candidate, row):
        code = next(
            (word for word in row.label.replace(",", " ").split() if word in figure_words("other currencies")), ""
        )
        candidate.unit, candidate.unit_from = code or label_noun(row.label), "row"
        if candidate.unit:
            return
    near = scene.candidates[number + 1] if number + 1 < len(scene.candidates) else None
    if (
        near is not None
        and near.sentence is candidate.sentence
        and near.unit
        and near.first - candidate.last <= _JOINED
    ):
        between = scene.lower[candidate.last : near.first]
        first = between[0] if between else ""
        if candidate.mention.partner == near.mention.start or (
            first in _JOINTS
            and all(
                word in _JOINTS or word in figure_words("determiners") or word in _QUALIFIERS for word in between[1:-1]
            )
        ):
            candidate.unit, candidate.unit_span, candidate.unit_from = near.unit, near.unit_span, "shared"
            return
    span = noun_before(scene, candidate)
    if span is not None:
        candidate.unit, candidate.unit_span, candidate.unit_from = plain(scene.page.words(*span)), span, "before"
        return
    if previous is not None and candidate.sentence.number - previous.sentence.number <= _SENTENCES_BACK:
        candidate.unit, candidate.unit_span, candidate.unit_from = previous.unit, previous.unit_span, "earlier"
