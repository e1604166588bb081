"""Words for what the vocabulary and the calendar say by keys, in the language of whoever reads."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import get_language

from handslag.kernel.errors import HandslagError
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.wording import amount, label
from handslag.vocabulary.load import vocabulary

# What cannot be seen, or changes the order in which letters are shown: it is written out instead. Tabs and line ends stay.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u2069\ufff9-\ufffb\ud800-\udfff]"
)


def word(group: str, key: str) -> str:
    """What the vocabulary calls a key: `word("firmness", "agreed")`; a key that it does not know stands as it is."""
    return label(group, key).in_language(get_language() or "en")


def choices(group: str) -> list[tuple[str, str]]:
    """A closed list of the vocabulary as (key, word), in its order."""
    return [(key, word(group, key)) for key in vocabulary("labels").get(group, {}) if key]


def period_words(period: str) -> str:
    """A date or period as people say it."""
    return period_in_words(period).in_language(get_language() or "en")


def amount_words(number: str, unit: str) -> str:
    """A number with its unit; as it stands where it is none."""
    try:
        value = float(number)
    except ValueError:
        return f"{number} {unit}".strip()
    return amount(value, unit).in_language(get_language() or "en")


def warning_words(code: str, message: str) -> str:
    """A warning of the reading in the language of whoever reads."""
    if (get_language() or "en") != "sv":
        return message[:1].upper() + message[1:]
    try:
        told = vocabulary("report_texts")["warnings"].get(code.replace("-", "_"), message)
    except HandslagError:
        return message
    return str(told)


def visible(text: str) -> str:
    """The text with its control characters and turns of direction written out: "⟨U+202E⟩"."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
