"""Words for amounts, warnings and closed lists, in the language of whoever reads; and text made safe to look at."""

from __future__ import annotations

import re
from typing import Final

from handslag.kernel.errors import HandslagError
from handslag.reading.report.wording import amount
from handslag.vocabulary.load import vocabulary
from handslag_hub.design.words import called, language_now

# What cannot be seen, or changes the order in which letters are shown: it is written out instead. Tabs and line ends stay.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200e\u200f\u2028-\u202e\u2060-\u2069\ufff9-\ufffb\ud800-\udfff]"
)


def choices(group: str) -> list[tuple[str, str]]:
    """A closed list of the vocabulary as (key, word), in its order."""
    return [(key, called(group, key)) for key in vocabulary("labels").get(group, {}) if key]


def amount_words(number: str, unit: str) -> str:
    """A number with its unit; as it stands where it is none."""
    try:
        value = float(number)
    except ValueError:
        return f"{number} {unit}".strip()
    return amount(value, unit).in_language(language_now())


def warning_words(code: str, message: str) -> str:
    """A warning of the reading in the language of whoever reads."""
    if language_now() != "sv":
        return message[:1].upper() + message[1:]
    try:
        told = vocabulary("report_texts")["warnings"].get(code.replace("-", "_"), message)
    except HandslagError:
        return message
    return str(told)


def visible(text: str) -> str:
    """The text with its control characters and turns of direction written out: "⟨U+202E⟩"."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)
