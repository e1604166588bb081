"""The judges of following: trained on stories, measured by leaving whole stories out; `make model` writes their file."""

from __future__ import annotations

import json
import math
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from stories import OWN, SHARED, Story, evidence_of, load_stories, overlap

from handslag.following.linking.judging import Judge, Judges, judges_from
from handslag.following.linking.ledger import is_candidate
from handslag.following.linking.link_features import Features, Rivals, SharedOnPage, link_features
from handslag.following.linking.meaning import (
    Reading,
    installed_meaning,
    meaning_features,
    reading_features,
    text_of_commitment,
    text_of_sentence,
    worth_comparing,
)
from handslag.following.linking.says_features import says_features
from handslag.following.linking.second_look import Look, second_features
from handslag.following.linking.speaking import says_owner
from handslag.following.results import SAYS
from handslag.following.seeing.names import party_of
from handslag.following.seeing.views import CommitmentView, DocumentView, Rarity, view_all, view_document
from handslag.following.seeing.words import telling_words
from handslag.following.state import is_later
from handslag.language.identify import language_of
from handslag.language.tokens import tokens_of

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "src" / "handslag" / "following" / "linking" / "following.model"
CORPUS = ROOT / "corpus"
LINK_STRENGTH = 0.3
SAYS_STRENGTH = 0.7
LINK_TREES = {"n_estimators": 400, "learning_rate": 0.03, "max_features": 0.2, "min_samples_leaf": 4}
SAYS_TREES = {"n_estimators": 160, "learning_rate": 0.05, "max_features": 0.1, "min_samples_leaf": 4}
SEEN_LEAST = 3
INNER_FOLDS = 4
# Of the links that are told as certain, or at least probable, so many are to be right.
PRECISION = {"certain": 0.99, "probable": 0.94}
WEAK = 0.3
# What marks that another body has promised the same, word for word, and who that may be.
TWINS = " beside twins"
OTHER_BODIES = (
    "Region Västmark",
    "Sundkrona kommun",
    "Institutet Norrsken",
    "Karlberg Diagnostik",
    "Ministry of Trade of Aldora",
    "Eastmere Health Board",
    "Lindqvist Foundation",
)
RAREST = 6.0
COMMONEST = 0.8


class Example(NamedTuple):
    """A sentence and a commitment: where, features of the link, whether it is evidence, what it says then and by which
    features, and the texts of the commitment and of the sentence as they are read.
    """

    story: str
    page: str
    sentence: int
    commitment: str
    home: str
    link: Features
    is_evidence: bool
    says: str
    says_features: Features
    texts: tuple[str, str]

    @property
    def is_beside_twins(self) -> bool:
        """True where another body has promised the same: for learning who is meant, not for limits or for what is said."""
        return self.page.endswith(TWINS)


def rarity_weights(folder: Path = CORPUS) -> dict[str, float]:
    """How rare stems and notions are in the lines of the marked pages (no story is among them)."""
    seen: Counter[str] = Counter()
    lines = 0
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        language = "en" if language_of(text) == "en" else "sv"
        for line in text.split("\n"):
            words = telling_words(tokens_of(line), language)
            keys = {"w:" + word.stem for word in words} | {"c:" + notion for word in words for notion in word.notions}
            seen.update(keys)
            lines += bool(keys)
    return {
        key: round(max(COMMONEST, min(RAREST, math.log((lines / 2 + 1) / count) - 0.5)), 2)
        for key, count in sorted(seen.items())
        if count > 1
    }


def examples_of(story: Story, rarity: Rarity) -> list[Example]:
    """All sentences of later pages beside all commitments that may be meant; once more where another body has promised the same."""
    pages = [view_document(document, rarity) for document in story.documents]
    views = view_all(story.given, {page.document.sha256: page for page in pages}, rarity)
    return [
        *_examples_of(story, pages, views, rarity),
        *_examples_of(story, pages, [*views, *map(_twin, views)], rarity, TWINS),
    ]


def _twin(view: CommitmentView) -> CommitmentView:
    """The same promise by another body, on a page of its own."""
    name = OTHER_BODIES[len(view.commitment.id + view.commitment.what) % len(OTHER_BODIES)]
    place = view.commitment.evidence[0]
    quote = place.quote
    for who in view.commitment.who:
        quote = quote.replace(who, name)
    twin = replace(
        view.commitment,
        id=view.commitment.id + TWINS,
        evidence=(place._replace(document=TWINS, quote=quote),),
        who=(name,),
    )
    return replace(view, commitment=twin, parties=[party_of(name)], people=(), home_names=frozenset())


