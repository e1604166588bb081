"""Why a file could not be read, in both languages: the readers say it in English, the vocabulary knows the Swedish."""

from __future__ import annotations

import re
from functools import cache

from handslag.reading.report.wording import Pair
from handslag.vocabulary.load import vocabulary

# Anything longer holds a name or a program's words beyond measure: it stays as it is, so that matching stays quick.
_LONGEST = 1_000
_NUMBERS = frozenset(("count", "limit", "ratio", "seconds", "size"))
_NUMBER = r"\d[\d.,]*(?: bytes| kB| MB)?"
_PLACE = re.compile(r"\{(\w+)\}")
_JOINT = "; "


def reason_in_words(reason: str) -> Pair:
    """The reason in Swedish and as it was given; as it was given in both where the vocabulary does not know it."""
    return Pair(_swedish(reason) or reason, reason)


def _swedish(reason: str) -> str:
    """The Swedish words of one reason, or of two that are joined; "" if they are not known."""
    if len(reason) > _LONGEST:
        return ""
    if whole := _clause(reason):
        return whole
    for joint in re.finditer(_JOINT, reason):
        first, second = _clause(reason[: joint.start()]), _clause(reason[joint.end() :])
        if first and second:
            return f"{first}{_JOINT}{second}"
    return ""


def _clause(reason: str) -> str:
    for pattern, swedish in _templates():
        if found := pattern.fullmatch(reason):
            return swedish.format_map({name: _value(name, value) for name, value in found.groupdict().items()})
    return ""


def _value(name: str, value: str) -> str:
    """What is filled in: numbers as Swedish writes them, known things by their Swedish names, all else kept."""
    if name in _NUMBERS:
        return value.replace(",", "\u00a0").replace(".", ",").replace("bytes", "byte")
    return str(vocabulary("refusals")["things"].get(value, value))


@cache
def _templates() -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern for each English reason, with its Swedish words."""
    return tuple((_pattern(entry["en"]), entry["sv"]) for entry in vocabulary("refusals")["reasons"])


def _pattern(english: str) -> re.Pattern[str]:
    # Literals and names of places come in turns.
    parts = _PLACE.split(english)
    literals, names = parts[::2], parts[1::2]
    places = [f"(?P<{name}>{_NUMBER if name in _NUMBERS else '.+'})" for name in names]
    return re.compile("".join(map("".join, zip(map(re.escape, literals), [*places, ""], strict=True))), re.DOTALL)
