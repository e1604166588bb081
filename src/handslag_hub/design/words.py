"""Words for keys of the vocabulary and for periods, in the language of whoever reads."""

from __future__ import annotations

from django.utils.translation import get_language

from handslag.reading.report.periods import period_in_words
from handslag.reading.report.wording import label


def language_now() -> str:
    """The language of this page: sv or en."""
    return "sv" if (get_language() or "").startswith("sv") else "en"


def called(words: str, key: str) -> str:
    """What a key of the vocabulary is called: `called("firmness", "agreed")`; the key itself where it has no name."""
    return label(words, key).in_language(language_now())


def period_words(text: str) -> str:
    """A period as people say it: 2026-10-08 → 8 October 2026, /2027 → by 2027; what is no period as it stands."""
    return period_in_words(text).in_language(language_now())
