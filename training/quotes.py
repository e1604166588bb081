"""Training of the readers of quotations: turns of a conversation, what is a quotation, who says it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from marked import places_in
from quotes_pages import rewritten_interviews, short_studies
from scipy.optimize import minimize
from scoring import likeness
from sklearn.feature_extraction import DictVectorizer
from study import CrfData, Study, crf_bytes, judge_bytes

from handslag.language.base_forms import folded
from handslag.reading.facts.quotes.candidates import Candidate, candidates_of, quote_features
from handslag.reading.facts.quotes.guess import NOBODY
from handslag.reading.facts.quotes.paragraphs import Form
from handslag.reading.facts.quotes.scene import DASHES, Scene, scene_of, turn_label
from handslag.reading.facts.quotes.settings import settings_of
from handslag.reading.facts.quotes.speakers import choice_features
from handslag.reading.facts.quotes.standing import standings_of
from handslag.reading.facts.quotes.turns import forms_of, is_marked, may_converse, rows_of
from handslag.reading.models import Models, Tagger

INNER_FOLDS = 3
ALIKE = 0.85


def train_quotes(studies: list[Study]) -> dict[str, bytes]:
    """The parts quotes-turns.crf, quotes.json and quotes-speaker.json."""
    everything = [*studies, *short_studies()]
    turns = train_turns(everything)
    judged: list[tuple[list[str], str]] = []
    choices: list[tuple[list[list[str]], int]] = []
    for number in range(INNER_FOLDS):
        tagger = Tagger(train_turns([s for i, s in enumerate(everything) if i % INNER_FOLDS != number]))
        for study in everything[number::INNER_FOLDS]:
            kept, study.analysis.models = study.analysis.models, Models({})
            study.analysis.models.put("quotes-turns", tagger)
            add_examples(study, judged, choices)
            study.analysis.models = kept
    return {
        "quotes-turns.crf": turns,
        "quotes.json": judge_bytes(judged, ["no", "yes"], strength=0.3),
        "quotes-speaker.json": choice_bytes(choices),
    }


def train_turns(studies: Sequence[Study]) -> bytes:
    data: CrfData = []
    for study in [*studies, *rewritten_interviews(studies)]:
        scene = scene_of(study.analysis)
        if may_converse(scene):
            forms = forms_of(scene)
            labels = turn_labels(study, scene, forms)
            # some annotators leave comments unmarked: such a page would teach that there are none
            if "comment" in labels or not any("below comments" in f.features and "is person" in f.tags for f in forms):
                data.append((rows_of(forms), labels))
    return crf_bytes(data, c1=0.05, c2=0.3, iterations=80, min_count=2)


def turn_labels(study: Study, scene: Scene, forms: list[Form]) -> list[str]:
    """What every paragraph is, from the gold's quotations."""
    labels = ["O"] * len(scene.paragraphs)
    text = study.marked.text
    for quote in study.marked.gold["quotes"]:
        for start, end in places_in(text, quote["text"], genitive=False)[:1]:
            for k, paragraph in enumerate(scene.paragraphs):
                first, last = scene.page.tokens[paragraph.first].start, scene.page.tokens[paragraph.last - 1].end
                common = min(end, last) - max(start, first)
                if common < 0.5 * (last - first) and not (common > 0 and turn_label(scene.page, paragraph)[2]):
                    continue
                labels[k] = _turn_label(scene, labels, k, quote["speaker"] or "", "below comments" in forms[k].features)
    for k in range(len(labels) - 1):
        if labels[k] == "O" and labels[k + 1] == "answer":
            labels[k] = "ask"
    return labels


def _turn_label(scene: Scene, labels: list[str], k: int, speaker: str, is_comment: bool) -> str:
    paragraph = scene.paragraphs[k]
    opening = scene.page.tokens[paragraph.first].form
    if turn_label(scene.page, paragraph)[2] and not is_marked(scene, paragraph):
        return "turn"
    if is_marked(scene, paragraph) and opening not in DASHES:
        return "said"
    last_word = scene.page.words(paragraph.first, paragraph.last)
    for step in (1, 2, 3):
        if not is_comment or k - step < 0 or labels[k - step] not in ("O", "role", "name"):
            break
        above = folded(scene.page.words(scene.paragraphs[k - step].first, scene.paragraphs[k - step].last))
        size = scene.paragraphs[k - step].last - scene.paragraphs[k - step].first
        if size <= 8 and (folded(speaker) in above if speaker else step == 1):
            labels[k - step] = "name"
            for between in range(k - step + 1, k):
                labels[between] = "role"
            return "comment"
    if opening in DASHES and any(f", {verb} " in last_word for verb in ("säger", "says")):
        return "said"
    return "answer"


def add_examples(study: Study, judged: list[tuple[list[str], str]], choices: list[tuple[list[list[str]], int]]) -> None:
    """Adds the study's examples: every candidate as a quotation or not, every quotation with the choice of its speaker."""
    scene = scene_of(study.analysis)
    gold = list(study.marked.gold["quotes"])
    kept: list[tuple[Candidate, str]] = []
    for candidate in candidates_of(scene):
        text = scene.page.words(candidate.first, candidate.last)
        match = max(gold, key=lambda quote: likeness(quote["text"], text), default=None)
        right = match is not None and likeness(match["text"], text) >= ALIKE
        judged.append((quote_features(scene, candidate), "yes" if right else "no"))
        if right and match is not None:
            kept.append((candidate, folded(match["speaker"] or "")))
    names = [folded(person.name) for person in scene.people]
    settings = settings_of(scene, [candidate for candidate, _ in kept])
    standings = standings_of(scene, settings)
    spoken: list[int] = []
    for setting, (_, speaker) in zip(settings, kept, strict=True):
        number = names.index(speaker) if speaker in names else NOBODY
        if number != NOBODY or not speaker:
            choices.append((choice_features(scene, setting, spoken, standings), number + 1))
        spoken.append(number)


def choice_bytes(examples: Sequence[tuple[list[list[str]], int]], strength: float = 0.5) -> bytes:
    """Trains a judge to choose one of several: examples are (features of each choice, which is right).

    A conditional logit (McFadden 1974): the softmax of the choices' scores is fitted, `strength` is the ridge's inverse weight.
    """
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [dict.fromkeys(features, 1.0) for choices, _ in examples for features in choices]
    ).tocsr()
    starts = np.cumsum([0] + [len(choices) for choices, _ in examples])
    right = np.array([starts[k] + number for k, (_, number) in enumerate(examples)])
    group = np.repeat(np.arange(len(examples)), np.diff(starts))

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        highest = np.maximum.reduceat(scores, starts[:-1])
        powers = np.exp(scores - highest[group])
        totals = np.add.reduceat(powers, starts[:-1])
        shares = powers / totals[group]
        value = -np.sum(scores[right] - highest - np.log(totals)) + 0.5 / strength * weights @ weights
        gradient = matrix.T @ shares - np.asarray(matrix[right].sum(axis=0)).ravel() + weights / strength
        return float(value), gradient

    weights = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    kept = {
        str(name): [round(float(w), 3)]
        for name, w in zip(vectorizer.get_feature_names_out(), weights, strict=True)
        if abs(w) >= 0.01
    }
    return json.dumps(
        {"classes": ["no", "yes"], "weights": kept, "bias": [0.0]}, ensure_ascii=False, separators=(",", ":")
    ).encode()
