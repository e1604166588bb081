"""Training of the judge of where a body's name begins and ends."""

from __future__ import annotations

import names as names_data
from study import Study, judge_bytes

from handslag.reading.features import words_of
from handslag.reading.names.extents import extent_features, extents_of


def train_extents(studies: list[Study]) -> dict[str, bytes]:
    """Every extent that the tagger's organisations may have, held against the gold's names where they stand."""
    examples = []
    for study in studies:
        page = study.analysis.page
        gold = _gold_spans(names_data.gold_labels(study.marked))
        words = words_of(page.tokens, 0, len(page.tokens))
        folded = page.text.lower()
        for mention in study.analysis.mentions:
            if mention.kind == "ORG":
                for extent in extents_of(page, words, mention):
                    features = extent_features(page, words, extent, folded)
                    examples.append((features, "yes" if extent[:2] in gold else "no"))
    return {"extents.json": judge_bytes(examples, ["no", "yes"], strength=0.3)}


def _gold_spans(labels: list[str]) -> set[tuple[int, int]]:
    """The organisations' spans among BIO labels."""
    found = set()
    for first, label in enumerate(labels):
        if label == "B-ORG":
            last = first + 1
            while last < len(labels) and labels[last] == "I-ORG":
                last += 1
            found.add((first, last))
    return found