def _examples_of(
    story: Story, pages: Sequence[DocumentView], views: Sequence[CommitmentView], rarity: Rarity, beside: str = ""
) -> list[Example]:
    marked = list(evidence_of(story))
    found = []
    for page in pages:
        open_views = [view for view in views if is_later(page.document.said_on, view.said_on)]
        shared = [SharedOnPage(view, page) for view in open_views]
        rivals = Rivals(shared)
        for at, sentence in enumerate(page.sentences):
            place = page.document.place(sentence.start, sentence.end)
            for k, view in enumerate(open_views):
                link = link_features(view, page, at, shared[k], rivals, rarity)
                entry = next((e for c, p, e in marked if c == view.commitment.id and overlap(p, place) >= 0.5), None)
                if entry is None and not is_candidate(link):
                    continue
                told = (
                    says_features(view, page, at, shared[k][at], says_owner(view, page, at))
                    if entry is not None and not beside
                    else {}
                )
                where = story.name, page.document.sha256 + beside, at, view.commitment.id, view.commitment.document
                texts = text_of_commitment(view), text_of_sentence(page, sentence)
                found.append(Example(*where, link, entry is not None, entry["says"] if entry else "", told, texts))
    return found


def train(examples: Sequence[Example], weights: Mapping[str, float]) -> dict[str, Any]:
    """The parts of the model."""
    linked = [example for example in examples if is_candidate(example.link)]
    told = [example for example in examples if example.is_evidence and not example.is_beside_twins]
    evidence = [str(example.is_evidence) for example in linked]
    features = [example.link for example in linked]
    scores = _out_of_fold(linked, features)
    looked = [link | beside for link, beside in zip(features, _beside(linked, scores), strict=True)]
    meant = [look | meaning for look, meaning in zip(looked, _meant(linked, scores), strict=True)]
    return {
        "link": _judge(features, evidence, ["False", "True"], LINK_STRENGTH, LINK_TREES),
        "by_words": _second(linked, looked, evidence),
        "by_meaning": _second(linked, meant, evidence),
        "says_by_words": _says(told, [e.says_features for e in told]),
        "says_by_meaning": _says(told, [e.says_features | reading_features(_reading(e.texts)) for e in told]),
        "rarity": dict(weights),
    }


def _says(told: Sequence[Example], rows: Sequence[Features]) -> dict[str, Any]:
    return _judge(rows, [example.says for example in told], SAYS, SAYS_STRENGTH, SAYS_TREES)


def _second(examples: Sequence[Example], rows: Sequence[Features], evidence: Sequence[str]) -> dict[str, Any]:
    """A judge of the second look, with its limits."""
    return {
        "judge": _judge(rows, evidence, ["False", "True"], LINK_STRENGTH, LINK_TREES),
        "limits": _limits(examples, _out_of_fold(examples, rows)),
    }


def _out_of_fold(examples: Sequence[Example], rows: Sequence[Features]) -> list[float]:
    """Scores of links by judges that have not seen their stories."""
    names = sorted({example.story for example in examples})
    scores = [0.0] * len(examples)
    for fold in range(INNER_FOLDS):
        left_out = set(names[fold::INNER_FOLDS])
        inside = [k for k, example in enumerate(examples) if example.story not in left_out]
        labels = [str(examples[k].is_evidence) for k in inside]
        parts = _judge([rows[k] for k in inside], labels, ["False", "True"], LINK_STRENGTH, LINK_TREES)
        judge = Judge(**parts)
        for k, example in enumerate(examples):
            if example.story in left_out:
                scores[k] = judge.score(rows[k])
    return scores


def _looks(examples: Sequence[Example], scores: Sequence[float]) -> Iterable[tuple[list[int], list[Look]]]:
    """The looks page by page, and the numbers of their examples."""
    pages: dict[tuple[str, str], list[int]] = {}
    for k, example in enumerate(examples):
        pages.setdefault((example.story, example.page), []).append(k)
    for numbers in pages.values():
        yield (
            numbers,
            [Look(examples[k].sentence, examples[k].commitment, examples[k].home, scores[k]) for k in numbers],
        )


def _beside(examples: Sequence[Example], scores: Sequence[float]) -> list[Features]:
    """The features of the second look."""
    found: list[Features] = [{} for _ in examples]
    for numbers, looks in _looks(examples, scores):
        for k, features in zip(numbers, second_features(looks), strict=True):
            found[k] = features
    return found


def _meant(examples: Sequence[Example], scores: Sequence[float]) -> list[Features]:
    """The features of meaning."""
    found: list[Features] = [{} for _ in examples]
    for numbers, looks in _looks(examples, scores):
        readings = {k: _reading(examples[numbers[k]].texts) for k in worth_comparing(looks)}
        for k, features in zip(numbers, meaning_features(looks, readings), strict=True):
            found[k] = features
    return found


