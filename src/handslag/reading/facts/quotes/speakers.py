"""Who says a quotation: every person of the page is weighed, and nobody as well.

What speaks for a person stands in the clause that goes with the quotation (a name, a pronoun, a role), in the sentence before,
in the turn's label, or in the page: the guest of an interview, the one who spoke last.
"""

from __future__ import annotations

from collections.abc import Sequence

from handslag.language.speech import speech_words
from handslag.reading.facts.quotes.guess import NOBODY, guessed_speaker, same_role
from handslag.reading.facts.quotes.paragraphs import bucket
from handslag.reading.facts.quotes.scene import Scene
from handslag.reading.facts.quotes.settings import Setting
from handslag.reading.facts.quotes.standing import Standing


def choice_features(
    scene: Scene, setting: Setting, spoken: Sequence[int], standings: Sequence[Standing]
) -> list[list[str]]:
    """For nobody and then for each of the scene's people: what speaks for this one as the speaker.

    `spoken` holds the speakers of the quotations before, the last one last.
    """
    told = {scene.person_at[i] for i in setting.region if i in scene.person_at}
    found = [_nobody_features(scene, setting, bool(told))]
    if setting.kind == "talk":
        # who is interviewed is told by the page, not by what stands beside one answer
        return found + [["talk"] + ["talk " + mark for mark in standing.marks] for standing in standings]
    recency = {} if told else _recency(scene, setting.candidate.outer_first)
    guess = NOBODY if told else guessed_speaker(scene, setting, spoken, standings, recency)
    if not told and guess == NOBODY:
        found[0] += ["nobody guessed", "nobody guessed " + setting.kind]
    for number, standing in enumerate(standings):
        if told:
            features = _told_features(scene, setting, number, number in told)
            features += [mark for mark in standing.marks if mark in ("also a body", "like a body", "unsure")]
            if setting.kind == "going on" and spoken and spoken[-1] == number:
                features.append("told goes on")
        else:
            features = _untold_features(scene, setting, number, standing)
            recent = recency.get(number, 9)
            if number == guess:
                features += [
                    "guessed",
                    "guessed " + setting.kind,
                    f"guessed p={bool(setting.pronoun):d} r{bool(setting.roles):d}",
                ]
            features += [
                f"{setting.kind} recent{recent}",
                f"{setting.kind} {setting.pronoun} recent{recent}",
                f"recent{recent}",
            ]
            if spoken and spoken[-1] == number:
                features += ["spoke last", "spoke last " + setting.kind, f"spoke last {setting.kind} {setting.pronoun}"]
            elif number in spoken:
                features += ["spoke", "spoke " + setting.kind]
        found.append(features)
    return found


def _recency(scene: Scene, start: int) -> dict[int, int]:
    """Person → how many others were named since before token `start`: 0 for the one named last, at most 4."""
    found: dict[int, int] = {}
    for first, number in reversed(scene.person_starts):
        if first < start and number not in found:
            found[number] = min(len(found), 4)
    return found


def _untold_features(scene: Scene, setting: Setting, number: int, standing: Standing) -> list[str]:
    """Where the clause names nobody: who was named around, whose role is printed, whom the pronoun fits."""
    kind = setting.kind
    found = [f"{kind} {mark}" for mark in standing.marks]
    found += ["any " + mark for mark in standing.marks]
    for name, region in (("above", setting.above), ("under", setting.below)):
        at = _places(scene, region, number)
        if at:
            others = [scene.person_at[i] for i in region if i in scene.person_at]
            place = (
                "only"
                if len(set(others)) == 1
                else "first"
                if others[0] == number
                else "last"
                if others[-1] == number
                else "mid"
            )
            found += [f"{name} {place}", f"{name} {place} {kind}", f"{name} {place} {kind} {setting.pronoun}"]
            if name == "above" and scene.sentence_start(region[-1]) <= at[-1]:
                found += ["above near", f"above near {kind} {setting.pronoun}"]
    if setting.pronoun in ("she", "he"):
        found.append(setting.pronoun + " " + standing.gender)
    if setting.roles:
        fits = any(same_role(role, other) for role in setting.roles for other in standing.roles)
        found += [f"role {fits:d}", f"role {fits:d} {kind}"]
    if standing.first > setting.candidate.first:
        found += ["named later", "named later " + kind]
    return found


def _places(scene: Scene, region: range, number: int) -> list[int]:
    return [i for i in region if scene.person_at.get(i) == number]


def _told_features(scene: Scene, setting: Setting, number: int, is_told: bool) -> list[str]:
    """Where the clause names somebody: whether it is this person, and where beside the verb the name stands."""
    kind, region, verb = setting.kind, setting.region, setting.verb
    if not is_told:
        return ["not told", "not told " + kind]
    places = _places(scene, region, number)
    first, last = places[0], places[-1]
    if verb < 0:
        earlier = any(scene.person_at.get(i, number) != number for i in range(region.start, first))
        later = any(scene.person_at.get(i, number) != number for i in range(last + 1, region.stop))
        return ["told", f"told {kind} e{earlier:d}", f"told e{earlier:d}", f"told {kind} l{later:d}"]
    right = [i for i in places if i > verb]
    if right:
        nearer = any(scene.person_at.get(i, number) != number for i in range(verb + 1, right[0]))
        between = range(verb + 1, right[0])
        side, gap = "right", right[0] - verb
    else:
        nearer = any(scene.person_at.get(i, number) != number for i in range(last + 1, verb))
        between = range(last + 1, verb)
        side, gap = "left", verb - last
    found = ["told", "told " + side, f"told {side} behind{nearer:d}", f"told behind{nearer:d}", f"told {kind} {side}"]
    found.append(f"told {side} gap{bucket(gap, (2, 3, 5, 9))}")
    if right and any(scene.low[i] in speech_words("receivers") for i in between):
        found.append("told receives")
    if any(scene.page.tokens[i].form in ",;:" for i in between):
        found.append(f"told {side} comma")
    if side == "left" and any(scene.person_at.get(i, number) != number for i in range(verb + 1, region.stop)):
        found.append("told left, another right")
    return found


def _nobody_features(scene: Scene, setting: Setting, is_told: bool) -> list[str]:
    kind, pronoun = setting.kind, setting.pronoun
    body = any(i in scene.body_at for i in setting.region)
    state = f"t{is_told:d} b{body:d} r{bool(setting.roles):d}"
    if kind in ("turn", "comment") and not is_told:
        # a label or name line that names no person of the page: a host, an organisation
        return ["nobody labelled"]
    found = ["nobody", "nobody " + kind, "nobody z=" + setting.candidate.paragraph.zone]
    found += ["nobody " + state, f"nobody {kind} {state}", f"nobody p={pronoun} t{is_told:d}"]
    if any(scene.low[i] in speech_words("unnamed") for i in setting.after[:8]):
        found += ["nobody unnamed", f"nobody unnamed t{is_told:d}"]
    size = setting.candidate.last - setting.candidate.first
    if not is_told:
        found += ["nobody size" + bucket(size, (3, 6, 12)), f"nobody {setting.candidate.how}"]
    return found
