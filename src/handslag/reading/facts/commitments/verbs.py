"""The forms of the verbs of a sentence, guessed from endings and helping verbs: what is done has other forms than what is to be."""

from __future__ import annotations

from collections.abc import Sequence

_BE = frozenset(("be", "been", "is", "are", "was", "were", "being"))
_HAVE = frozenset(("has", "have", "had", "har", "hade"))
_HELPING = {
    "sv": frozenset(("ska", "skall", "kommer", "kan", "får", "bör", "vill", "måste", "skulle")),
    "en": frozenset(("will", "shall", "must", "may", "can", "could", "should", "would", "might", "to"))
    | frozenset(("has", "have", "is", "are", "was", "were")),
}


def verb_forms(words: Sequence[str], language: str) -> list[tuple[int, str]]:
    """The words that seem to be verbs, by their place among the lower-case `words`, each with its form."""
    read = _swedish if language == "sv" else _english
    helping = _HELPING["sv" if language == "sv" else "en"]
    found = []
    before = two_before = ""
    for k, word in enumerate(words):
        form = word if word in helping else read(word, before, two_before) if len(word) > 2 else ""
        if form:
            found.append((k, form))
        before, two_before = word, before
    return found


def _swedish(word: str, before: str, two_before: str) -> str:
    if before in _HAVE or two_before in _HAVE:
        if word.endswith("t"):
            return "perfect"
        if word.endswith("ts"):
            return "perfect passive"
    if len(word) < 4:
        return ""
    if word.endswith(("ades", "des", "tes")):
        return "past passive"
    if word.endswith(("ade", "dde", "nde")) or (word.endswith("te") and len(word) > 4):
        return "past"
    if word.endswith(("as", "ds", "ts")):
        return "passive"
    return "present" if word.endswith(("ar", "er")) else ""


def _english(word: str, before: str, two_before: str) -> str:
    if word.endswith("ed"):
        if before in _BE:
            return "perfect passive" if two_before in _HAVE else before + " passive"
        return "perfect" if before in _HAVE or two_before in _HAVE else "past"
    if word.endswith("ing") and before in _BE:
        return "progressive"
    return "present" if word.endswith("s") and len(word) > 4 else ""
