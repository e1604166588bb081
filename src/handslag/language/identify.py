"""Which language a text is written in, told by its function words and letters.

Swedish and English are told apart line by line; other languages are recognised so that a page in them is not read as if it
were Swedish. Reference for the method: Grefenstette, "Comparing two language identification schemes" (JADT 1995).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from handslag.vocabulary.load import vocabulary

READ = ("sv", "en")
_WORDS = re.compile(r"[^\W\d_]+")


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in vocabulary("function_words").items():
        for word in str(words).split():
            found.setdefault(word, []).append(language)
    return {word: tuple(sorted(set(languages))) for word, languages in found.items()}


def language_scores(words: Iterable[str]) -> dict[str, float]:
    """How much the lower-case `words` speak for each language: a function word shared by n languages counts 1/n."""
    known = _languages_of_word()
    scores: dict[str, float] = {}
    for word in words:
        languages = known.get(word)
        if languages:
            for language in languages:
                scores[language] = scores.get(language, 0.0) + 1 / len(languages)
    return scores


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return _WORDS.findall(text.lower())


def language_of(text: str) -> str:
    """The main language of a text as an ISO 639-1 code; "" if there are too few function words to tell."""
    scores = language_scores(words_of(text))
    if not scores:
        return ""
    best, score = max(scores.items(), key=lambda item: item[1])
    return best if score >= 1 else ""


def line_language(line: str, main: str) -> str:
    """The language of one line on a page whose main language is `main`: another one only if its own words say so."""
    scores = language_scores(words_of(line))
    if not scores:
        return main
    best, score = max(scores.items(), key=lambda item: (item[1], item[0] == main))
    return best if best in READ and score >= scores.get(main, 0) + 1.0 else main
