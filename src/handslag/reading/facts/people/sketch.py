"""A page in outline: one symbol for each token, so that what stands between a person, a role and a body becomes a short pattern.

"P" is a person, "O" an organisation, "S" a noun that stands for one, "r" a role word; link words and marks stay as they are, other
words are "w", capitals "W", numbers "9", verbs of saying, coming and going have a letter each. "/" is a new line, "|" a new cell,
"." the end of a sentence.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from handslag.language.speech import is_speech_verb
from handslag.reading.analysis import Analysis
from handslag.reading.names.person_features import is_role_word
from handslag.vocabulary.load import vocabulary

# beyond so many tokens a pattern says no more than a distance
LONGEST = 14
_MARKS = frozenset(",;:()[]/|–—-•·&\"”“»«'’.!?@*…+<>→=")


@cache
def _link_words() -> frozenset[str]:
    return frozenset(str(word) for word in vocabulary("roles")["link_words"])


@cache
def tense_words() -> dict[str, str]:
    """Lower-case word → the tense it speaks for."""
    return {str(word): tense for tense, words in vocabulary("tenses").items() for word in words}


@lru_cache(maxsize=50_000)
def symbol_of(form: str) -> str:
    """What part a word plays in the pattern of a line: a letter, or the word itself where it links."""
    low = form.lower()
    if low in _link_words():
        return low
    if form[0] in _MARKS:
        return form[0]
    if "@" in form:
        return "@"
    if is_role_word(form):
        return "r"
    if is_speech_verb(form):
        return "s"
    tense = tense_words().get(low)
    if tense and tense != "current":
        return "<" + tense + ">"
    if form[0].isdigit():
        return "9"
    return "W" if form[0].isupper() else "w"


class Sketch:
    """The outline of an analysed page."""

    def __init__(self, analysis: Analysis) -> None:
        page = analysis.page
        self.page = page
        symbols = [symbol_of(token.form) for token in page.tokens]
        for i in analysis.stand_ins:
            symbols[i] = "S"
        for organisation in analysis.organisations:
            if organisation.certainty >= 0.3:
                for mention in organisation.mentions:
                    symbols[mention.first] = "O"
                    for i in range(mention.first + 1, mention.last):
                        symbols[i] = ""
        for person in analysis.people:
            for mention in person.mentions:
                symbols[mention.first] = "P"
                for i in range(mention.first + 1, mention.last):
                    symbols[i] = ""
        self.symbols = symbols
        self.breaks: dict[int, str] = {}
        sentences = page.sentences
        for before, after in pairwise(sentences):
            if after.block != before.block:
                self.breaks[after.first] = "/"
            else:
                self.breaks[after.first] = "|" if after.is_row else "."

    def between(self, first: int, last: int, role: tuple[int, int] | None = None) -> str:
        """The pattern of tokens `[first, last)`; `role` is drawn as one "R"."""
        if last - first > LONGEST:
            return "…"
        parts: list[str] = []
        i = first
        while i <= last:
            mark = self.breaks.get(i)
            if mark:
                parts.append(mark)
            if i == last:
                break
            if role is not None and i == role[0] and role[1] <= last:
                parts.append("R")
                i = role[1]
                continue
            symbol = self.symbols[i]
            if symbol and not (symbol == "w" and parts and parts[-1] == "w"):
                parts.append(symbol)
            i += 1
        return " ".join(parts) if len(parts) <= 9 else "…"

    def side(self, i: int) -> str:
        """The symbol of token `i` as a neighbour; "^" at a page's edge, breaks not seen."""
        return self.symbols[i] or "_" if 0 <= i < len(self.symbols) else "^"
