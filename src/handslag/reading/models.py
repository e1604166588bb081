"""The trained parts of the reader: sequence taggers and judges, kept together in one file.

A tagger is a linear-chain CRF (python-crfsuite). A judge is a logistic regression over named features, for a yes or no
or among several classes; its weights are plain numbers, so reading needs no numeric library.
"""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import pycrfsuite

from handslag.kernel.errors import HandslagError

MODEL_FILE = "reader.model"


class Span(NamedTuple):
    """Tokens `[first, last)` of a sequence with the label and the tagger's probability of its least sure token."""

    first: int
    last: int
    label: str
    probability: float


class Tagger:
    """A trained CRF over a sequence of feature lists; labels are "O", "B-X" and "I-X", or plain ones."""

    def __init__(self, content: bytes) -> None:
        # crfsuite reads the bytes where they are: they must live as long as the tagger
        self._content = content
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(content)

    def labels(self, rows: Sequence[Sequence[str]]) -> list[str]:
        """The likeliest labels of the rows (Viterbi)."""
        if not rows:
            return []
        try:
            return list(self._tagger.tag(rows))
        except (UnicodeEncodeError, SystemError):
            # A lone surrogate, which UTF-8 cannot carry; the error comes wrapped by Cython.
            return list(self._tagger.tag([[_encodable(feature) for feature in row] for row in rows]))

    def spans(self, rows: Sequence[Sequence[str]]) -> list[Span]:
        """The labelled spans of the likeliest labelling, with their marginal probability."""
        labels = self.labels(rows)
        found: list[Span] = []
        first = -1
        for i, label in enumerate([*labels, "O"]):
            if first >= 0 and not (label.startswith("I-") and label[2:] == labels[first][2:]):
                marginals = [self._tagger.marginal(labels[k], k) for k in range(first, i)]
                found.append(Span(first, i, labels[first][2:], min(marginals)))
                first = -1
            if first < 0 and label != "O":
                first = i
        return found

    def marginal(self, label: str, position: int) -> float:
        """The probability of a label at a position of the sequence tagged last."""
        return float(self._tagger.marginal(label, position))

    def runners_up(self, spans: Sequence[Span], positions: Sequence[int], kind: str, least: float) -> list[Span]:
        """Runs among `positions` of the sequence tagged last, outside `spans`, whose tokens are `kind` with at least `least`."""
        taken = {i for span in spans for i in range(span.first, span.last)}
        found: list[Span] = []
        for i in positions:
            if i in taken:
                continue
            begins = self.marginal("B-" + kind, i)
            share = begins + self.marginal("I-" + kind, i)
            if share < least:
                continue
            if found and found[-1].last == i and begins < 0.5 * share:
                found[-1] = Span(found[-1].first, i + 1, kind, min(found[-1].probability, share))
            else:
                found.append(Span(i, i + 1, kind, share))
        return found


def _encodable(feature: str) -> str:
    return feature.encode("utf-8", "replace").decode("utf-8")


class Judge:
    """A trained logistic regression: features (names) → probability of each class."""

    def __init__(self, classes: Sequence[str], weights: dict[str, list[float]], bias: list[float]) -> None:
        self.classes = tuple(classes)
        self._bias = bias
        # one number a feature where there are two classes: half of all the time of a judge is looking weights up
        self._single = {feature: row[0] for feature, row in weights.items()} if len(bias) == 1 else {}
        self._weights = weights if len(bias) > 1 else {}

    def probabilities(self, features: Iterable[str]) -> list[float]:
        """The probability of each of `classes`, in their order; with two classes a sigmoid, with more a softmax."""
        if len(self._bias) == 1:
            p = self.probability(features)
            return [1 - p, p]
        rows = filter(None, map(self._weights.get, features))
        scores = [sum(column) for column in zip(self._bias, *rows, strict=True)]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]

    def probability(self, features: Iterable[str]) -> float:
        """The probability of "yes" of a judge of yes and no."""
        score = sum(filter(None, map(self._single.get, features)), self._bias[0])
        return 1 / (1 + math.exp(-max(-35.0, min(35.0, score))))

    def best(self, features: Iterable[str]) -> tuple[str, float]:
        """The likeliest class and its probability."""
        probabilities = self.probabilities(features)
        k = max(range(len(probabilities)), key=probabilities.__getitem__)
        return self.classes[k], probabilities[k]


class Models:
    """The trained parts by name. Each is made when it is first asked for."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts = parts
        self._taggers: dict[str, Tagger] = {}
        self._judges: dict[str, Judge] = {}
        self._tables: dict[str, Any] = {}

    def has(self, name: str) -> bool:
        return f"{name}.crf" in self._parts or f"{name}.json" in self._parts

    def put(self, name: str, part: Tagger | Judge) -> None:
        """Takes a part that was just trained."""
        if isinstance(part, Tagger):
            self._taggers[name] = part
        else:
            self._judges[name] = part

    def tagger(self, name: str) -> Tagger:
        if name not in self._taggers:
            self._taggers[name] = Tagger(self.content(f"{name}.crf"))
        return self._taggers[name]

    def judge(self, name: str) -> Judge:
        if name not in self._judges:
            content = json.loads(self.content(f"{name}.json"))
            self._judges[name] = Judge(content["classes"], content["weights"], content["bias"])
        return self._judges[name]

    def table(self, name: str) -> Any:
        """The content of a JSON part that is neither tagger nor judge, parsed once."""
        if name not in self._tables:
            self._tables[name] = json.loads(self.content(f"{name}.json"))
        return self._tables[name]

    def content(self, name: str) -> bytes:
        """The file of a part; raises `HandslagError` if the model lacks it."""
        try:
            return self._parts[name]
        except KeyError:
            raise HandslagError(
                f"{MODEL_FILE}: part {name} is missing; make the model again with `make model`"
            ) from None


@cache
def installed_models() -> Models:
    """The models that are installed with the package; raises `HandslagError` if there are none, or none that can be read."""
    return models_in(files("handslag.reading").joinpath(MODEL_FILE))


def models_in(file: Traversable) -> Models:
    """The models of a model file; raises `HandslagError` if it is not there or damaged."""
    try:
        with file.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            return Models({name: archive.read(name) for name in archive.namelist()})
    except FileNotFoundError:
        raise HandslagError(
            f"{file}: no such file; install Handslag again, or make the model with `make model`"
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise HandslagError(
            f"{file}: damaged ({error}); install Handslag again, or make the model with `make model`"
        ) from None
