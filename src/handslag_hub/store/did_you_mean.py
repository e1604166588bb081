"""What may have been meant by a question that finds nothing: words that the actor may see, in the place of words that nothing has.

A word that stands only in what the actor may not see is never suggested, nor does it count in the choice between others.
"""

from __future__ import annotations

from handslag.language.search import correct, deletions, parse_query
from handslag.language.search.words import words_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.models import SpellingTerm
from handslag_hub.store.search import count_rows, is_found

# Candidates that are asked for in the index: each is a query.
_MOST_ASKED = 12
_COUNTED = 100


def suggest(actor: Actor, text: str) -> str:
    """The text with every word corrected that nothing has; "" where there is nothing to correct, or no correction finds anything."""
    asked = {term.word for term in parse_query(text).terms}
    corrected, at, changed = "", 0, False
    for word in words_of(text):
        for piece in word.pieces:
            meant = _meant(actor, text[piece.start : piece.end]) if piece.folded in asked else ""
            if meant:
                corrected += text[at : piece.start] + meant
                at, changed = piece.end, True
    corrected += text[at:]
    return corrected if changed and is_found(actor, parse_query(corrected)) else ""


def _meant(actor: Actor, word: str) -> str:
    """The likeliest word for one that no row has; "" where some row has it, or none is near."""
    if is_found(actor, parse_query(word)):
        return ""
    near = SpellingTerm.objects.filter(keys__deletion__in=deletions(word)).order_by("term").distinct()
    likely = correct(word, ((term, 0) for term in near.values_list("term", flat=True)))
    seen: list[tuple[str, int]] = []
    for term in likely:
        count = count_rows(actor, parse_query(f'"{term}"'), _COUNTED)
        if count:
            seen.append((term, count))
        if len(seen) == _MOST_ASKED:
            break
    best = correct(word, seen)
    return best[0] if best else ""
