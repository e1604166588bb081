"""What a sentence is to a commitment, as a cross-encoder reads both together, where one is installed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from math import exp, log
from typing import TYPE_CHECKING, Final, NamedTuple

from handslag.following.linking.in_english import in_english
from handslag.following.linking.link_features import Features
from handslag.following.linking.second_look import Look
from handslag.following.results import SAYS
from handslag.following.seeing.telling import Sentence
from handslag.following.seeing.views import CommitmentView, DocumentView
from handslag.language.published_encoder import PACKAGES

if TYPE_CHECKING:
    from handslag.language.cross_encoder import CrossEncoder

# Reading a pair costs some 20 ms. Below this score of the first look (the logarithm of odds), and for more of a sentence or of a page,
# meaning changed nothing on stories that were not trained on.
_FROM: Final = -2.5
_OF_A_SENTENCE: Final = 3
_OF_A_PAGE: Final = 12
# What is read in a sentence and a commitment that have nothing to do with each other.
_STRANGERS: Final = -4.0
ADAPTERS_FILE: Final = "cross_encoder.safetensors"
# No less likely than this (a logarithm) is anything that may be said: the network is too sure of itself.
_HARDLY: Final = -4.0
_REMEMBERED: Final = 1 << 12
_NEEDED: Final = ("numpy", "onnx", "onnxruntime", "safetensors", "tokenizers", *PACKAGES)


class Reading(NamedTuple):
    """What both passages alone show: the logarithm of the odds that the sentence tells of the commitment, and, if it does, the logarithm
    of the probability of each of `SAYS`, in that order.
    """

    tells: float
    says: tuple[float, ...]


class Meaning:
    """Pairs of passages, read together; a pair is read once, as long as it is remembered."""

    def __init__(self, encoder: CrossEncoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[str, str], Reading] = {}

    def read(self, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
        """What is read in each pair of a commitment and a sentence (English, or Swedish word for word in English)."""
        known = {pair: reading for pair in pairs if (reading := self._known.get(pair))}
        new = list(dict.fromkeys(pair for pair in pairs if pair not in known))
        for pair, scores in zip(new, self._encoder.scores(new), strict=True):
            known[pair] = _reading([float(score) for score in scores])
        # Another thread may look here meanwhile: nothing is taken out of what it sees.
        self._known = known if len(self._known) > _REMEMBERED else self._known | known
        return [known[pair] for pair in pairs]


def _reading(scores: Sequence[float]) -> Reading:
    tells, *said = scores
    total = max(said) + log(sum(exp(score - max(said)) for score in said))
    return Reading(round(tells, 2), tuple(round(max(score - total, _HARDLY), 2) for score in said))


@cache
def installed_meaning() -> Meaning | None:
    """The encoder that is installed; None where one of the packages that it needs is not, HandslagError if it is damaged.

    Where it is asked for the first time its network is made, which takes some seconds.
    """
    if not all(find_spec(name) for name in _NEEDED):
        return None
    from handslag.language.cross_encoder import CrossEncoder  # noqa: PLC0415  # loaded when first needed

    adapters = files("handslag.following.linking").joinpath(ADAPTERS_FILE).read_bytes()
    return Meaning(CrossEncoder(adapters))


def text_of_sentence(page: DocumentView, sentence: Sentence) -> str:
    """A page's sentence as it is compared."""
    return in_english(page.document.text[sentence.start : sentence.end], sentence.language)


def text_of_commitment(view: CommitmentView) -> str:
    """A commitment's passage as it is compared."""
    return in_english(view.commitment.evidence[0].quote, view.language)


def worth_comparing(looks: Sequence[Look]) -> list[int]:
    """The numbers of a page's looks whose meaning is compared: the likeliest."""
    found: list[int] = []
    of_sentence: Counter[int] = Counter()
    likely = (k for k, look in enumerate(looks) if look.score >= _FROM)
    for k in sorted(likely, key=lambda k: -looks[k].score):
        if of_sentence[looks[k].sentence] < _OF_A_SENTENCE and len(found) < _OF_A_PAGE:
            of_sentence[looks[k].sentence] += 1
            found.append(k)
    return found


def reading_features(reading: Reading) -> Features:
    """How much what is read speaks for each that a passage may say."""
    return {f"read {says}": score for says, score in zip(SAYS, reading.says, strict=True)}


def meaning_features(looks: Sequence[Look], readings: Mapping[int, Reading]) -> list[Features]:
    """For each of a page's looks what is read in both together, and how much more that speaks for it than for others; `readings` are
    by the look's number.
    """
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_commitment: dict[str | int, list[int]] = defaultdict(list)
    for k in readings:
        of_sentence[looks[k].sentence].append(k)
        of_commitment[looks[k].commitment].append(k)
    found: list[Features] = [{} for _ in looks]
    for k, reading in readings.items():
        rivals = [readings[j].tells for j in of_sentence[looks[k].sentence] if j != k]
        others = [readings[j].tells for j in of_commitment[looks[k].commitment] if j != k]
        found[k] = reading_features(reading) | {
            "compared": 1.0,
            "read together": reading.tells,
            "read together, more than rivals": round(reading.tells - max(rivals, default=_STRANGERS), 2),
            "read together, more than other sentences": round(reading.tells - max(others, default=_STRANGERS), 2),
        }
    return found
