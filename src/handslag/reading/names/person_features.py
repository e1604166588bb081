"""What speaks for and against a run of capitalised words being a person's name: its parts, its marks, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from handslag.language.function_words import function_words
from handslag.language.lexicon import classes_of
from handslag.language.speech import is_speech_verb, speech_words
from handslag.reading.names.person_spans import part_of
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page

_MARKS = frozenset(",;:()/|–—-•·&\"”“»«'.!?@+*…")


@lru_cache(maxsize=20_000)
def is_given_name(word: str) -> bool:
    """True for a known first name, also for a double one with a known part."""
    return "first name" in classes_of(word) or (
        "-" in word and any("first name" in classes_of(part) for part in word.split("-") if part)
    )


@lru_cache(maxsize=20_000)
def is_role_word(word: str) -> bool:
    """True for a word that names a role, alone or as the end of a compound."""
    classes = classes_of(word)
    return "role" in classes or "-role" in classes


@lru_cache(maxsize=20_000)
def neighbour_of(form: str) -> str:
    """A word beside a name, as a class: a role, a title, a verb of speech, a function word, a mark, or just its case."""
    low = form.lower()
    if form[0] in _MARKS:
        return form[0]
    if low in speech_words("makers"):
        return "maker"
    if is_role_word(form):
        return "role"
    if "title" in classes_of(form):
        return "title"
    if is_speech_verb(form):
        return "says"
    if low in function_words():
        return "=" + low
    if "@" in form:
        return "@"
    if form[0].isdigit():
        return "9"
    if part_of(form):
        return "given" if is_given_name(form) else "name"
    return "Cap" if form[0].isupper() else "low"


@lru_cache(maxsize=20_000)
def _word_marks(word: str, place: str) -> tuple[str, ...]:
    found = [place + "c=" + name for name in classes_of(word) if ":" not in name or name.startswith(("place", "-org"))]
    if "-" in word and is_given_name(word):
        found.append(place + "given double")
    low = word.lower()
    found += [place + "e2=" + low[-2:], place + "e3=" + low[-3:]]
    if low.startswith(("mc", "mac", "o'", "o’", "al-", "el-", "van", "fitz")):
        found.append(place + "foreign start")
    if any(c in word for c in "-'’"):
        found.append(place + "joined")
    return tuple(found)


def name_features(words: Sequence[str]) -> list[str]:
    """Features of the name alone."""
    real = [word for word in words if word != "."]
    found = ["words" + str(min(5, len(real)))]
    found += _word_marks(real[0], "f:")
    known = is_given_name(real[0])
    if len(real) > 1:
        found += _word_marks(real[-1], "l:")
        classes = classes_of(real[-1])
        found.append("given" + str(int(known)) + " surname" + str(int("-surname" in classes)))
    found.append("given" + str(int(known)) + " words" + str(min(4, len(real))))
    for word in real[1:-1]:
        found += ["m:" + part_of(word) + str(int(is_given_name(word)))]
    if part_of(real[0]) == "initial":
        found.append("initial first")
    elif part_of(real[-1]) == "initial" or (
        len(real) == 2 and len(real[1]) <= 3 and real[1].replace("-", "").isupper()
    ):
        found.append("initial last")
    if all(part_of(word) in ("upper", "initial", "inner") for word in real):
        found += ["upper", "upper given" + str(int(known))]
    return found


def place_features(page: Page, first: int, last: int) -> list[str]:
    """Features of one place where the name stands."""
    tokens = page.tokens
    sentence = page.sentences[page.sentence_of[first]]
    zone = sentence.zone
    found = ["z=" + zone]
    before = neighbour_of(tokens[first - 1].form) if first > sentence.first else "^"
    after = neighbour_of(tokens[last].form) if last < sentence.last else "$"
    found += ["b=" + before, "a=" + after, "b=" + before + "&a=" + after]
    if first - 1 > sentence.first:
        found.append("bb=" + neighbour_of(tokens[first - 2].form) + before)
    if last + 1 < sentence.last:
        found.append("aa=" + after + neighbour_of(tokens[last + 1].form))
        if after in (",", "(", "–", "-", ":") and any(
            is_role_word(tokens[i].form) for i in range(last + 1, min(last + 6, sentence.last))
        ):
            found.append("role behind" + after)
    if before in (",", ":", "–") and any(
        is_role_word(tokens[i].form) for i in range(max(sentence.first, first - 7), first - 1)
    ):
        found.append("role in front" + before)
    if before == "^" and after == "$":
        found += _alone(page, sentence.number, zone)
    elif (
        before == "^"
        and sentence.last - last < 9
        and any(is_role_word(tokens[i].form) for i in range(last, sentence.last))
    ):
        found.append("opens role line")
    if sentence.is_row:
        found.append("cell" + str(min(2, sentence.cell)))
    if _has_address(page, first, last):
        found.append("address")
    return found


def _alone(page: Page, number: int, zone: str) -> list[str]:
    """Features of a name that has a line or cell for itself."""
    found = ["alone", "alone z=" + zone]
    for name, other in (("up", number - 1), ("down", number + 1)):
        if not 0 <= other < len(page.sentences):
            continue
        sentence = page.sentences[other]
        size = sentence.last - sentence.first
        if size <= 12 and any(is_role_word(page.tokens[i].form) for i in range(sentence.first, sentence.last)):
            found.append("alone, role " + name)
        elif size <= 6:
            found.append("alone, short " + name)
        else:
            found.append("alone, text " + name)
    return found


def _has_address(page: Page, first: int, last: int) -> bool:
    """True if an e-mail address with the last name stands close behind."""
    surname = "".join(c for c in page.tokens[last - 1].form.lower() if c.isalpha())[:5]
    for i in range(last, min(last + 14, len(page.tokens))):
        form = page.tokens[i].form
        if "@" in form and surname[:4] in form.lower().replace("ö", "o").replace("å", "a").replace("ä", "a"):
            return True
    return False


def tag_features(first: int, last: int, mentions: Sequence[Mention]) -> list[str]:
    """What the tagger says of tokens `[first, last)`; `mentions` are those that overlap them."""
    found: list[str] = []
    for mention in mentions:
        if mention.first == first and mention.last == last:
            how = "same"
        elif mention.first <= first and mention.last >= last:
            how = "inside"
        elif mention.first >= first and mention.last <= last:
            how = "around"
        else:
            how = "across"
        share = str(sum(mention.probability >= step for step in (0.4, 0.6, 0.8, 0.95, 0.99)))
        found += ["t=" + how + mention.kind, "t=" + how + mention.kind + share]
    return found or ["t=none"]
