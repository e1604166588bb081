"""Tables whose figures are printed in thousands or millions, or in percent: what their heads and row labels say."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from handslag.language.alternation import alternation, lower_same_length, spaced
from handslag.language.numbers.mention import NumberMention
from handslag.vocabulary.load import vocabulary


class TableScale(NamedTuple):
    """What each figure of a table or a row is to be multiplied by, and its unit: an ISO currency, "percent" or ""."""

    scale: int
    unit: str


def table_scale(header_text: str) -> TableScale | None:
    """The scale that a table's head or a row's label prints, None where it prints none.

    "Flerårsöversikt (tkr)" is (1000, "SEK"), "Net income, SEK thousand" (1000, "SEK"), "USDm" (1000000, "USD"),
    "ANNEX B – BUDGET (EUR)" (1, "EUR"), "Soliditet (%)" (1, "percent").
    """
    scales, pattern, currencies = _patterns()
    low = lower_same_length(header_text)
    currency = next((code for code, words in currencies.items() if words.search(low)), "")
    match = pattern.search(low)
    if match:
        words = " ".join(match[1].split())
        return TableScale(scales[words], currency or _currency_in(words))
    if _PERCENT.search(low):
        return TableScale(1, "percent")
    return TableScale(1, currency) if currency and _ALONE.search(header_text) else None


def row_scale(label: str, header: TableScale | None) -> TableScale | None:
    """The scale of one row: its own label's, none for what is counted or a ratio ("Antal anställda"), else the head's."""
    own = table_scale(label)
    if own is not None:
        return own
    return None if _COUNTED_ROW.search(lower_same_length(label)) else header


def scaled(mention: NumberMention, scale: TableScale) -> NumberMention:
    """A figure of the table in base units; one that prints its own unit, or a year's column, stays as it is."""
    if mention.unit or mention.role or mention.kind not in {"count"}:
        return mention
    value = round(mention.value * scale.scale, 6)
    kind = "percent" if scale.unit == "percent" else "money" if scale.unit else mention.kind
    whole = int(value) if value == int(value) else value
    return replace(mention, value=whole, unit=scale.unit, kind=kind, unit_basis="inferred")


# Rows that count persons or things inside a table of amounts.
_COUNTED_ROW = re.compile(
    r"\b(?:antal\w*|medelantal\w*|number|average|anställda|employees|staff|headcount|fte|årsarbetare|personal|deltagare|"
    r"participants|members|medlemmar|companies|bolag|företag|patienter|patients|customers|kunder|ratio|margin\w*|"
    r"marginal\w*|soliditet|andel|share of|kvm|ytor?|per aktie|per share)"
)
# A head in which nothing but the unit is printed in brackets or after a comma: "(EUR)", ", %", "i procent".
_PERCENT = re.compile(r"\(\s*(?:%|procent|per ?cent)\s*\)|,\s*(?:%|procent|per ?cent)(?!\w)|\bi procent\b")
_ALONE = re.compile(r"\((?:i |in )?(?:[A-Z]{3}|kr|kronor)\)|,\s*(?:SEK|EUR|USD|GBP|NOK|DKK|kr|kronor)\s*(?:\s{2}|$)")


@cache
def _patterns() -> tuple[dict[str, int], re.Pattern[str], dict[str, re.Pattern[str]]]:
    raw = vocabulary("numbers")
    scales = {word: factor for factor, words in raw["table_scales"].items() for word in words}
    pattern = re.compile(spaced(rf"(?:(?<!\w)|(?<=sek|eur|usd|gbp|nok|dkk))({alternation(scales)})(?!\w)"))
    currencies = {
        code: re.compile(
            rf"(?<!\w)(?:{alternation([*entry['before'], *entry['signs'], *_words(entry['after'])])})(?![a-z])"
        )
        for code, entry in raw["currencies"].items()
    }
    return scales, pattern, currencies


def _words(after: list[str]) -> list[str]:
    return [word for word in after if " " not in word and word[0].isalpha()]


def _currency_in(words: str) -> str:
    for code, names in {
        "SEK": ("kr", "sek", "kron"),
        "EUR": ("eur",),
        "USD": ("usd",),
        "GBP": ("gbp",),
        "NOK": ("nok",),
        "DKK": ("dkk",),
    }.items():
        if any(name in words for name in names):
            return code
    return ""
