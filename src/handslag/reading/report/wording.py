"""What is shown, in both languages at once: labels, sentences, counts, dates and numbers."""

from __future__ import annotations

from math import isfinite
from typing import Any, NamedTuple

from handslag.vocabulary.load import vocabulary

LANGUAGES = ("sv", "en")


class Pair(NamedTuple):
    """One text in Swedish and English."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        return self.sv if language == "sv" else self.en

    @property
    def capital(self) -> Pair:
        """The same with a capital first letter."""
        return Pair(self.sv[:1].upper() + self.sv[1:], self.en[:1].upper() + self.en[1:])


def same(text: str) -> Pair:
    """A text that is alike in both: a name, a number without decimals, words of the document."""
    return Pair(text, text)


def label(group: str, key: str) -> Pair:
    """What the vocabulary calls a key (`label("firmness", "agreed")`); a key that it does not know, as it stands."""
    return _pair(vocabulary("labels").get(group, {}).get(key, key))


def sentence(group: str, key: str, **values: str | Pair) -> Pair:
    """A text of the report (`sentence("fact", "line", n="3")`) with its braces filled in."""
    return _filled(_pair(vocabulary("report_texts")[group][key]), values)


def counted(key: str, count: int, group: str = "counts", **values: str | Pair) -> Pair:
    """A text that depends on a number: "one commitment", "3 commitments"."""
    texts = vocabulary("report_texts")[group]
    texts = texts[key] if key else texts
    return _filled(_pair(texts["one" if count == 1 else "many"]), {"n": integer(count), **values})


def integer(value: int) -> Pair:
    """A whole number with its thousands set apart."""
    digits = f"{value:,}"
    return Pair(digits.replace(",", "\u00a0").replace("-", "\u2212"), digits.replace("-", "\u2212"))


def number(value: float) -> Pair:
    """A number as each language writes it, without needless decimals."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e18):
        return integer(int(value))
    if not isfinite(value):
        return same(str(value))
    digits = f"{value:,.6f}".rstrip("0").replace("-", "\u2212")
    return Pair(digits.replace(",", "\u00a0").replace(".", ","), digits)


def amount(value: float, unit: str, qualifier: str = "") -> Pair:
    """A figure with its unit and qualifier: "omkring 6 400 000 SEK", "over 12%"."""
    shown = number(value)
    if unit == "percent":
        shown = Pair(f"{shown.sv}\u00a0%", f"{shown.en}%")
    elif unit:
        shown = Pair(f"{shown.sv}\u00a0{unit}", f"{shown.en}\u00a0{unit}")
    if not qualifier:
        return shown
    said = label("qualifier", qualifier)
    return Pair(f"{said.sv} {shown.sv}", f"{said.en} {shown.en}")


def joined(parts: list[Pair], between: str) -> Pair:
    """Several texts in a row."""
    return Pair(between.join(part.sv for part in parts), between.join(part.en for part in parts))


def _pair(found: Any) -> Pair:
    return Pair(str(found["sv"]), str(found["en"])) if isinstance(found, dict) else same(str(found))


def _filled(texts: Pair, values: dict[str, str | Pair]) -> Pair:
    if not values:
        return texts
    return Pair(*(_fill(text, values, place) for place, text in enumerate(texts)))


def _fill(text: str, values: dict[str, str | Pair], place: int) -> str:
    """Fill in one language's values; only the text's own braces count, never those of a value."""
    return text.format_map({key: value[place] if isinstance(value, Pair) else value for key, value in values.items()})
