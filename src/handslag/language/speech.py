"""Words of speech, from the vocabulary: verbs that bring in a quotation, pronouns of speakers, persons of the verb."""

from __future__ import annotations

from functools import cache

from handslag.vocabulary.load import vocabulary


@cache
def speech_words(name: str) -> frozenset[str]:
    """The words of the list `name` in speech.yaml, of both languages or groups together, in lower case."""
    lists = vocabulary("speech")[name]
    if isinstance(lists, dict):
        return frozenset(str(word) for words in lists.values() for word in words)
    return frozenset(str(word) for word in lists)


@cache
def _pronouns() -> dict[str, str]:
    return {str(word): str(kind) for kind, words in vocabulary("speech")["pronouns"].items() for word in words}


def is_speech_verb(word: str) -> bool:
    """True if `word` (any case) is a form of a verb that brings in what somebody says: "säger", "added", "writes"."""
    return word.lower() in speech_words("verbs")


def speaker_pronoun(word: str) -> str:
    """The kind of speaker a pronoun (any case) stands for: "she", "he", "they", "i", "one"; "" if it is none."""
    return _pronouns().get(word.lower(), "")
