"""The commonest words of Swedish and English that say nothing by themselves: articles, prepositions, pronouns, auxiliaries."""

from __future__ import annotations

from functools import cache

from handslag.vocabulary.load import vocabulary


@cache
def function_words() -> frozenset[str]:
    """The function words of both languages that are read, in small letters."""
    words = vocabulary("function_words")
    return frozenset(f"{words['sv']} {words['en']}".split())
