"""Who states a number: the speaker of the words around it, a source that is named, the body that reports of itself.

A number inside a quotation is its speaker's. Elsewhere the persons nearest to the number, the bodies around it, the page's chief bodies and nobody are choices, of which a judge
takes the likeliest.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from handslag.kernel.passages import Passage
from handslag.language.speech import is_speech_verb, speech_words
from handslag.reading.facts.figures.candidates import Candidate, Scene
from handslag.reading.models import Judge

_MARKS = frozenset(["“", "”", '"', "»", "«"])
_DASHES = frozenset(["–", "—", "-", "―"])
# names further away than this many sentences are no choices, the page's chief person and body apart
_FAR = 12
_BODIES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may state a number: the name, the tokens where it stands, and what speaks for it."""

    name: str
    first: int
    last: int
    features: tuple[str, ...]


class Sources:
    """The persons and bodies of a page by their places."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        analysis = scene.analysis
        self._people = sorted((m.first, m.last, person.name) for person in analysis.people for m in person.mentions)
        self._people_at = [first for first, _, _ in self._people]
        bodies = sorted(analysis.organisations, key=lambda o: (-len(o.mentions), o.mentions[0].first))
        self._rank = {body.name: rank for rank, body in enumerate(bodies)}
        self._bodies = sorted((m.first, m.last, body.name) for body in bodies for m in body.mentions)
        self._bodies_at = [first for first, _, _ in self._bodies]
        self._chief = bodies[:1]
        persons = sorted(analysis.people, key=lambda p: (-len(p.mentions), p.mentions[0].first))
        self._chief_person = persons[:1]
        self._persons = len(persons)
        self._first_person = ours = speech_words("first_person")
        self._marks = [i for i, form in enumerate(scene.forms) if form in _MARKS]
        self._settings: dict[int, tuple[int, bool]] = {}
        self._standings: dict[int, tuple[str, str, bool, bool]] = {}
        self._told: dict[tuple[object, ...], Choice] = {}
        self._ours = min(3, sum(1 for word in scene.lower if word in ours))

    def of(self, candidate: Candidate, judge: Judge) -> tuple[str, list[Passage]]:
        """The full name of who states the number, with the passage that names it; "" where nobody is named."""
        speaker = self.speaker_of(candidate)
        if speaker:
            return speaker, self._passages_of(speaker)
        setting = self._setting(candidate)
        place = -1 if candidate.row is not None else candidate.sentence.block  # a table's rows are one person's words
        key = (place, *self._places(candidate), *setting)
        if key not in self._told:
            choices = self.choices(candidate)
            scores = [_score(judge, choice.features) for choice in choices]
            self._told[key] = choices[max(range(len(scores)), key=scores.__getitem__)]
        best = self._told[key]
        if best.name:
            return best.name, self._scene.page.passages(best.first, best.last)[:1]
        return "", []

    def speaker_of(self, candidate: Candidate) -> str:
        """The speaker of the quotation in which the number stands; "" outside of quotations."""
        voice = self._scene.analysis.voice_at(candidate.mention.start)
        return voice.speaker if voice is not None else ""

    def _passages_of(self, speaker: str) -> list[Passage]:
        for first, last, name in self._people:
            if name == speaker:
                return self._scene.page.passages(first, last)[:1]
        return []

    def choices(self, candidate: Candidate) -> list[Choice]:
        """Nobody (a choice without a name), then each person and body that may state the number, by its nearest place."""
        setting = self._setting(candidate)
        alone = () if self._people else ("no people",)
        nobody = (*setting, *("&".join(pair) for pair in pairwise(setting)), *alone, f"ours{self._ours}")
        found = {"": Choice("", 0, 0, ("nobody", *("nobody " + part for part in nobody)))}
        person, body = self._places(candidate)
        for step, k in _around(person, 1, len(self._people)):
            self._add(found, "P", candidate, self._people[k], step, setting)
        for someone in self._chief_person:
            mention = someone.mentions[0]
            self._add(found, "P", candidate, (mention.first, mention.last, someone.name), 9, setting)
        for step, k in _around(body, 1, len(self._bodies)):
            self._add(found, "O", candidate, self._bodies[k], step, setting)
        for chief in self._chief:
            mention = chief.mentions[0]
            self._add(found, "O", candidate, (mention.first, mention.last, chief.name), 9, setting)
        return list(found.values())

    def _places(self, candidate: Candidate) -> tuple[int, int]:
        return bisect_left(self._people_at, candidate.first), bisect_left(self._bodies_at, candidate.first)

    def _setting(self, candidate: Candidate) -> tuple[str, ...]:
        """How the number is said: in a quotation, in the first person, in which zone."""
        scene, sentence = self._scene, candidate.sentence
        known = self._settings.get(sentence.number)
        if known is None:
            page = scene.page
            opening = sentence
            while opening.number and page.sentences[opening.number - 1].block == sentence.block:
                opening = page.sentences[opening.number - 1]
            own = not self._first_person.isdisjoint(scene.lower[sentence.first : sentence.last])
            known = self._settings[sentence.number] = (opening.first, own)
        first, own = known
        marks = bisect_left(self._marks, candidate.first) - bisect_left(self._marks, first)
        if marks % 2:
            said = "marks"
        elif scene.forms[first] in _DASHES:
            said = "dash"
        else:
            said = "zone" if sentence.zone == "quote" else "no"
        return ("said " + said, "we" if own else "not we", "z=" + sentence.zone)

    def _add(
        self, found: dict[str, Choice], kind: str, candidate: Candidate, place: tuple[int, int, str], step: int, setting: tuple[str, ...]
    ) -> None:  # fmt: skip
        """Adds a choice unless it is there or stands too far away; a step of 9 is a chief body, wherever it stands."""
        first, last, name = place
        page = self._scene.page
        here = page.sentences[page.sentence_of[first]]
        away = here.number - candidate.sentence.number
        if name in found or (abs(away) > _FAR and step < 9):
            return
        side = "before" if first < candidate.first else "after"
        distance = "same" if away == 0 else "far" if abs(away) > _FAR else str(max(-5, min(5, away)))
        verb, at, is_source, opens = self._standing(first, last)
        block = "block" if here.block == candidate.sentence.block else "elsewhere"
        base = [
            kind,
            kind + side,
            kind + distance,
            kind + block,
            f"{kind}step{step}{side}",
            kind + verb,
            f"{kind}{verb}{block}",
        ]
        if is_source:
            base += [kind + "source", kind + "source" + distance]
        if opens:
            base.append(kind + "opens " + distance)
        base.append(kind + at)
        if kind == "P":
            base.append(f"of {min(3, self._persons)} people")
        if kind == "O":
            rank = min(_BODIES, self._rank[name])
            base += [f"rank{rank}", f"rank{rank}&we{self._ours}", f"rank{rank} people{min(2, len(self._people))}"]
            base += [f"rank{rank}&{part}" for part in setting[1:]]
        said = setting[0]
        features = [*base, kind + setting[1], kind + setting[2], said + kind + setting[1]]
        if said != "said no":
            features += [said + "&" + one for one in base]
        found[name] = Choice(name, first, last, tuple(features))

    def _standing(self, first: int, last: int) -> tuple[str, str, bool, bool]:
        """How a name stands: the verb of speech by it, its zone, whether it is named as a source, whether it opens."""
        known = self._standings.get(first)
        if known is None:
            page, lower = self._scene.page, self._scene.lower
            here = page.sentences[page.sentence_of[first]]
            verb = "no verb"
            if any(is_speech_verb(word) for word in lower[max(here.first, first - 3) : first]):
                verb = "verb before"
            elif any(is_speech_verb(word) for word in lower[last : min(here.last, last + 5)]):
                verb = "verb after"
            sources = speech_words("sources")
            is_source = any(word in sources for word in lower[max(here.first, first - 6) : first])
            known = self._standings[first] = (verb, "at " + here.zone, is_source, first == here.first)
        return known


def _score(judge: Judge, features: Sequence[str]) -> float:
    p = min(max(judge.probability(features), 1e-12), 1 - 1e-12)
    return math.log(p / (1 - p))


def _around(place: int, count: int, size: int) -> list[tuple[int, int]]:
    """The `count` places before and after a place in a list of `size`, each with its distance from 1."""
    pairs = [(n + 1, k) for n in range(count) for k in (place - 1 - n, place + n)]
    return [(step, k) for step, k in pairs if 0 <= k < size]
