"""Training of the judges of figures: which numbers are figures, and where the noun ends that they count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotes import choice_bytes
from scoring import folded, likeness, same_unit, same_value, words_of
from study import Study, judge_bytes, judge_of

from handslag.reading.facts.figures.candidates import Candidate, Scene, scene_of
from handslag.reading.facts.figures.features import Surroundings, figure_features
from handslag.reading.facts.figures.finding import key_of
from handslag.reading.facts.figures.stated import Sources
from handslag.reading.facts.figures.units import CLASSES, LONGEST, add_units, following, step_features

INNER_FOLDS = 3
Pairs = list[tuple[dict[str, Any], Candidate]]


def pairs_of(study: Study, scene: Scene) -> Pairs:
    """Each gold figure with the number that it stands for: of equal values the one among whose words it is described."""
    scored = []
    for i, item in enumerate(study.marked.gold["figures"]):
        wanted = set(words_of(f"{item['what']} {item['unit']} {item['qualifier']}"))
        for j, candidate in enumerate(scene.candidates):
            if not same_value(item, {"value": candidate.mention.value}):
                continue
            sentence = candidate.sentence
            around = set(
                scene.lower[max(sentence.first, candidate.first - 12) : min(sentence.last, candidate.last + 12)]
            )
            if candidate.row is not None:
                around |= set(words_of(candidate.row.label))
            share = len(wanted & around) / max(1, len(wanted))
            unit = same_unit(item["unit"], candidate.mention.unit) if candidate.mention.unit else 0.5
            scored.append((share + unit, -i, -j))
    taken: set[int] = set()
    used: set[int] = set()
    found: Pairs = []
    for _, i, j in sorted(scored, reverse=True):
        if i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            found.append((study.marked.gold["figures"][-i], scene.candidates[-j]))
    return found


def unit_examples(scene: Scene, pairs: Pairs) -> list[tuple[list[str], str]]:
    """A step for every word that the judge of counted nouns passes on the way to the noun's end."""
    found = []
    for item, candidate in pairs:
        if candidate.mention.unit or candidate.is_glued:
            continue
        start = following(scene, candidate)
        stop = min(candidate.sentence.last, start + LONGEST)
        end = _noun_end(scene, item["unit"], start, stop)
        if end is None:
            if start < stop and not likeness(item["unit"], scene.page.words(start, min(stop, start + 3))):
                found.append((step_features(scene, candidate, start, start), "none"))
            continue
        found += [
            (step_features(scene, candidate, start, i), "end" if i == end - 1 else "on") for i in range(start, end)
        ]
    return found


def _noun_end(scene: Scene, unit: str, start: int, stop: int) -> int | None:
    """Where the gold's unit ends after the number, None where it does not stand there."""
    words = folded(unit).replace("- ", "-").replace("-", "")
    if not words:
        return None
    for end in range(start + 1, stop + 1):
        if folded(scene.page.words(start, end)).replace("-", "").endswith(words):
            return end
    return None


def train_figures(studies: list[Study]) -> dict[str, bytes]:
    """The parts figures-unit.json, figures-stated.json and figures.json; the second learns on units that the first reads on pages unseen."""
    scenes = [scene_of(study.analysis) for study in studies]
    pairs = [pairs_of(study, scene) for study, scene in zip(studies, scenes, strict=True)]
    steps = [unit_examples(scene, found) for scene, found in zip(scenes, pairs, strict=True)]
    stated = [example for scene, found in zip(scenes, pairs, strict=True) for example in stated_examples(scene, found)]
    examples: list[tuple[list[str], str]] = []
    for number in range(INNER_FOLDS):
        judge = judge_of(unit_bytes([e for i, page in enumerate(steps) if i % INNER_FOLDS != number for e in page]))
        for scene, found in list(zip(scenes, pairs, strict=True))[number::INNER_FOLDS]:
            add_units(scene, judge)
            right = {id(candidate) for _, candidate in found}
            told = {key_of(candidate) for _, candidate in found}
            around = Surroundings(scene)
            for candidate in scene.candidates:
                if key_of(candidate) in told and id(candidate) not in right:
                    continue  # the same figure once more: which of them the annotator had in mind is not known
                examples.append((figure_features(scene, candidate, around), "yes" if id(candidate) in right else "no"))
    return {
        "figures-unit.json": unit_bytes([example for page in steps for example in page]),
        "figures-stated.json": choice_bytes(stated, strength=0.1),
        "figures.json": judge_bytes(examples, ["no", "yes"], strength=0.1),
    }


def stated_examples(scene: Scene, pairs: Pairs) -> list[tuple[list[list[str]], int]]:
    """For every figure of the gold the features of those who may state it, and which of them it is."""
    sources = Sources(scene)
    found = []
    for item, candidate in pairs:
        if sources.speaker_of(candidate):
            continue
        choices = sources.choices(candidate)
        names = [folded(choice.name) for choice in choices]
        wanted = folded(item["stated_by"])
        if wanted in names:
            found.append(([list(choice.features) for choice in choices], names.index(wanted)))
    return found


def unit_bytes(steps: Sequence[tuple[list[str], str]]) -> bytes:
    return judge_bytes(steps, CLASSES, strength=0.3)
