"""Training of the readers of quotations: turns of a conversation, what is a quotation, who says it."""

from __future__ import annotations

from collections.abc import Sequence

from marked import places_in
from scoring import likeness
from study import CrfData, Study, crf_bytes, judge_bytes

from handslag.language.base_forms import folded
from handslag.reading.facts.quotes.candidates import Candidate, candidates_of, quote_features
from handslag.reading.facts.quotes.paragraphs import turn_label
from handslag.reading.facts.quotes.scene import DASHES, Scene, scene_of
from handslag.reading.facts.quotes.speakers import NOBODY, place_of, setting_of, speaker_features
from handslag.reading.facts.quotes.turns import forms_of, is_marked, may_converse, rows_of
from handslag.reading.models import Models, Tagger

INNER_FOLDS = 3
ALIKE = 0.85


def train_quotes(studies: list[Study]) -> dict[str, bytes]:
    """The parts quotes-turns.crf, quotes.json and quotes-speaker.json."""
    turns = train_turns(studies)
    judged: list[tuple[list[str], str]] = []
    spoken: list[tuple[list[str], str]] = []
    for number in range(INNER_FOLDS):
        tagger = Tagger(train_turns([s for i, s in enumerate(studies) if i % INNER_FOLDS != number]))
        for study in studies[number::INNER_FOLDS]:
            kept, study.analysis.models = study.analysis.models, Models({})
            study.analysis.models.put("quotes-turns", tagger)
            add_examples(study, judged, spoken)
            study.analysis.models = kept
    return {
        "quotes-turns.crf": turns,
        "quotes.json": judge_bytes(judged, ["no", "yes"], strength=0.3),
        "quotes-speaker.json": judge_bytes(spoken, ["no", "yes"], strength=0.3),
    }


def train_turns(studies: Sequence[Study]) -> bytes:
    data: CrfData = []
    for study in studies:
        scene = scene_of(study.analysis)
        if may_converse(scene):
            data.append((rows_of(forms_of(scene)), turn_labels(study, scene)))
    return crf_bytes(data, c1=0.05, c2=0.3, iterations=80, min_count=2)


def turn_labels(study: Study, scene: Scene) -> list[str]:
    """What every paragraph is, from the gold's quotations."""
    labels = ["O"] * len(scene.paragraphs)
    text = study.marked.text
    for quote in study.marked.gold["quotes"]:
        for start, end in places_in(text, quote["text"], genitive=False)[:1]:
            for k, paragraph in enumerate(scene.paragraphs):
                first, last = scene.page.tokens[paragraph.first].start, scene.page.tokens[paragraph.last - 1].end
                common = min(end, last) - max(start, first)
                if common < 0.5 * (last - first) and not (common > 0 and turn_label(scene, paragraph)[2]):
                    continue
                labels[k] = _turn_label(scene, labels, k, quote["speaker"] or "")
    for k in range(len(labels) - 1):
        if labels[k] == "O" and labels[k + 1] == "answer":
            labels[k] = "ask"
    return labels


def _turn_label(scene: Scene, labels: list[str], k: int, speaker: str) -> str:
    paragraph = scene.paragraphs[k]
    opening = scene.page.tokens[paragraph.first].form
    if turn_label(scene, paragraph)[2] and not is_marked(scene, paragraph):
        return "turn"
    if is_marked(scene, paragraph) and opening not in DASHES:
        return "said"
    last_word = scene.page.words(paragraph.first, paragraph.last)
    for step in (1, 2, 3):
        if k - step < 0 or labels[k - step] not in ("O", "role", "name"):
            break
        above = folded(scene.page.words(scene.paragraphs[k - step].first, scene.paragraphs[k - step].last))
        size = scene.paragraphs[k - step].last - scene.paragraphs[k - step].first
        if size <= 8 and (above.startswith(folded(speaker)[:40]) if speaker else step == 1) or (speaker and size <= 8 and folded(speaker) in above):
            labels[k - step] = "name"
            for between in range(k - step + 1, k):
                labels[between] = "role"
            return "comment"
    if opening in DASHES and any(f", {verb} " in last_word for verb in ("säger", "says")):
        return "said"
    return "answer"


def add_examples(study: Study, judged: list[tuple[list[str], str]], spoken: list[tuple[list[str], str]]) -> None:
    """Adds the study's examples: every candidate as a quotation or not, every person as its speaker or not."""
    scene = scene_of(study.analysis)
    gold = list(study.marked.gold["quotes"])
    place = place_of(scene)
    names = [folded(person.name) for person in scene.analysis.people]
    before: list[int] = []
    last: Candidate | None = None
    for candidate in candidates_of(scene):
        text = scene.page.words(candidate.first, candidate.last)
        match = max(gold, key=lambda quote: likeness(quote["text"], text), default=None)
        right = match is not None and likeness(match["text"], text) >= ALIKE
        judged.append((quote_features(scene, candidate), "yes" if right else "no"))
        if not right or match is None:
            continue
        setting = setting_of(scene, candidate, last)
        speaker = folded(match["speaker"] or "")
        number = names.index(speaker) if speaker in names else NOBODY
        if number != NOBODY or not speaker:
            for person in (NOBODY, *range(len(names))):
                spoken.append((speaker_features(scene, setting, person, before, place), "yes" if person == number else "no"))
        before.append(number)
        last = candidate
