"""Words for amounts, warnings and closed lists, in the language of whoever reads."""

from __future__ import annotations

from handslag.kernel.errors import HandslagError
from handslag.reading.report.wording import amount
from handslag.vocabulary.load import vocabulary
from handslag_hub.design.words import called, language_now


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
