"""Where sentences end, in Swedish and English running text."""

from __future__ import annotations

from collections.abc import Sequence

from handslag.language.tokens import Token

ABBREVIATIONS = frozenset(
    """bl.a t.ex m.m m.fl d.v.s dvs fr.o.m t.o.m s.k o.s.v osv etc ca resp st nr inkl exkl kl tel e.kr f.d jfr max min mkr milj
    tkr ordf vice dr prof doc fil med jur adj lic st sekr leg tf forts red sid s ev jan feb mar apr jun jul aug sep sept okt
    oct nov dec mr mrs ms st jr sr vs e.g i.e no vol fig pp p v inc ltd co corp approx dept est tors tis ons mån fre lör sön
    mon tue wed thu fri sat sun art para sect org""".split()
)
_ENDINGS = frozenset(".!?…")
_CLOSING = frozenset("\"”'’»)]")


def sentence_ends(tokens: Sequence[Token], first: int, last: int) -> list[int]:
    """The ends (token numbers, exclusive) of the sentences among `tokens[first:last]`, the last one being `last`."""
    ends = []
    i = first
    while i < last:
        if tokens[i].form in _ENDINGS and i + 1 < last:
            j = i + 1
            while j < last and (tokens[j].form in _ENDINGS or _closes(tokens, j)):
                j += 1
            is_number = i == first + 1 and tokens[i].form == "." and len(tokens[first].form) <= 2
            if j < last and not is_number and _starts_anew(tokens, i, j):
                ends.append(j)
            i = j
        else:
            i += 1
    if last > first:
        ends.append(last)
    return ends


def _closes(tokens: Sequence[Token], j: int) -> bool:
    """True if token `j` closes a quotation or bracket right after what stands before it."""
    return tokens[j].form in _CLOSING and tokens[j].start == tokens[j - 1].end


def _starts_anew(tokens: Sequence[Token], stop: int, following: int) -> bool:
    """True if the mark at `stop` ends a sentence and token `following` begins the next."""
    if tokens[following].start == tokens[following - 1].end:
        return False
    form = tokens[following].form
    if not (form[0].isupper() or form[0].isdigit() or form[0] in "\"“”»–—-•([’'*"):
        return False
    if tokens[stop].form != "." or stop == 0:
        return True
    before = tokens[stop - 1].form
    if len(before) == 1 and before.isalpha() and before.isupper():
        return False
    if before.isdigit() and len(before) <= 2 and form[0].islower():
        return False
    return before.lower() not in ABBREVIATIONS
