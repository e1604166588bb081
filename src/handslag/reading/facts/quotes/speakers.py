"""Who says a quotation: every person of the page is weighed, and nobody as well.

What speaks for a person stands in the clause that goes with the quotation (a name, a pronoun, a role), in the sentence before,
in the turn's label, or in the page: the guest of an interview, the one who spoke last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from handslag.language.speech import speaker_pronoun, speech_words
from handslag.reading.facts.quotes.attribution import is_role_word
from handslag.reading.facts.quotes.candidates import Candidate
from handslag.reading.facts.quotes.marks import MARKS
from handslag.reading.facts.quotes.scene import DASHES, Scene

NOBODY = -1
_AFTER = 26
_BEFORE = 30


@dataclass(slots=True)
class Setting:
    """What goes with a quotation: the clause after it, the one before it, and what these hold."""

    candidate: Candidate
    after: range
    before: range
    above: range
    kind: str = ""
    pronoun: str = ""
    verb_after: int = -1
    verb_before: int = -1
    roles: list[str] = field(default_factory=list)
    same_as_last: bool = False
    label: str = ""


def setting_of(scene: Scene, candidate: Candidate, last: Candidate | None) -> Setting:
    """The setting of a quotation; `last` is the quotation before it."""
    low, tokens, paragraph = scene.low, scene.page.tokens, candidate.paragraph
    verbs = speech_words("verbs")
    start, stop = candidate.outer_first, candidate.outer_last
    if candidate.how.startswith("dash"):
        start = paragraph.first
    if candidate.turn:
        first, end = candidate.turn.names
        setting = Setting(candidate, range(0), range(first, end), range(0), "turn" if end else candidate.how)
        return setting
    # after the quotation: to the end of the sentence, or the next mark; a name alone on the next line counts too
    end = stop
    limit = min(paragraph.last, stop + _AFTER)
    while end < limit and tokens[end].form not in MARKS:
        if tokens[end].form in ".!?" and end > stop and end + 1 >= scene.sentence_end(end):
            break
        end += 1
    after = range(stop, end)
    below = paragraph.number + 1
    if len(after) <= 1 and below < len(scene.paragraphs):
        following = scene.paragraphs[below]
        brief = following.last - following.first <= 25
        if brief and (tokens[following.first].form in DASHES or following.first in scene.person_at) and tokens[following.last - 1].form not in "?:":
            after = range(following.first, following.last)
    begin = max(paragraph.first, start - _BEFORE)
    if last is not None and begin < last.outer_last <= start:
        begin = last.outer_last
    before = range(begin, start)
    above = range(0)
    if paragraph.number:
        previous = scene.paragraphs[paragraph.number - 1]
        above = range(max(previous.first, previous.last - 2 * _BEFORE), previous.last)
    setting = Setting(candidate, after, before, above)
    setting.verb_after = next((i for i in after if low[i] in verbs), -1)
    setting.verb_before = next((i for i in reversed(before) if low[i] in verbs), -1)
    _classify(scene, setting, last)
    return setting


def _classify(scene: Scene, setting: Setting, last: Candidate | None) -> None:
    low, tokens = scene.low, scene.page.tokens
    after, before = setting.after, setting.before
    start = setting.candidate.outer_first
    if setting.verb_after >= 0:
        setting.kind, region, verb = "after", after, setting.verb_after
    elif last is not None and len(before) and before.start == last.outer_last and last.paragraph is setting.candidate.paragraph:
        setting.kind, region, verb = "going on", before, setting.verb_before
        setting.same_as_last = True
    elif setting.verb_before >= 0:
        setting.kind, region, verb = "before", before, setting.verb_before
    elif len(after) > 1 and not setting.candidate.how.startswith("dash") and any(i in scene.person_at for i in after):
        setting.kind, region, verb = "below", after, -1
    elif len(before) and tokens[start - 1].form == ":":
        setting.kind, region, verb = "colon", before, -1
    elif len(before):
        setting.kind, region, verb = "within", before, -1
    elif len(setting.above) and tokens[setting.above[-1]].form == ":":
        setting.kind, region, verb = "colon above", setting.above, -1
    else:
        setting.kind, region, verb = "alone", range(0), -1
    for i in region:
        kind = speaker_pronoun(low[i])
        if kind in ("she", "he") and (verb < 0 or abs(i - verb) <= 2) and low[i] not in ("her", "his", "him", "henne", "honom"):
            setting.pronoun = kind
        elif kind == "i" and verb >= 0 and abs(i - verb) == 1:
            setting.pronoun = kind
        elif kind == "they" and verb >= 0 and abs(i - verb) == 1:
            setting.pronoun = kind
        if is_role_word(tokens[i].form) and (verb < 0 or abs(i - verb) <= 8):
            setting.roles.append(low[i])


def speaker_features(scene: Scene, setting: Setting, person: int, spoken: Sequence[int], place: Place) -> list[str]:
    """What speaks for `person` (a number in `analysis.people`, or NOBODY) as the one who says it.

    `spoken` holds the speakers of the quotations before, the last one last; `place` what the page says of its people.
    """
    candidate = setting.candidate
    how = candidate.how.split()[0]
    if person == NOBODY:
        return _nobody_features(scene, setting, how, place)
    found = [how + " person", "k=" + setting.kind]
    kind = setting.kind
    for name, region, verb in (("after", setting.after, setting.verb_after), ("before", setting.before, setting.verb_before)):
        found += _region_features(scene, name, region, verb, person, kind)
    if setting.above and any(scene.person_at.get(i) == person for i in setting.above):
        found += ["above", "above " + kind, "above p=" + (setting.pronoun or "no")]
        if setting.kind == "colon above":
            found.append("named before colon")
    named = any(i in scene.person_at for i in setting.after) or any(i in scene.person_at for i in setting.before)
    state = f"{kind} n{named:d} p={setting.pronoun or 'no'} r{bool(setting.roles):d}"
    recency = place.recency(scene, setting, person)
    found.append(state + " recent" + str(recency))
    found.append("p=" + (setting.pronoun or "no") + " recent" + str(recency))
    if setting.pronoun in ("she", "he") and not named:
        found.append(setting.pronoun + " " + place.gender[person])
    if spoken and spoken[-1] == person:
        found += ["spoke last", "spoke last " + state, f"spoke last {how}"]
        if setting.same_as_last:
            found.append(f"goes on n{named:d}")
    elif person in spoken:
        found += ["spoke", "spoke " + state]
    main = place.rank[person]
    found += [f"rank{main}", f"{how} {kind} rank{main}", f"{state} rank{main}"]
    found += [f"{how} {kind} {mark}" for mark in place.marks[person]]
    if setting.roles and not named:
        shared = sum(any(_same_role(role, other) for other in place.roles[person]) for role in setting.roles)
        found.append("role " + ("fits" if shared else "does not fit") + " " + kind)
        if shared:
            found.append("role fits")
    if place.first[person] > candidate.first:
        found.append("named later " + kind)
    return found


def _region_features(scene: Scene, name: str, region: range, verb: int, person: int, kind: str) -> list[str]:
    places = [i for i in region if scene.person_at.get(i) == person]
    if not places:
        return []
    first, last = places[0], places[-1]
    others = {scene.person_at[i] for i in region if i in scene.person_at} - {person}
    earlier = any(scene.person_at.get(i, person) != person for i in range(region.start, first))
    later = any(scene.person_at.get(i, person) != person for i in range(last + 1, region.stop))
    found = [f"in {name}", f"in {name} {kind}", f"in {name} {kind} o{bool(others):d} e{earlier:d} l{later:d}"]
    if verb >= 0:
        gap = first - verb if first > verb else verb - places[-1]
        side = "right" if first > verb else "left"
        found.append(f"in {name} {side} gap{min(9, gap) if gap < 4 else '4-8' if gap < 9 else '9+'}")
        found.append(f"in {name} {side} e{earlier:d} l{later:d}")
        between = range(verb + 1, first) if first > verb else range(last + 1, verb)
        if any(scene.low[i] in _RECEIVERS for i in between) and first > verb:
            found.append(f"in {name} after to")
        if any(scene.page.tokens[i].form in ",;:" for i in between):
            found.append(f"in {name} {side} comma")
    return found


_RECEIVERS = frozenset("till to med with för for om about på at".split())


def _nobody_features(scene: Scene, setting: Setting, how: str, place: Place) -> list[str]:
    low = scene.low
    near = [*setting.before, *setting.after]
    named = any(i in scene.person_at for i in near)
    body = any(i in scene.body_at for i in near)
    unnamed = any(low[i] in speech_words("unnamed") for i in setting.after[:8])
    zone = setting.candidate.paragraph.zone
    state = f"{setting.kind} n{named:d} p={setting.pronoun or 'no'} r{bool(setting.roles):d}"
    found = ["nobody", "nobody " + how, "nobody z=" + zone, "nobody " + state, f"nobody n{named:d} b{body:d}", f"nobody {setting.kind} b{body:d}"]
    if unnamed:
        found.append("nobody unnamed")
        found.append(f"nobody unnamed n{named:d}")
    size = setting.candidate.last - setting.candidate.first
    found.append("nobody size" + str(sum(size >= step for step in (3, 6, 12))))
    found.append("nobody people" + str(min(3, len(place.rank))))
    return found


def _same_role(a: str, b: str) -> bool:
    """True if two role words are forms of one: "ministern" and "minister", "Director's" and "director"."""
    if a == b:
        return True
    short, full = sorted((a, b), key=len)
    return len(short) > 3 and full.startswith(short) and len(full) - len(short) <= 3


@dataclass(slots=True)
class Place:
    """What the page as a whole says of its people, by number: rank by mentions, roles, marks, gender by the first name."""

    rank: list[int]
    marks: list[list[str]]
    roles: list[list[str]]
    gender: list[str]
    first: list[int]

    def recency(self, scene: Scene, setting: Setting, person: int) -> int:
        """How many other people were named since this one before the quotation: 0 for the last named; 9 if not named before."""
        start = setting.candidate.outer_first
        seen: list[int] = []
        for first, _, number in reversed(scene.person_starts):
            if first < start and number not in seen:
                if number == person:
                    return min(len(seen), 4)
                seen.append(number)
        return 9


def place_of(scene: Scene) -> Place:
    """What the page says of its people."""
    people = scene.analysis.people
    tokens, low = scene.page.tokens, scene.low
    order = sorted(range(len(people)), key=lambda n: -len(people[n].mentions))
    rank = [0] * len(people)
    for position, number in enumerate(order):
        rank[number] = min(position, 3)
    place = Place(rank, [], [], [], [])
    for number, person in enumerate(people):
        zones = {scene.page.sentences[scene.page.sentence_of[m.first]].zone for m in person.mentions}
        marks = ["in " + zone for zone in zones]
        if len(zones) == 1:
            marks.append("only in " + next(iter(zones)))
        marks.append("mentions" + str(min(4, len(person.mentions))))
        roles: list[str] = []
        for m in person.mentions:
            begin, end = max(0, m.first - 6), min(len(tokens), m.last + 9)
            roles += [low[i] for i in range(begin, end) if is_role_word(tokens[i].form)]
        place.marks.append(marks)
        place.roles.append(roles)
        place.gender.append(_gender(person.name))
        place.first.append(person.mentions[0].first if person.mentions else 0)
    return place


def _gender(name: str) -> str:
    """What the first name's ending says: most that end in "a" or "e" are women's in both languages."""
    first = name.split()[0].split("-")[0].lower()
    return "-" + first[-1] if first[-1] in "aeiouy" else "-consonant"
