"""The people who may speak on a page: those that the names' readers found, and those whom only an attribution shows.

A name that a tagger missed stands plainly after "säger" or before a colon; and a surname that it took for a body's name is a
person's where the page has one person of that name.
"""

from __future__ import annotations

from collections import Counter

from handslag.language.base_forms import folded
from handslag.language.lexicon import classes_of
from handslag.language.speech import speaker_pronoun, speech_words
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page

_PARTICLES = frozenset("de der den von van af al el ibn bin da di du la le ten ter zu i y ní ó mac".split())
_REACH = 9
# A name that only an attribution shows is as sure as this.
_PROBABILITY = 0.5


def is_role_word(form: str) -> bool:
    """True for a word that can head a role: "ministern", "chef", "Director"."""
    classes = classes_of(form)
    return "role" in classes or "-role" in classes


def places_of(page: Page, low: list[str], people: list[Person], bodies: dict[int, tuple[int, int]]) -> dict[int, int]:
    """Token → number of the person whose name it is part of: all mentions, and every other place where a surname stands.

    First names count where one person alone has them. `bodies` holds the tokens of organisations' names with the first and last token of the name.
    """
    found = {i: number for number, person in enumerate(people) for m in person.mentions for i in range(m.first, m.last)}
    # names that stand for one person; two bearers of a name leave it to the readers of names
    surnames: dict[str, int] = {}
    first_names: dict[str, int] = {}
    parts: list[set[str]] = []
    for number, person in enumerate(people):
        words = folded(person.name).split()
        parts.append(set(words))
        if len(words) > 1:
            for form in (words[-1], words[-1] + "s"):
                surnames[form] = number if form not in surnames else -1
            first_names[words[0]] = number if words[0] not in first_names else -1
    tokens = page.tokens
    likely = surnames.keys() | first_names.keys()
    for i in [i for i, word in enumerate(low) if word in likely]:
        if i in found or not tokens[i].form[0].isupper():
            continue
        number = surnames.get(low[i], -1)
        if number < 0:
            number = first_names.get(low[i], -1)
            following = tokens[i + 1].form if i + 1 < len(tokens) else "."
            # a first name before another capital begins somebody else's name
            if number < 0 or i in bodies or (following[0].isupper() and following.lower() not in parts[number]):
                continue
        first, last = bodies.get(i, (i, i + 1))
        if all(low[k].rstrip("s") in parts[number] or low[k] in parts[number] for k in range(first, last)):
            first = i
            while first > 0 and low[first - 1] in parts[number] and first - 1 not in found:
                first -= 1
            for k in range(first, i + 1):
                found[k] = number
    return found


def distinct_people(people: list[Person], page: Page, bodies: dict[int, tuple[int, int]]) -> list[Person]:
    """The people who may speak: without those whose name is read as an organisation's at least as often, halves made whole.

    "Yasemin Örnefor" beside "Yasemin Örnefors", and "Solveig Aanderud" beside "Solveig Aanderud Pires", are one person.
    """
    names = Counter(folded(page.words(first, last)) for first, last in set(bodies.values()))
    kept = [person for person in people if names[folded(person.name)] < max(1, len(person.mentions))]
    whole: dict[str, str] = {}
    listed = [folded(person.name) for person in kept]
    for name in listed:
        longer = [other for other in listed if other == name + "s" or (" " in name and other.startswith(name + " "))]
        if len(longer) == 1:
            whole[name] = longer[0]
    if not whole:
        return kept
    merged = {
        name: Person(person.name, list(person.mentions), person.aliases)
        for name, person in zip(listed, kept, strict=True)
    }
    for name, longer_name in whole.items():
        merged[longer_name].mentions = sorted(merged[longer_name].mentions + merged[name].mentions)
    return [merged[name] for name in dict.fromkeys(listed) if name not in whole]


