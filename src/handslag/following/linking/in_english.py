"""Swedish word for word in English, as far as the words are known: for networks that know English, not for people."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from handslag.following.seeing.words import notions_of
from handslag.language.tokens import tokens_of
from handslag.vocabulary.load import vocabulary

_REMEMBERED: Final = 1 << 14


def in_english(text: str, language: str) -> str:
    """The text as it is if it is English; else its words in English, those that are not known as they stand."""
    if language == "en":
        return text
    forms = [token.form for token in tokens_of(text)]
    found: list[str] = []
    at = 0
    while at < len(forms):
        phrase = _phrases().get(" ".join(forms[at : at + 2]).lower())
        found.append(_english_of(forms[at]) if phrase is None else phrase)
        at += 1 if phrase is None else 2
    return " ".join(found)


@lru_cache(maxsize=_REMEMBERED)
def _english_of(form: str) -> str:
    low = form.lower()
    known = vocabulary("english_words")["words"].get(low) or _verb_forms().get(low)
    if known is not None:
        return str(known)
    named = _first_words()
    return " ".join(named[notion] for notion in notions_of(low, "sv") if notion in named) or form


@cache
def _first_words() -> dict[str, str]:
    """Notion → the first English word that stands for it."""
    return {notion: str(lists["en"]).split()[0] for notion, lists in vocabulary("follow_glossary").items()}


@cache
def _phrases() -> dict[str, str]:
    """Two words that mean together what neither means alone."""
    lists = vocabulary("english_verbs")
    found: dict[str, str] = {str(swedish): str(english) for swedish, english in lists["phrases"].items()}
    for swedish, english in lists["with_particle"].items():
        infinitive, particle, *parts = str(swedish).split()
        for low, meant in _forms([infinitive, *parts], str(english).split()).items():
            found.setdefault(f"{low} {particle}", meant.replace("_", " "))
    return found


@cache
def _verb_forms() -> dict[str, str]:
    """Each form of the known Swedish verbs in English, in the same tense and voice."""
    found: dict[str, str] = {}
    for swedish, english in vocabulary("english_verbs")["verbs"].items():
        for low, meant in _forms(str(swedish).split(), str(english).split()).items():
            found.setdefault(low, meant.replace("_", " "))
    return found


def _forms(swedish: list[str], english: list[str]) -> dict[str, str]:
    """The forms of one verb, by its principal parts."""
    infinitive, *parts = swedish
    base, *irregular = english
    stem = infinitive.removesuffix("a")
    is_first = not parts  # the first conjugation: öppna, öppnade, öppnat
    past, supine = parts or (stem + "ade", stem + "at")
    was = irregular[0] if irregular else _regular_past(base)
    been = irregular[-1] if irregular else was
    if past.endswith("s"):  # a deponent: hoppas, hoppades, hoppats
        return {infinitive: base, past: was, supine: been}
    # Short ones keep their vowel in the present as the first conjugation does: tar, drar, ger.
    keeps = is_first or not infinitive.endswith("a") or past.endswith(("tog", "drog"))
    bare = stem.endswith("r") or (stem.endswith("l") and not stem.endswith("ll"))
    present = infinitive + "r" if keeps else stem + ("" if bare else "er")
    found = {
        infinitive: base,
        present: _third_person(base),
        past: was,
        supine: been,
        infinitive + "s": f"is {been}" if keeps else f"be {been}",
        past + "s": f"was {been}",
        supine + "s": f"been {been}",
    }
    if not keeps:
        found |= {stem + "s": f"is {been}", stem + "es": f"is {been}"}
    if is_first:
        found[stem + "ad"] = been
    elif past.endswith(("de", "te")):
        participle = past.removesuffix("e")
        found |= {participle: been, participle + "a": been}
    return found


def _regular_past(base: str) -> str:
    return base + ("d" if base.endswith("e") else "ed")


def _third_person(base: str) -> str:
    verb, *rest = base.split("_")
    if verb == "be":
        verb = "is"
    elif verb.endswith("y") and verb[-2:-1] not in "aeou":
        verb = verb[:-1] + "ies"
    else:
        verb += "es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s"
    return "_".join([verb, *rest])
