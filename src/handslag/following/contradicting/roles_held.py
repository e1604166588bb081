"""Roles of which a body has one, held by two people on one page: the same role, the same body, both said to hold it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import combinations, product
from typing import Final, NamedTuple

from handslag.following.results import Contradiction
from handslag.following.seeing.names import Name, party_of
from handslag.following.seeing.telling import Sentence
from handslag.following.seeing.views import DocumentView
from handslag.following.wording import said
from handslag.language.lexicon import classes_of
from handslag.vocabulary.load import vocabulary

_CHANGED: Final = re.compile(
    r"^(?:ny|nya|nye|förr[ae]|tidigare|dåvarande|avgå\w*|avgick|tillträd\w*|efterträd\w*|efter|blir|blev|tf|tillförordnad|vice|vikarie\w*"
    r"|val(?:d|des|de|ts|t)|utse\w*|utsåg\w*|ersätt\w*|new|former|previous\w*|outgoing|incoming|succe\w*|becomes?|became|acting|interim"
    r"|deputy|replac\w*|until|elect\w*|appoint\w*|after|since)$"
)
_IS: Final = frozenset((":", "är", "is", "heter"))
_BETWEEN: Final = _IS | {"dr", "professor"}
_OF: Final = frozenset("of at för på vid i hos".split())
_OF_BODIES: Final = ("org", "legal", "place", "body")
_LONGEST: Final = 3  # words of a person's name
_ALIKE: Final = 2  # letters with which a misprint of a name begins like it


class Held(NamedTuple):
    """A person in a role of a body (words of its name; none where none is told), and in which sentence that is said."""

    person: str
    role: str
    body: frozenset[str]
    sentence: Sentence


def held_by_two(page: DocumentView) -> Iterable[Contradiction]:
    """One role in one body, of which there is one, held by two people."""
    for one, other in combinations(_held(page), 2):
        if one.role != other.role or one.sentence is other.sentence or not _are_two(one.person, other.person):
            continue
        if not _is_one_body(page, one, other) or _tells_a_change(page, (one.person, other.person)):
            continue
        a, b = ((held.sentence.start, held.sentence.end) for held in (one, other))
        what = said("contradictions", "role", f"{one.person} – {other.person}")
        yield Contradiction(page.document.place(*a), page.document.place(*b), "role", what)


def held_by_another(one: DocumentView, other: DocumentView) -> Iterable[Contradiction]:
    """One role in two language versions of a page, held by two people, of whom each stands in one version only."""
    for mine, theirs in product(_held(one), _held(other)):
        if mine.role != theirs.role or not _are_two(mine.person, theirs.person):
            continue
        if mine.body and theirs.body and not mine.body & theirs.body:
            continue
        if _is_named_in(other, mine.person) or _is_named_in(one, theirs.person):
            continue
        a = one.document.place(mine.sentence.start, mine.sentence.end)
        b = other.document.place(theirs.sentence.start, theirs.sentence.end)
        yield Contradiction(a, b, "role", said("contradictions", "role", f"{mine.person} – {theirs.person}"))


def _is_named_in(page: DocumentView, person: str) -> bool:
    return person.rsplit(maxsplit=1)[-1] in page.document.text


def _held(page: DocumentView) -> list[Held]:
    """Who holds which role, as the reader tells and as the words around a role do."""
    found: dict[tuple[str, int], Held] = {}
    for sentence in page.sentences:
        for held in _in_sentence(page, sentence):
            found[held.person, sentence.start] = held
    for person in page.document.people:
        role = _groups().get(person.role.lower(), "")
        start, end = person.place
        around = next((s for s in page.sentences if s.start <= start < s.end), None) if end else None
        if role and around is not None and person.tense == "current" and person.organisation:
            read = Held(person.name, role, frozenset(party_of(person.organisation).core), around)
            known = found.setdefault((person.name, around.start), read)
            if known.role == role and not known.body:
                found[person.name, around.start] = read
    return list(found.values())


def _in_sentence(page: DocumentView, sentence: Sentence) -> Iterable[Held]:
    """By words that stand together: "Klustrets vd Josefin Malmros", "Ordförande är Evald Norman", "chief executive of Tolland Trust, Ian Marsh"."""
    low = sentence.low
    for at in range(len(low)):
        role, after = _role_at(low, at)
        if not role or (at and _CHANGED.match(low[at - 1])):
            continue
        body = _body_before(page, sentence, at)
        following = _name_from(sentence, after)
        if following is None and after < len(low) and low[after] in _OF:
            of = _name_from(sentence, after + 1)
            if of is not None:
                body = frozenset(of.words)
                following = _name_from(sentence, _token_after(sentence, of.end))
        person = page.document.text[following.start : following.end] if following else ""
        is_told_so = following is not None and low[after : after + 1] and low[after] in _IS
        if following is not None and _is_person(page, person, is_told_so=bool(is_told_so)):
            yield Held(person, role, body, sentence)


def _is_person(page: DocumentView, name: str, *, is_told_so: bool = False) -> bool:
    """True for a name of two or three words on one line that is no body's or place's; who "is" a chair is a person."""
    words = name.split()
    is_body = name in page.document.organisations and not is_told_so
    if not 1 < len(words) <= _LONGEST or "\n" in name or is_body:
        return False
    return not any(kind.startswith(_OF_BODIES) for word in words for kind in classes_of(word))


def _role_at(low: list[str], at: int) -> tuple[str, int]:
    for size in (3, 2, 1):
        role = _groups().get(" ".join(low[at : at + size]))
        if role:
            return role, at + size
    return "", at


def _name_from(sentence: Sentence, at: int) -> Name | None:
    """The name that begins at a word, or after a colon or an "is"."""
    for k in range(at, min(at + 3, len(sentence.tokens))):
        start = sentence.tokens[k].start
        found = next((name for name in sentence.names if name.start == start), None)
        if found is not None:
            return found
        if sentence.low[k] not in _BETWEEN:
            return None
    return None


def _token_after(sentence: Sentence, end: int) -> int:
    return next((k for k, token in enumerate(sentence.tokens) if token.start >= end), len(sentence.tokens))


def _body_before(page: DocumentView, sentence: Sentence, at: int) -> frozenset[str]:
    """The body whose role it is, by a genitive before it; of the page's own where the page calls it so ("fondens")."""
    if not at:
        return frozenset()
    token = sentence.tokens[at - 1]
    if not token.form.endswith("s"):
        return frozenset()
    name = next((n for n in sentence.names if n.start <= token.start < n.end), None)
    low = {token.form.lower().removesuffix("s").rstrip("'’"), *(name.words if name else ())}
    for own in page.head:
        party = party_of(page.document.text[own.start : own.end])
        if low & party.stand_ins or low & set(party.words):
            return frozenset(party.core)
    for body in page.document.organisations:
        party = party_of(body)
        if low & set(party.core):
            return frozenset(party.core)  # also where it begins a line, so that nothing tells it is a name
    return frozenset(name.words if name else low & page.name_words)


