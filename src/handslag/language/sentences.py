"""Where sentences end, in Swedish and English running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from handslag.language.function_words import function_words
from handslag.language.tokens import Token

# After these no sentence ends, whatever follows: "t.ex. Vinnova", "prof. Lind", "resp. Region".
ABBREVIATIONS = frozenset(
    """bl.a t.ex d.v.s dvs fr.o.m t.o.m s.k ca resp nr inkl exkl e.kr f.d jfr ordf vice dr prof doc jur adj lic
    sekr leg tf forts red ev jr sr mr mrs ms vs e.g i.e approx dept est""".split()
)
# Abbreviations before a figure ("no. 3", "kl. 13", "Oct. 8"), words of their own elsewhere ("No.", "Max.", "i sin art.").
_BEFORE_FIGURES = frozenset(
    """no vol fig kl tel s p pp v sid art para sect max min st jan feb mar apr jun jul aug sep sept okt oct nov dec
    tors tis ons mån fre lör sön mon tue wed thu fri sat sun""".split()
)
# Often the last word of a sentence: a capital after them begins the next one, a figure or bracket does not.
_OFTEN_LAST = frozenset("m.m m.fl osv o.s.v etc mkr tkr milj st".split())
# "Pfizer Inc. Chief" goes on, "Pfizer Inc. The" does not.
_COMPANY = frozenset("inc ltd co corp".split())

_ENDINGS = frozenset(".!?…")
_CLOSING = frozenset("\"”'’»)]")
_OPENING = "\"“”»–—-•([’'*"
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ITEM_NUMBER = re.compile(r"[a-z]?\d{1,2}(?:\.\d{1,2})*|[a-zåäö]|[ivx]{1,4}", re.IGNORECASE)


@cache
def _beginners() -> frozenset[str]:
    """Function words as a sentence begins with them: "Det", "The"."""
    return frozenset(word.capitalize() for word in function_words() if len(word) > 1 and word != "de")


def sentence_ends(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """The ends (token numbers, exclusive) of the sentences among `tokens[first:last]`, the last one being `last`."""
    ends = []
    heading = _number_stop(tokens, first, last)
    i = first
    while i < last:
        if tokens[i].form in _ENDINGS and i + 1 < last:
            j = i + 1
            while j < last and (tokens[j].form in _ENDINGS or _closes(tokens, j)):
                j += 1
            if j < last and i != heading and _starts_anew(tokens, i, j):
                ends.append(j)
            i = j
        else:
            i += 1
    if last > first:
        ends.append(last)
    return ends


def _number_stop(tokens: Sequence[Token], first: int, last: int) -> int:
    """The full stop that belongs to a number at the very start ("1. Öppnande", "§ 12. Val"), or -1."""
    at = first + 1 if first < last and tokens[first].form == "§" else first
    is_number = at + 1 < last and tokens[at + 1].form == "." and _ITEM_NUMBER.fullmatch(tokens[at].form)
    return at + 1 if is_number else -1


def _closes(tokens: Sequence[Token], j: int) -> bool:
    """True if token `j` closes a quotation or bracket right after what stands before it."""
    return tokens[j].form in _CLOSING and tokens[j].start == tokens[j - 1].end


def _starts_anew(tokens: Sequence[Token], stop: int, following: int) -> bool:
    """True if the mark at `stop` ends a sentence and token `following` begins the next."""
    if tokens[following].start == tokens[following - 1].end:
        return False
    form = tokens[following].form
    if not (form[0].isupper() or form[0].isdigit() or form[0] in _OPENING):
        return False
    if tokens[stop].form != "." or stop == 0:
        return True
    before = _word_before(tokens, stop)
    low = before.lower()
    if low in _COMPANY or (before.isupper() and _INITIALS.fullmatch(before)):
        return form in _beginners()
    if before == "St" or low in ABBREVIATIONS:
        return False
    if low in _OFTEN_LAST:
        return form[0].isupper()
    return not (low in _BEFORE_FIGURES and form[0].isdigit())


def _word_before(tokens: Sequence[Token], stop: int) -> str:
    """The word before a full stop, whole where it is dotted itself: "t.ex" is three tokens."""
    word, i = tokens[stop - 1].form, stop - 1
    while i > 1 and tokens[i - 1].form == "." and tokens[i - 1].end == tokens[i].start == tokens[i - 2].end + 1:
        word = tokens[i - 2].form + "." + word
        i -= 2
    return word
