"""Persons of a page: one for each individual, with every place where the name stands, whole or in part."""

from __future__ import annotations

from dataclasses import dataclass, field

from handslag.language.base_forms import folded
from handslag.language.function_words import function_words
from handslag.language.speech import is_speech_verb
from handslag.reading.names.person_forms import base_name, trimmed
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page


@dataclass(slots=True)
class Person:
    """An individual: the longest printed name without titles, and the mentions in reading order."""

    name: str
    mentions: list[Mention] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)


def followed_by_noun(page: Page, last: int) -> bool:
    """True if a noun may follow token `last - 1`, as after a genitive: a word in small letters that is no verb or function word."""
    if last >= len(page.tokens):
        return False
    form = page.tokens[last].form
    return form[0].islower() and form not in function_words() and not is_speech_verb(form)


def resolve_people(page: Page, mentions: list[Mention]) -> list[Person]:
    """Groups the PER mentions: full names first, then surnames, first names and initials that belong to them."""
    trimmed = [trimmed_mention(page, mention) for mention in mentions if mention.kind == "PER"]
    trimmed = [mention for mention in trimmed if mention.last > mention.first]
    printed = {folded(page.words(m.first, m.last)) for m in trimmed}
    people: dict[str, Person] = {}
    short: list[tuple[Mention, str]] = []
    for mention in trimmed:
        name = base_name(page, (mention.first, mention.last), printed)
        if len(name.split()) > 1 and not _is_initialled(page, mention, name):
            person = people.setdefault(folded(name), Person(name))
            person.mentions.append(mention)
        else:
            short.append((mention, name))
    _join_longer(people)
    for mention, name in short:
        bearer = _bearer(page, mention, name, list(people.values()))
        if bearer is None:
            bearer = people.setdefault(folded(name), Person(name))
        elif name not in bearer.aliases and name != bearer.name:
            bearer.aliases.append(name)
        bearer.mentions.append(mention)
    for person in people.values():
        person.mentions.sort()
    return sorted(people.values(), key=lambda person: person.mentions[0])


def trimmed_mention(page: Page, mention: Mention) -> Mention:
    """The mention without titles in front and marks behind."""
    first, last = trimmed(page, mention.first, mention.last)
    return mention._replace(first=first, last=last)


def _is_initialled(page: Page, mention: Mention, name: str) -> bool:
    """True for "Nils A." or "Cecilia D-F": a first name and initials."""
    rest = name.split()[1:]
    return bool(rest) and all(len(part.replace("-", "").strip(".")) <= 2 and part.isupper() for part in rest)


def _join_longer(people: dict[str, Person]) -> None:
    """Joins "Eva Lind" into "Eva Maria Lind" where just one longer name has the same first name and surname."""
    for key in sorted(people, key=len):
        words = key.split()
        longer = [
            other for other in people
            if other != key and len(other.split()) > len(words) and other.split()[0] == words[0]
            and (other.split()[-1] == words[-1] or other.split()[: len(words)] == words or other.split()[-1].startswith(words[-1] + "-"))
        ]  # fmt: skip
        if len(longer) == 1:
            person = people.pop(key)
            people[longer[0]].mentions += person.mentions
            people[longer[0]].aliases.append(person.name)


def _bearer(page: Page, mention: Mention, name: str, people: list[Person]) -> Person | None:
    """The one person whose surname, first name or initials the short form `name` is."""
    words = folded(name).split()
    if not words:
        return None
    found = []
    for person in people:
        full = folded(person.name).split()
        if len(words) == 1:
            parts = {full[0], full[-1], " ".join(full[1:]), *full[-1].split("-")}
            if words[0] in parts or (words[0].endswith("s") and words[0][:-1] in parts):
                found.append(person)
        elif full[0] == words[0] and full[-1][0] == words[-1][0]:
            found.append(person)
    if len(found) > 1:
        before = [person for person in found if person.mentions and person.mentions[0].first < mention.first]
        found = (
            [max(before, key=lambda p: max(m.first for m in p.mentions if m.first < mention.first))] if before else []
        )
    return found[0] if found else None