def unlisted_people(page: Page, low: list[str], known: dict[int, int], regions: list[tuple[int, int]]) -> list[Person]:
    """People whom no reader of names found but who stand right beside a speech verb in one of the `regions` of tokens."""
    verbs = speech_words("verbs")
    found: dict[str, Person] = {}
    for first, last in regions:
        for v in range(first, last):
            if low[v] in verbs:
                span = _name_before(page, low, v, first, known)
                if span is None and not any(i in known or speaker_pronoun(low[i]) for i in range(max(first, v - 2), v)):
                    span = _name_after(page, low, v, last, known)
                if span:
                    name = page.words(*span)
                    person = found.setdefault(folded(name), Person(name))
                    person.mentions.append(Mention(span[0], span[1], "PER", _PROBABILITY))
    return list(found.values())


def labelled_people(page: Page, low: list[str], known: dict[int, int], labels: list[tuple[int, int]]) -> list[Person]:
    """People whom a transcript's labels name (tokens of each in `labels`) and no reader of names found.

    "DUFFUS" is given the full name that stands elsewhere on the page; a label of one word without such a name is nobody.
    """
    found: dict[str, Person] = {}
    spans: dict[str, list[tuple[int, int]]] = {}
    for first, last in labels:
        if not any(i in known for i in range(first, last)):
            spans.setdefault(" ".join(low[first:last]), []).append((first, last))
    for label, places in spans.items():
        if len(places) < 2:
            continue
        name = _full_name(page, low, label, {first for first, _ in places})
        if name:
            person = found.setdefault(folded(name), Person(name))
            person.mentions += [Mention(first, last, "PER", _PROBABILITY) for first, last in places]
    return list(found.values())


def _full_name(page: Page, low: list[str], label: str, places: set[int]) -> str:
    words = label.split()
    if len(words) > 1:
        first = min(places)
        form = page.words(first, first + len(words))
        name = form.title() if form.isupper() else form
        is_person = any("first name" in classes_of(word) for word in words[:1]) or (
            form.isupper() and name in page.text
        )
        return name if is_person else ""
    for i, word in enumerate(low):
        if word != label or i in places:
            continue
        for first, last in ((i - 1, i + 1), (i, i + 2)):
            if first >= 0 and last <= len(low) and page.tokens[last - 1].start - page.tokens[first].end == 1:
                forms = [page.tokens[k].form for k in (first, last - 1)]
                if all(form[0].isupper() and len(form) > 1 for form in forms) and _trimmed(page, low, first, last) == (
                    first,
                    last,
                ):
                    return " ".join(forms)
    return ""


def _name_after(page: Page, low: list[str], verb: int, last: int, known: dict[int, int]) -> tuple[int, int] | None:
    start = -1
    stop = min(last, verb + 1 + _REACH)
    for i in range(verb + 1, stop + 1):
        is_part = i < stop and _may_be_name(page, low, i, start >= 0)
        if i in known:
            return None
        if is_part and start < 0:
            start = i
        elif not is_part and start >= 0:
            span = _trimmed(page, low, start, i)
            if span:
                return span
            start = -1
        if i < stop and not page.tokens[i].form[0].isalnum() and page.tokens[i].form not in "'’()":
            return None
    return None


def _name_before(page: Page, low: list[str], verb: int, first: int, known: dict[int, int]) -> tuple[int, int] | None:
    start = verb
    while start > first and start - 1 not in known and _may_be_name(page, low, start - 1, True):
        start -= 1
    return _trimmed(page, low, start, verb) if start < verb else None


def _may_be_name(page: Page, low: list[str], i: int, inside: bool) -> bool:
    form = page.tokens[i].form
    return (form[0].isupper() and form[0].isalpha()) or (inside and low[i] in _PARTICLES)


def _trimmed(page: Page, low: list[str], first: int, last: int) -> tuple[int, int] | None:
    """The run of capitals without titles and roles in front, if it can be a person's name: two words and nothing of a body's."""
    while first < last and (
        is_role_word(page.tokens[first].form) or "title" in classes_of(low[first]) or low[first] in _PARTICLES
    ):
        first += 1
    while last > first and low[last - 1] in _PARTICLES:
        last -= 1
    words = range(first, last)
    if not 2 <= len(words) <= 5:
        return None
    for i in words:
        if any(c in ("legal", "org") or c.startswith(("place", "-org")) for c in classes_of(low[i])):
            return None
    return first, last
