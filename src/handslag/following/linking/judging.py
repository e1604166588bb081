"""The trained judges of following: plain weights in one file, so judging needs no numeric library."""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from handslag.following.linking.forest import Forest, Tree
from handslag.following.seeing.views import Rarity
from handslag.kernel.errors import HandslagError

MODEL_FILE: Final = "following.model"
_PARTS: Final = ("link", "by_words", "by_meaning", "says_by_words", "says_by_meaning", "rarity")


class Judge:
    """A logistic regression and boosted trees over named numbers, whose scores are averaged.

    On stories that they had not seen, the two together were better than each alone. With two classes there is one score, that of
    the second; `trees` holds for each class (or for the one score) its start and its trees.
    """

    def __init__(
        self,
        classes: Sequence[str],
        weights: Mapping[str, Sequence[float]],
        bias: Sequence[float],
        trees: Sequence[tuple[float, Sequence[Tree]]],
    ) -> None:
        self.classes = tuple(classes)
        self._weights = weights
        self._bias = tuple(bias)
        self._single = {name: row[0] for name, row in weights.items()} if len(self._bias) == 1 else {}
        self._forests = [Forest(start, grown) for start, grown in trees]

    def probability(self, features: Mapping[str, float]) -> float:
        """The probability of yes, of a judge of yes and no."""
        return 1 / (1 + math.exp(-max(-35.0, min(35.0, self.score(features)))))

    def score(self, features: Mapping[str, float]) -> float:
        """The logarithm of the odds of yes."""
        weights, linear = self._single, self._bias[0]
        for name, value in features.items():
            if name in weights:
                linear += weights[name] * value
        return (linear + self._forests[0].score(features)) / 2

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of each of several classes."""
        linear, boosted = _normal(self._linear(features)), _normal(self._boosted(features))
        powers = [math.exp((one + other) / 2) for one, other in zip(linear, boosted, strict=True)]
        total = sum(powers)
        return {name: power / total for name, power in zip(self.classes, powers, strict=True)}

    def _linear(self, features: Mapping[str, float]) -> list[float]:
        scores = list(self._bias)
        for name, value in features.items():
            row = self._weights.get(name)
            if row is not None:
                for k, weight in enumerate(row):
                    scores[k] += weight * value
        return scores

    def _boosted(self, features: Mapping[str, float]) -> list[float]:
        return [forest.score(features) for forest in self._forests]


def _normal(scores: Sequence[float]) -> list[float]:
    """Scores as logarithms of probabilities."""
    highest = max(scores)
    total = highest + math.log(sum(math.exp(score - highest) for score in scores))
    return [score - total for score in scores]


@dataclass(frozen=True, slots=True)
class Limits:
    """The least probability of a link for each word of certainty, set by cross-validation over whole stories."""

    certain: float
    probable: float
    weak: float


@dataclass(frozen=True, slots=True)
class SecondJudge:
    """Whether a sentence is about a commitment, beside the others of its page, and how sure one must be to say so."""

    judge: Judge
    limits: Limits


@dataclass(frozen=True, slots=True)
class Judges:
    """All that was trained: whether a sentence is about a commitment, by itself and then beside the others; and what it says.

    `by_meaning` knows how much both mean the same, `by_words` does not.
    """

    link: Judge
    by_words: SecondJudge
    by_meaning: SecondJudge
    says_by_words: Judge
    says_by_meaning: Judge
    rarity: Rarity


def judges_from(parts: Mapping[str, Any]) -> Judges:
    """The judges of the parts of a model."""
    by_words, by_meaning = (
        SecondJudge(Judge(**parts[name]["judge"]), Limits(**parts[name]["limits"]))
        for name in ("by_words", "by_meaning")
    )
    says_by_words, says_by_meaning = (Judge(**parts[name]) for name in ("says_by_words", "says_by_meaning"))
    return Judges(Judge(**parts["link"]), by_words, by_meaning, says_by_words, says_by_meaning, Rarity(parts["rarity"]))


@cache
def installed_judges() -> Judges:
    """The judges that are installed with the package; HandslagError if their file is missing or damaged."""
    return judges_in(files("handslag.following.linking").joinpath(MODEL_FILE))


def judges_in(file: Traversable) -> Judges:
    """The judges of a model file; HandslagError where it is missing or damaged."""
    try:
        with file.open("rb") as stream, zipfile.ZipFile(stream) as archive:
            return judges_from({name: json.loads(archive.read(f"{name}.json")) for name in _PARTS})
    except FileNotFoundError:
        raise HandslagError(
            f"{file}: no such file; install Handslag again, or make the model with `make model-following`"
        ) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, LookupError, ValueError, TypeError, RecursionError) as error:
        raise HandslagError(
            f"{file}: damaged ({error}); install Handslag again, or make the model with `make model-following`"
        ) from None
