"""A date as somebody types it into a field: in the forms of the contract, or in words."""

from __future__ import annotations

from handslag.kernel.periods import is_period
from handslag.language.dates.find import find_dates
from handslag.language.dates.resolve import resolve


def typed_period(words: str, language: str) -> str:
    """The one period that the words are ("2027-Q1", "våren 2027", "8 October 2026"), as the contract writes it.

    "" where they are none, or several, or lack the year, or where something else stands beside: nothing is completed.
    """
    if is_period(words):
        return words
    found = find_dates(words, language)
    if len(found) != 1:
        return ""
    rest = (words[: found[0].start] + words[found[0].end :]).strip(" .,;:()")
    return "" if rest else resolve(found[0], None).period