def _is_one_body(page: DocumentView, one: Held, other: Held) -> bool:
    """True if both roles are of one body: it is named with both, or with the one and by the words before the other."""
    if one.body and other.body:
        return bool(one.body & other.body) and (one.body <= other.body or other.body <= one.body)
    if not one.body and not other.body:
        return False
    told, bare = (one, other) if one.body else (other, one)
    if told.body & {word for name in page.head for word in name.words}:
        return True
    number = bare.sentence.number
    named = [
        set(name.words)
        for sentence in page.sentences[max(0, number - 1) : number + 1]
        for name in sentence.names
        if " ".join(name.words) != bare.person.lower()
    ]
    return any(told.body & words for words in named)


@cache
def _groups() -> dict[str, str]:
    """Role → the first of its group, of roles of which a body has one."""
    return {str(role): str(roles[0]) for roles in vocabulary("outcome_words")["sole_roles"] for role in roles}


def _are_two(one: str, other: str) -> bool:
    """True if two full names cannot be one person's: neither first nor last name is the same, or nearly so."""
    mine, theirs = one.lower().split(), other.lower().split()
    if min(len(mine), len(theirs)) == 1:
        return False  # a surname alone may be anybody's
    return all(a[:_ALIKE] != b[:_ALIKE] for a, b in ((mine[-1], theirs[-1]), (mine[0], theirs[0])))


def _tells_a_change(page: DocumentView, people: Iterable[str]) -> bool:
    surnames = {person.lower().split()[-1] for person in people}
    return any(
        surnames & set(sentence.low)
        and ("moved_job" in sentence.classes or any(_CHANGED.match(low) for low in sentence.low))
        for sentence in page.sentences
    )
