"""Clauses that say who speaks: "säger vd Anna Lind", "she adds", "the minister told reporters"."""

from __future__ import annotations

from typing import NamedTuple

from handslag.language.speech import speaker_pronoun, speech_words
from handslag.reading.facts.quotes.people import is_role_word
from handslag.reading.facts.quotes.scene import Scene

# How far from a speech verb its subject may end or begin, in tokens: titles and roles stand between.
_REACH = 9
_STOPS = frozenset((".", "!", "?", ";", ":", "…"))
# What may stand between speech and the clause that says whose it is.
_BREAKS = frozenset((",", "?", "!", ".", "…", "–", "—", "-", ":"))


class Cut(NamedTuple):
    """An attribution inside a dash paragraph: speech ends before token `last`; the clause is `[first, end)`."""

    last: int
    first: int
    end: int
    subject: str


def subject_after(scene: Scene, verb: int, stop: int) -> str:
    """What stands as subject right after the verb: "person", a pronoun's kind, "role", "capital" or ""."""
    low, tokens = scene.low, scene.page.tokens
    role = ""
    for i in range(verb + 1, min(stop, verb + 1 + _REACH)):
        if i in scene.person_at:
            return "person"
        form = tokens[i].form
        if form in _STOPS or (form == "," and not role):
            break
        kind = speaker_pronoun(low[i])
        if kind and kind != "one" and i <= verb + 2:
            return kind
        if not role and is_role_word(form):
            role = "role"
        elif not role and form[0].isupper():
            role = "capital"
    return role


def subject_before(scene: Scene, first: int, verb: int) -> str:
    """What stands as subject in tokens `[first, verb)`, as in "she says", "the minister told"; "" if none does."""
    low, tokens = scene.low, scene.page.tokens
    found = ""
    for i in range(max(first, verb - _REACH), verb):
        if i in scene.person_at:
            return "person"
        kind = speaker_pronoun(low[i])
        if kind in ("she", "he", "they", "i"):
            found = kind
        elif is_role_word(tokens[i].form):
            found = "role"
        elif not found and tokens[i].form[0].isupper():
            found = "capital"
    return found


def cut_of(scene: Scene, first: int, last: int) -> Cut | None:
    """The last attribution inside tokens `[first, last)` of a paragraph that begins as speech, or None.

    It follows a comma, question mark, exclamation mark, full stop or dash: "..., säger hon", "...! says Anna Lind".
    """
    low, tokens = scene.low, scene.page.tokens
    verbs = speech_words("verbs")
    for v in range(last - 1, first, -1):
        if low[v] not in verbs:
            continue
        before = tokens[v - 1].form
        end = scene.sentence_end(v)
        if before in _BREAKS:
            subject = subject_after(scene, v, end)
            if subject and (tokens[v].form[0].islower() or before not in ".!?"):
                return _cut(scene, first, v, end, subject)
        else:
            start = v - 1
            while start > max(first, v - _REACH) and tokens[start - 1].form not in _BREAKS:
                start -= 1
            if start > first and tokens[start - 1].form in _BREAKS and tokens[start - 1].form not in ".:":
                subject = subject_before(scene, start, v)
                if subject and not _is_clause(low, start, v):
                    return _cut(scene, first, start, end, subject)
    return None


def _is_clause(low: list[str], first: int, verb: int) -> bool:
    """True if another verb stands between: then it is no bare "the minister said"."""
    finite = speech_words("finite")
    return any(low[i] in finite for i in range(first, verb))


def _cut(scene: Scene, first: int, clause: int, end: int, subject: str) -> Cut:
    mark = clause - 1
    last = mark + 1 if scene.page.tokens[mark].form in "?!.…" else mark
    return Cut(max(last, first + 1), clause, end, subject)
