"""Periods in the reader's words: 2026-10-08 → 8 October 2026, 2026-Q4 → quarter 4 of 2026, /2027 → by 2027."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handslag.kernel.errors import BadPeriod
from handslag.kernel.periods import parse_period
from handslag.vocabulary.load import vocabulary


def period_words(text: str) -> str:
    """The period in words; what is no period as it stands."""
    try:
        period = parse_period(text)
    except BadPeriod:
        return text
    if period.is_rhythm:
        return called("rhythm", text)
    begin, slash, end = text.partition("/")
    if not slash:
        return _one(text)
    if begin and end:
        first, last = parse_period(begin), parse_period(end)
        if first.precision == last.precision == "day" and begin[:7] == end[:7]:
            return f"{first.first.day}–{_one(end)}"
        return _("%(begin)s to %(end)s") % {"begin": _one(begin), "end": _one(end)}
    return _("by %(end)s") % {"end": _one(end)} if end else _("from %(begin)s") % {"begin": _one(begin)}


def called(words: str, key: str) -> str:
    """What a key of the vocabulary is called in the reader's language; the key itself where it has no name."""
    names = vocabulary("labels").get(words, {}).get(key)
    return names.get((get_language() or "en")[:2], names["en"]) if names else key


def _one(text: str) -> str:
    period = parse_period(text)
    year, part = text[:4], text[5:]
    match period.precision:
        case "day":
            return date_format(period.first, "j F Y")
        case "month":
            return date_format(period.first, "F Y")
        case "week":
            return _("week %(week)s of %(year)s") % {"week": int(part[1:]), "year": year}
        case "quarter":
            return _("quarter %(quarter)s of %(year)s") % {"quarter": part[1:], "year": year}
        case "half":
            return (_("first half of %(year)s") if part == "H1" else _("second half of %(year)s")) % {"year": year}
        case "season":
            return f"{called('season', part)} {year}"
    return year
