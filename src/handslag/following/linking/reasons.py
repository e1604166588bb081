"""Why a passage is proposed as evidence, in words, Swedish and English."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from handslag.following.linking.link_features import Features, Shared
from handslag.following.results import Because
from handslag.following.seeing.telling import Sentence
from handslag.vocabulary.load import vocabulary

_MOST_WORDS: Final = 4
# From these odds on (a logarithm) what both mean is told as a reason.
_READ: Final = 0.0
_SHOWN_FOR: Final = {
    "done": ("completed",),
    "underway": ("begun", "completed"),
    "delayed": ("delayed",),
    "cancelled": ("ended_agreement", "cancelled"),
    "contradicted": ("failed", "cancelled"),
    "restated": ("kept_word", "future"),
}


def reason(sentence: Sentence, shared: Sequence[Shared], features: Features, says: str, by: str) -> Because:
    """What speaks for the link and for what the passage is taken to say."""
    words = list(dict.fromkeys(_pair(item) for item in sorted(shared, key=lambda item: -item.weight)))[:_MOST_WORDS]
    parts = []
    if words:
        listed = ", ".join(words)
        parts.append(_said("shared_words", listed))
    if (score := features.get("read together", _READ - 1)) >= _READ:
        parts.append(_said("read_together", str(round(100 / (1 + math.exp(-score))))))
    for key, text in (("same money", "same_money"), ("same figure", "same_figure"), ("same time", "same_time")):
        if key in features:
            parts.append(_said(text))
    if features.get("owner same") or features.get("owner part"):
        parts.append(_said("names_owner"))
    elif features.get("own page"):
        parts.append(_said("own_page"))
    elif features.get("person of owner"):
        parts.append(_said("names_person"))
    parts.append(_said("by_" + by))
    cues = cue_words(sentence, _SHOWN_FOR[says])
    outcome = _said("says_" + says, cues) if cues else _said("says_bare_" + says)
    return Because("; ".join([*(p.sv for p in parts), outcome.sv]), "; ".join([*(p.en for p in parts), outcome.en]))


def cue_words(sentence: Sentence, names: Iterable[str]) -> str:
    """The words of the sentence's first cue of these classes, "" if it has none."""
    for name in names:
        for cue in sentence.cues:
            if cue.name == name:
                return " ".join(token.form for token in sentence.tokens[cue.first : cue.last])
    return ""


def _pair(item: Shared) -> str:
    mine, theirs = item.mine.form, item.theirs.form
    return f"“{theirs}”" if mine == theirs else f"“{theirs}” ({mine})"


def _said(key: str, filling: str = "") -> Because:
    texts = vocabulary("following_texts")["reasons"][key]
    return Because(texts["sv"].replace("%", filling), texts["en"].replace("%", filling))
