"""Kinds of action: which a commitment promises, and by which words their outcome is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from handslag.following.seeing.cues import Cue, Phrases, cues_among, phrases_by_start
from handslag.vocabulary.load import vocabulary

_LANGUAGES: Final = ("sv", "en")


def promised_actions(words: Sequence[str], language: str) -> frozenset[str]:
    """The kinds of action that the lower-case `words` of a commitment promise."""
    return frozenset(cue.name for cue in cues_among(words, _phrases("promised", language)))


def told_results(words: Sequence[str], language: str) -> list[Cue]:
    """The words of a sentence by which the outcome of an action is told, each with its kind."""
    return cues_among(words, _phrases("told", language))


@cache
def _phrases(side: str, language: str) -> Phrases:
    listed: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]] = vocabulary("action_results")
    key = language if language in _LANGUAGES else "sv"
    return phrases_by_start({name: sides[side][key] for name, sides in listed.items()})
