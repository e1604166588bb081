"""Bodies that the tagger left out, where only a body can stand: behind "vd på", after a role's comma, before "'s director"."""

from __future__ import annotations

from handslag.language.base_forms import folded, plain
from handslag.language.lexicon import classes_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.names.organisations import Organisation, kind_of
from handslag.reading.names.person_features import is_given_name, is_role_word
from handslag.reading.names.person_spans import stop_words
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page

CERTAINTY = 0.25
_AT = frozenset(("at", "på", "vid", "hos", "i", "från", "from"))
_OF = frozenset(("of", "för", "for"))
_INNER = frozenset(("&", "och", "of", "för", "and", "for", "i"))


def untagged_bodies(analysis: Analysis, phrases: list[RolePhrase]) -> list[Organisation]:
    """The bodies that stand beside role phrases without being tagged as anything."""
    page = analysis.page
    taken = {
        i for m in analysis.mentions if m.kind in ("ORG", "PER") or m.probability >= 0.8 for i in range(m.first, m.last)
    }
    known = {folded(name) for o in analysis.organisations for name in (o.name, *o.aliases)}
    found: dict[str, Organisation] = {}
    for phrase in phrases:
        stop = page.sentences[page.sentence_of[phrase.first]].last
        for first in _starts_behind(page, phrase.last, stop):
            _take(page, first, stop, taken, known, found)
        if phrase.first >= 2:
            _take_before(page, phrase.first, taken, known, found)
    for i, token in enumerate(page.tokens):
        if token.form in ("'s", "’s") and i and _is_place(page.tokens[i - 1].form):
            _take(page, i + 1, page.sentences[page.sentence_of[i]].last, taken, known, found)
    for person in analysis.people:
        for mention in person.mentions[:3]:
            i = mention.last
            stop = page.sentences[page.sentence_of[mention.first]].last
            if i + 1 < stop and page.tokens[i].form in ("(", ","):
                _take(page, i + 1, stop, taken, known, found)
    return list(found.values())


def _is_place(form: str) -> bool:
    return any(name.startswith("place") for name in classes_of(form))


def _starts_behind(page: Page, last: int, stop: int) -> list[int]:
    """Where a body may begin behind a role that ends at token `last`."""
    if last + 1 >= stop:
        return []
    form = page.tokens[last].form.lower()
    if form in _OF:
        return [last + 1]
    if form in _AT:
        after = page.tokens[last + 1].form.lower()
        return [last + 2] if after in ("the", "den", "det") and last + 2 < stop else [last + 1]
    return [last + 1] if form in (",", "(", "–", "@", "|") else []


def _take(page: Page, first: int, stop: int, taken: set[int], known: set[str], found: dict[str, Organisation]) -> None:
    last = first
    while last < stop and last not in taken and last - first < 6:
        form = page.tokens[last].form
        if (
            form[0].isupper()
            or (form[0].isdigit() and last > first)
            or (
                form.lower() in _INNER
                and last > first
                and last + 1 < stop
                and page.tokens[last + 1].form[0].isupper()
                and last + 1 not in taken
            )
        ):
            last += 1
        else:
            break
    _add(page, first, last, known, found)


def _take_before(page: Page, role: int, taken: set[int], known: set[str], found: dict[str, Organisation]) -> None:
    """Takes a run of capitals in the genitive right before a role."""
    last = role
    if page.tokens[last - 1].form in ("'s", "’s"):
        last -= 1
    elif not page.tokens[last - 1].form.endswith("s"):
        return
    first = last
    sentence = page.sentences[page.sentence_of[role]]
    while (
        first > sentence.first
        and first - 1 not in taken
        and last - first < 4
        and page.tokens[first - 1].form[0].isupper()
    ):
        first -= 1
    _add(page, first, last, known, found, genitive=last == role)


def _add(
    page: Page, first: int, last: int, known: set[str], found: dict[str, Organisation], genitive: bool = False
) -> None:
    if last <= first:
        return
    words = [page.tokens[i].form for i in range(first, last)]
    if any(is_role_word(word) for word in words) or is_given_name(words[0]) or len(words[0]) < 3:
        return
    if any("title" in classes_of(word) or word.lower() in stop_words() for word in (words[0], words[-1])):
        return
    if any(c.startswith(("place", "calendar", "demonym", "no body")) for c in classes_of(words[-1])):
        return
    name = plain(page.words(first, last))
    if genitive and name.endswith("s"):
        name = name[:-1]
    key = folded(name)
    if key not in known and key not in found and any(c.isalpha() for c in name):
        found[key] = Organisation(name, kind_of([name]), [Mention(first, last, "ORG", CERTAINTY)], certainty=CERTAINTY)
