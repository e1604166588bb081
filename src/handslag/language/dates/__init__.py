"""The date grammar for Swedish and English: finding dates, resolving them against a page's own day, finding that day."""

from handslag.language.dates.find import find_dates
from handslag.language.dates.mention import DateMention, Point
from handslag.language.dates.page_day import PageDay, find_page_day, find_page_day_beside
from handslag.language.dates.resolve import NOTHING, Resolved, Tense, resolve
from handslag.language.dates.typed import typed_period

__all__ = [
    "NOTHING",
    "DateMention",
    "PageDay",
    "Point",
    "Resolved",
    "Tense",
    "find_dates",
    "find_page_day",
    "find_page_day_beside",
    "resolve",
    "typed_period",
]
