"""Swedish word for word in English, as far as the words are known: for the encoder of sentences, not for people."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from handslag.following.words import notions_of
from handslag.language.tokens import tokens_of
from handslag.vocabulary.load import vocabulary

_REMEMBERED: Final = 1 << 14


def in_english(text: str, language: str) -> str:
    """The text as it is if it is English; else its words in English, those that are not known as they stand."""
    if language == "en":
        return text
    return " ".join(_english_of(token.form) for token in tokens_of(text))


@lru_cache(maxsize=_REMEMBERED)
def _english_of(form: str) -> str:
    low = form.lower()
    little = vocabulary("english_words")["words"].get(low)
    if little is not None:
        return str(little)
    named = _first_words()
    return " ".join(named[notion] for notion in notions_of(low, "sv") if notion in named) or form


@cache
def _first_words() -> dict[str, str]:
    """Notion → the first English word that stands for it."""
    return {notion: str(lists["en"]).split()[0] for notion, lists in vocabulary("follow_glossary").items()}
