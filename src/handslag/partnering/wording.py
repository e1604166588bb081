"""The words of the planner, in Swedish and English, from `vocabulary/partnering_texts.yaml`."""

from __future__ import annotations

from collections.abc import Mapping

from handslag.vocabulary.load import vocabulary


def sentence(group: str, key: str, values: Mapping[str, object], language: str) -> str:
    """A text with its braces filled in; ids are shown as they are, but nothing in them steers a terminal."""
    text: str = vocabulary("partnering_texts")[group][key][language]
    return text.format(**{name: shown(value) for name, value in values.items()})


def shown(value: object) -> str:
    """A value as people read it: a list with commas, control characters as escapes, long ones shortened."""
    if isinstance(value, list | tuple):
        first = ", ".join(shown(one) for one in value[:12])
        return f"{first}, … ({len(value)})" if len(value) > 12 else first
    text = value if isinstance(value, str) else str(value)
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
    return text if len(text) <= 200 else f"{text[:199]}…"


def percent(share: float, digits: int, language: str) -> str:
    """A share as people write it: 99.87 % in English, 99,87 % in Swedish."""
    text = f"{100 * share:.{digits}f} %"
    return text.replace(".", ",") if language == "sv" else text