@cache
def _reading(texts: tuple[str, str]) -> Reading:
    """What is read in two texts together; every fold asks again."""
    meaning = installed_meaning()
    if not meaning:
        raise SystemExit("training: the encoder of sentences is not installed; run `make setup`")
    return meaning.read([texts])[0]


def _limits(examples: Sequence[Example], scores: Sequence[float]) -> dict[str, float]:
    """The least probabilities from which on so many of the links are right, of stories that the judges had not seen."""
    told = [k for k, example in enumerate(examples) if not example.is_beside_twins]
    ranked = sorted(((scores[k], examples[k].is_evidence) for k in told), reverse=True)
    limits = {"certain": 0.99, "probable": 0.9, "weak": WEAK}
    for name, wanted in PRECISION.items():
        right = 0
        for count, (score, is_evidence) in enumerate(ranked, 1):
            right += is_evidence
            if right >= wanted * count:
                limits[name] = round(1 / (1 + math.exp(-score)), 4)
    return limits


def _judge(
    rows: Sequence[Features],
    labels: Sequence[str],
    classes: Sequence[str],
    strength: float,
    boosting: Mapping[str, Any],
) -> dict[str, Any]:
    seen = Counter(name for row in rows for name in row)
    kept = [{name: value for name, value in row.items() if seen[name] >= SEEN_LEAST} for row in rows]
    vectorizer = DictVectorizer(sparse=False)
    matrix = vectorizer.fit_transform(kept)
    names = [str(name) for name in vectorizer.get_feature_names_out()]
    linear = LogisticRegression(C=strength, max_iter=3000).fit(matrix, np.array(labels))
    order = [list(linear.classes_).index(name) for name in classes] if len(classes) > 2 else [0]
    weights = {
        name: [round(float(linear.coef_[k, i]), 3) for k in order]
        for i, name in enumerate(names)
        if np.abs(linear.coef_[:, i]).max() >= 0.005
    }
    bias = [round(float(linear.intercept_[k]), 3) for k in order]
    boosted = GradientBoostingClassifier(random_state=1, subsample=0.6, max_depth=3, **boosting).fit(
        matrix, np.array(labels)
    )
    starts = np.log(np.maximum(boosted.init_.class_prior_, 1e-9))
    first = [float(starts[1] - starts[0])] if len(classes) == 2 else [float(starts[k]) for k in order]
    trees = [
        (round(start, 4), [_tree(stage[k].tree_, names, boosted.learning_rate) for stage in boosted.estimators_])
        for start, k in zip(first, order, strict=True)
    ]
    return {"classes": list(classes), "weights": weights, "bias": bias, "trees": trees}


def _tree(tree: Any, names: Sequence[str], rate: float) -> list[tuple[str, float, int, int]]:
    """A fitted tree as plain nodes; the leaves hold what they add."""
    return [
        (names[feature], round(float(bound), 4), int(left), int(right))
        if left >= 0
        else ("", round(rate * float(value[0][0]), 4), 0, 0)
        for feature, bound, left, right, value in zip(
            tree.feature, tree.threshold, tree.children_left, tree.children_right, tree.value, strict=True
        )
    ]


def judges_without(left_out: Iterable[str], examples: Sequence[Example], weights: Mapping[str, float]) -> Judges:
    """Judges that have not seen some stories."""
    names = set(left_out)
    return judges_from(train([example for example in examples if example.story not in names], weights))


def write_model(parts: Mapping[str, Any], path: Path) -> None:
    """Writes the parts into one compressed file, the same bytes for the same parts."""
    waiting = path.with_suffix(".new")
    with zipfile.ZipFile(waiting, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts):
            content = json.dumps(parts[name], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            info = zipfile.ZipInfo(f"{name}.json", (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    waiting.replace(path)


def main() -> int:
    begun = time.monotonic()
    weights = rarity_weights()
    rarity = Rarity(weights)
    stories = load_stories(OWN, *([SHARED] if SHARED.is_dir() else []))
    examples = [example for story in stories for example in examples_of(story, rarity)]
    write_model(train(examples, weights), MODEL)
    evidence = sum(example.is_evidence and not example.is_beside_twins for example in examples)
    print(
        f"{MODEL.name}: {len(stories)} stories, {len(examples)} pairs, {evidence} of them evidence, "
        f"{MODEL.stat().st_size / 1e3:.0f} kB, {time.monotonic() - begun:.0f} s",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
