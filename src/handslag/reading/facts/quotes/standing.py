"""What a page as a whole says of its people as speakers: guests, makers of the page, who is named in quotations alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handslag.language.base_forms import folded
from handslag.language.lexicon import classes_of
from handslag.language.speech import speech_words
from handslag.reading.facts.quotes.paragraphs import bucket
from handslag.reading.facts.quotes.people import is_role_word
from handslag.reading.facts.quotes.scene import Scene
from handslag.reading.facts.quotes.settings import Setting
from handslag.reading.names.people import Person


@dataclass(slots=True)
class Standing:
    """One person on the page: marks (zones, order, rank), role words near the name, how the first name ends, first place."""

    marks: list[str]
    roles: list[str]
    gender: str
    first: int


def standings_of(scene: Scene, settings: Sequence[Setting]) -> list[Standing]:
    """The standing of each of the scene's people, by number; `settings` are those of the page's quotations."""
    people = scene.people
    spoken = [(setting.candidate.first, setting.candidate.last) for setting in settings]
    firsts = [min((m.first for m in person.mentions), default=0) for person in people]
    makers = [any(_stands_after(scene, m.first, speech_words("makers")) for m in person.mentions) for person in people]
    outside = [sum(not any(a <= m.first < b for a, b in spoken) for m in person.mentions) for person in people]
    by_rank = sorted(range(len(people)), key=lambda n: (makers[n], -outside[n], firsts[n]))
    by_place = sorted(range(len(people)), key=lambda n: (makers[n], firsts[n]))
    bodies = {folded(scene.page.words(first, last)) for first, last in set(scene.body_at.values())}
    start = spoken[0][0] if spoken else 0
    talk = next(
        (
            setting.candidate.first
            for setting in settings
            if setting.kind == "talk" and setting.candidate.paragraph.number > 4
        ),
        start,
    )
    found = []
    for number, person in enumerate(people):
        zones = {scene.page.sentences[scene.page.sentence_of[m.first]].zone for m in person.mentions}
        marks = [
            "only in " + zone
            for zone in zones
            if len(zones) == 1 and zone in ("byline", "caption", "feed", "teaser", "member_news")
        ]
        marks.append("mentions" + bucket(len(person.mentions), (2, 3, 4, 6)))
        marks.append("rank" + str(min(3, by_rank.index(number))))
        marks.append("order" + str(min(3, by_place.index(number))))
        if makers[number]:
            marks.append("maker")
        if any(_stands_after(scene, m.first, speech_words("guests")) for m in person.mentions):
            marks.append("guest")
        if not outside[number]:
            marks.append("named in quotes alone")
        if firsts[number] < talk:
            marks.append("named ahead" + (" first" if by_place[0] == number else ""))
        if any(_is_alone(scene, m.first, m.last) for m in person.mentions):
            marks.append("own line")
        marks += _name_marks(person)
        if folded(person.name) in bodies:
            marks.append("also a body")
        found.append(Standing(marks, _roles(scene, number), _gender(person.name), firsts[number]))
    return found


def _is_alone(scene: Scene, first: int, last: int) -> bool:
    """True if the name is all that its line says, or the line's label says that it is a name."""
    paragraph = scene.paragraph_at(first)
    return paragraph.last - paragraph.first <= last - first + 2


def _name_marks(person: Person) -> list[str]:
    """How much the name looks like a person's, and how sure the reader of names was."""
    marks = ["unsure"] if max((m.probability for m in person.mentions), default=0) < 0.7 else []
    words = person.name.split()
    marks.append("name" + str(min(3, len(words))))
    classes = {c for word in words for c in classes_of(word)}
    if "first name" not in classes:
        marks.append("no first name")
    if any(c == "legal" or c.startswith("org") for c in classes):
        marks.append("like a body")
    return marks


def _stands_after(scene: Scene, token: int, words: frozenset[str]) -> bool:
    """True if one of the words stands up to three tokens before the name, and no verb of speech between: "Text: Anna Lind"."""
    before = scene.low[max(scene.paragraph_at(token).first, token - 3) : token]
    return not words.isdisjoint(before) and speech_words("verbs").isdisjoint(before)


def _roles(scene: Scene, number: int) -> list[str]:
    tokens, low = scene.page.tokens, scene.low
    roles: list[str] = []
    for m in scene.people[number].mentions:
        paragraph = scene.paragraph_at(m.first)
        begin, end = max(paragraph.first, m.first - 6), min(paragraph.last, m.last + 9)
        roles += [low[i] for i in range(begin, end) if is_role_word(tokens[i].form)]
    return roles


def _gender(name: str) -> str:
    """What the first name says: a woman's, a man's, or else its last letter; most that end in "a" or "e" are women's."""
    first = name.split(maxsplit=1)[0].lower()
    for word in (first, first.split("-", maxsplit=1)[0]):
        if word in speech_words("women"):
            return "woman"
        if word in speech_words("men"):
            return "man"
    return "-" + first[-1] if first[-1] in "aeiouy" else "-consonant"
