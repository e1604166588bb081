"""Phrases that may be somebody's role: tagged ones, noun phrases around role words, and what stands where roles are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from handslag.language.base_forms import plain
from handslag.language.function_words import function_words
from handslag.language.speech import is_speech_verb, speech_words
from handslag.reading.analysis import Analysis
from handslag.reading.names.person_features import is_role_word
from handslag.reading.page import Page
from handslag.vocabulary.load import vocabulary

MOST_WORDS = 10
_EDGES = frozenset((",", "–", "—", "-", "och", "and", "*", ":", "(", "|", "•", "&"))
_JOINING = frozenset(("och", "and", "&", "samt", "/"))
_STOPS = frozenset('.;:()[]|–—"”“»«?!•·<>')


class RolePhrase(NamedTuple):
    """Tokens `[first, last)` that may name a role; `source` tells how it was found, `probability` is the tagger's, 0 if it did not.

    `text` is the role as printed: "vd" where the token is "vd-byte".
    """

    first: int
    last: int
    source: str
    probability: float
    text: str


@cache
def _words(name: str) -> frozenset[str]:
    """The list `name` of roles.yaml."""
    return frozenset(str(word) for word in vocabulary("roles")[name])


@cache
def _no_role() -> frozenset[str]:
    """Lower-case words that stand right before a name without being a role."""
    return function_words().union(speech_words("finite"), speech_words("makers"))


@lru_cache(maxsize=20_000)
def role_of_post(form: str) -> str:
    """The role in a compound that names a post or its change: "vd" of "vd-byte", "ordförande" of "ordförandeposten"; "" if it is none."""
    low = form.lower()
    for ending in _posts():
        if low.endswith(ending):
            role = form[: -len(ending)].removesuffix("-")
            return role if len(role) > 1 and is_role_word(role) else ""
    return ""


@cache
def _posts() -> tuple[str, ...]:
    return tuple(str(word) for word in vocabulary("roles")["posts"])


def role_phrases(analysis: Analysis) -> list[RolePhrase]:
    """The phrases of the page that may be roles, in reading order, each once."""
    page = analysis.page
    named = _named(analysis)
    found: dict[tuple[int, int], RolePhrase] = {}

    def add(first: int, last: int, source: str, probability: float = 0.0) -> None:
        while last > first and (page.tokens[last - 1].form in _EDGES or page.tokens[last - 1].form in _words("ends")):
            last -= 1
        while last > first and (
            page.tokens[first].form in _EDGES or page.tokens[first].form.lower() in _words("lead_ins")
        ):
            first += 1
        if 0 < last - first <= MOST_WORDS and (first, last) not in found:
            found[(first, last)] = RolePhrase(first, last, source, probability, plain(page.words(first, last)))

    for term in analysis.terms:
        if term.kind == "ROLE":
            add(term.first, term.last, "tag", term.probability)
    for sentence in page.sentences:
        if sentence.zone == "furniture":
            continue
        i = sentence.first
        while i < sentence.last:
            post = role_of_post(page.tokens[i].form)
            if post and i not in named:
                found[(i, i + 1)] = RolePhrase(i, i + 1, "post", 0.0, post)
                i += 1
            elif (
                named.get(i) != "P"
                and is_role_word(page.tokens[i].form)
                and (i not in named or page.tokens[i].form.islower() or i - 1 not in named)
            ):
                i = _around_head(page, i, sentence.first, sentence.last, named, add)
            else:
                i += 1
    for person in analysis.people:
        for mention in person.mentions:
            _beside_name(page, mention.first, mention.last, named, add)
    return [found[key] for key in sorted(found)]


def _named(analysis: Analysis) -> dict[int, str]:
    """Token → "P" within a person's name, "O" within an organisation's that is likely one."""
    found: dict[int, str] = {}
    for organisation in analysis.organisations:
        if organisation.certainty >= 0.4:
            for mention in organisation.mentions:
                found.update(dict.fromkeys(range(mention.first, mention.last), "O"))
    for person in analysis.people:
        for mention in person.mentions:
            found.update(dict.fromkeys(range(mention.first, mention.last), "P"))
    return found


def _around_head(
    page: Page, head: int, first: int, stop: int, named: Mapping[int, str], add: Callable[[int, int, str], None]
) -> int:
    """Adds the noun phrases around the role word at `head`; gives the token to go on from."""
    tokens = page.tokens
    start = head
    while start > first and start - 1 not in named and _modifies(tokens[start - 1].form, tokens[start].form):
        start -= 1
    end = head + 1
    while (
        end < stop
        and end not in named
        and (is_role_word(tokens[end].form) or _is_inner(tokens[end].form, tokens[head].form))
    ):
        end += 1
    if start > first + 1 and tokens[start - 1].form in ("och", "and") and tokens[start - 2].form.endswith("-"):
        add(start - 2, end, "head")
    add(start, end, "head")
    if start > first and start - 1 not in named and _may_qualify(tokens[start - 1].form):
        add(start - 1, end, "wide")
    joined = end
    if joined + 1 < stop and tokens[joined].form.lower() in _JOINING and joined + 1 not in named:
        k = joined + 1
        while k < stop and k not in named and _modifies(tokens[k].form, ""):
            k += 1
        if k < stop and k not in named and is_role_word(tokens[k].form):
            joined = k + 1
            while joined < stop and joined not in named and is_role_word(tokens[joined].form):
                joined += 1
            add(start, joined, "joined")
    for base in dict.fromkeys((end, joined)):
        far = _complement_end(page, base, stop, named)
        if far > base:
            add(start, far, "full")
            if start < head and base == end:
                add(head, far, "full")
    return end


def _may_qualify(form: str) -> bool:
    """True for a lower-case noun or adjective that may belong to the role behind it: "legal adviser", "gemensam samordnare"."""
    return (
        form[0].islower()
        and form.isalpha()
        and len(form) > 2
        and form not in _no_role()
        and form not in _words("link_words")
        and not is_speech_verb(form)
    )


def _modifies(form: str, following: str) -> bool:
    low = form.lower()
    if low in _words("modifiers") or is_role_word(form):
        return True
    return (form[0].isupper() and following[:1].isupper() and form.isalpha() and low not in _no_role()) or (
        form.endswith("-") and len(form) > 2
    )


def _is_inner(form: str, head: str) -> bool:
    """True for a capitalised word right behind a capitalised head: "Director Business Development", "VP Manufacturing"."""
    return form[0].isupper() and form.isalpha() and head[0].isupper() and form.lower() not in _no_role()


def _complement_end(page: Page, start: int, stop: int, named: Mapping[int, str]) -> int:
    """Where the phrase that says what a role is about ends, if one begins at `start`: "för medicinteknik", "of External Relations"."""
    tokens = page.tokens
    if start >= stop or tokens[start].form.lower() not in _words("complements"):
        return start
    i = start + 1
    while i < stop and i - start < MOST_WORDS - 2:
        form = tokens[i].form
        low = form.lower()
        if (
            i in named
            or form[0] in _STOPS
            or form[0].isdigit()
            or is_speech_verb(form)
            or low in speech_words("finite")
        ):
            break
        if form == "," and not _list_goes_on(page, i, stop, named):
            break
        if low in (
            "på",
            "vid",
            "at",
            "hos",
            "som",
            "who",
            "which",
            "att",
            "from",
            "från",
            "med",
            "with",
            "is",
            "när",
            "when",
            "till",
            "on",
            "since",
            "sedan",
            "efter",
            "after",
            "until",
        ):
            break
        i += 1
    return i if i > start + 1 else start


def _list_goes_on(page: Page, comma: int, stop: int, named: Mapping[int, str]) -> bool:
    """True for the comma of "Energy, Business and Industry"."""
    tokens = page.tokens
    return (
        comma + 2 < stop
        and tokens[comma + 1].form[0].isupper()
        and comma + 1 not in named
        and tokens[comma + 2].form.lower() in _JOINING
    )


def _beside_name(page, first, last, named, add) -> None:  # type: ignore[no-untyped-def]
    """Adds what stands where roles are printed beside a name: right before it, in apposition, in brackets, on the next line or cell."""
    tokens = page.tokens
    sentence = page.sentences[page.sentence_of[first]]
    if first > sentence.first and first - 1 not in named:
        word = tokens[first - 1].form
        low = word.lower()
        if word.isalpha() and len(word) > 3 and low not in _no_role() and not is_speech_verb(word):
            add(first - 1, first, "before")
    if last + 1 < sentence.last and tokens[last].form in (",", "(", "–", "—", "-", "|", "·"):
        end = last + 1
        while (
            end < sentence.last
            and end - last < 8
            and end not in named
            and tokens[end].form[0] not in _STOPS
            and tokens[end].form != ","
        ):
            if tokens[end].form.lower() in ("på", "vid", "at", "hos", "i", "in", "och", "and", "who", "som"):
                break
            end += 1
        add(last + 1, end, "apposition")
    if sentence.last == last or tokens[last].form in (",", "<"):
        _next_lines(page, sentence.number, +1, named, add)
    if sentence.first == first:
        _next_lines(page, sentence.number, -1, named, add)


def _next_lines(page, number, step, named, add) -> None:  # type: ignore[no-untyped-def]
    """Adds the short line or cell before or after a name's, up to its first comma or body."""
    other = number + step
    if not 0 <= other < len(page.sentences):
        return
    sentence = page.sentences[other]
    first, last = sentence.first, sentence.last
    if last - first > 9 or sentence.zone == "furniture" or page.tokens[first].form[0].isdigit():
        return
    end = first
    while (
        end < last
        and end not in named
        and page.tokens[end].form not in (",", "(", "|", "·", "@", "–", "–", ":")
        and page.tokens[end].form.lower() not in ("på", "vid", "at", "hos")
    ):
        end += 1
    if end > first and "@" not in page.tokens[first].form:
        add(first, end, "line")
        if end < last and page.tokens[end].form == ",":
            add(first, last, "whole line")
