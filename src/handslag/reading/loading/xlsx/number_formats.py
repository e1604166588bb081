"""Numbers as a workbook shows them: days, times, percentages and units by the cell's number format.

Excel keeps a day as a count of days; only the format tells it from a number (ECMA-376 part 1, 18.8.30 and 18.17.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation

from lxml.etree import _Element as Element

from handslag.reading.loading.office import child, local
from handslag.reading.loading.xlsx.units import unit_of

_BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm:ss",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: "d", 28: "d", 29: "d", 30: "d", 31: "d", 32: "h:mm",
    33: "h:mm:ss", 34: "d", 35: "d", 36: "d", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 50: "d", 51: "d", 52: "d",
    53: "d", 54: "d", 55: "d", 56: "d", 57: "d", 58: "d",
}  # fmt: skip
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]?', re.IGNORECASE | re.DOTALL)
_DECIMALS = re.compile(r"\.([0#?]+)")
_LONGEST_CODE = 300
_LONGEST_NUMBER = 40
_FIRST_DAYS = {False: datetime(1899, 12, 30, tzinfo=UTC), True: datetime(1904, 1, 1, tzinfo=UTC)}
_LAST_DAY = 2_958_465
"""9999-12-31, the last day that Excel knows."""
_FEBRUARY_29_1900 = 60
"""A day that never was, which Excel has for the sake of Lotus 1-2-3; the days before it are one further on."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a format makes of a number: parts of a date and time, decimals as a percentage (-1: none), words around it."""

    has_day: bool = False
    has_month: bool = False
    has_year: bool = False
    has_time: bool = False
    is_span: bool = False
    percent_decimals: int = -1
    before: str = ""
    after: str = ""


def format_of(code: str) -> NumberFormat:
    """The format of a code such as "yyyy-mm-dd;@" or "0.0%"."""
    code = code[:_LONGEST_CODE]
    bare = _LITERAL.sub("", code).split(";", 1)[0].lower()
    if "general" in bare or not re.search(r"[%dymhs]", bare):
        before, after = unit_of(code)
        return NumberFormat(before=before, after=after)
    if "%" in bare:
        decimals = _DECIMALS.search(bare)
        return NumberFormat(percent_decimals=len(decimals[1]) if decimals else 0)
    if re.search(r"\[(?:h+|m+|s+)\]", bare):
        return NumberFormat(has_time=True, is_span=True)
    has_time = "h" in bare or "s" in bare
    has_day, has_year = "d" in bare, "y" in bare
    # "m" stands for minutes beside hours or seconds, unless the format has days or years too
    has_month = "m" in bare and (not has_time or has_day or has_year)
    return NumberFormat(has_day, has_month, has_year, has_time)


@dataclass(slots=True)
class NumberFormats:
    """The formats of a workbook by the style number of a cell."""

    is_1904: bool = False
    _formats: list[NumberFormat] = field(default_factory=list)

    @staticmethod
    def of(root: Element | None, *, is_1904: bool) -> NumberFormats:
        """The formats of a styles part; none without one."""
        codes = dict(_BUILT_IN)
        listed = child(root, "numFmts")
        for element in listed if listed is not None else ():
            if (number := _whole(element.get("numFmtId", ""))) >= 0:
                codes[number] = element.get("formatCode", "")
        styles = child(root, "cellXfs")
        of_styles = styles if styles is not None else ()
        numbers = [_whole(style.get("numFmtId", "0")) for style in of_styles if local(style) == "xf"]
        known = {number: format_of(codes.get(number, "")) for number in set(numbers)}
        return NumberFormats(is_1904, [known[number] for number in numbers])

    def shown(self, value: str, style: str) -> str:
        """A cell's number as text; what is no number stays as it is."""
        if value.isdecimal() and style in ("", "0") and len(value) < _LONGEST_NUMBER:
            return value
        try:
            number = Decimal(value.strip())
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number.adjusted()) > _LONGEST_NUMBER:
            return value
        index = _whole(style)
        wanted = self._formats[index] if 0 <= index < len(self._formats) else NumberFormat()
        if wanted.percent_decimals >= 0:
            return f"{_plain(number * 100, wanted.percent_decimals)}%"
        is_dated = wanted.has_day or wanted.has_month or wanted.has_year
        if (is_dated or wanted.has_time) and 0 <= number <= _LAST_DAY:
            return self._moment(float(number), wanted, is_dated=is_dated)
        sign, digits = ("-", _plain(-number)) if number < 0 else ("", _plain(number))
        return f"{sign}{wanted.before}{digits}{wanted.after}"

    def _moment(self, number: float, wanted: NumberFormat, *, is_dated: bool) -> str:
        if wanted.is_span:
            seconds = round(number * 86_400)
            return _clock(seconds // 3_600, seconds // 60 % 60, seconds % 60)
        if not self.is_1904 and int(number) == _FEBRUARY_29_1900:
            return _plain(Decimal(str(number)))
        shift = 1 if not self.is_1904 and 1 <= number < _FEBRUARY_29_1900 else 0
        try:
            moment = _FIRST_DAYS[self.is_1904] + timedelta(days=int(number) + shift)
            moment += timedelta(seconds=round(number % 1 * 86_400))
        except OverflowError:
            return _plain(Decimal(str(number)))
        time = _clock(moment.hour, moment.minute, moment.second)
        if not is_dated or number < 1:
            return time
        day = moment.date().isoformat()
        if not wanted.has_day and wanted.has_year and not wanted.has_time:
            return day[:7] if wanted.has_month else day[:4]
        return f"{day} {time}" if wanted.has_time and time != "00:00" else day


def _clock(hours: int, minutes: int, seconds: int) -> str:
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")


def _plain(number: Decimal, decimals: int = 15) -> str:
    """The number without exponent, with the fifteen digits that Excel shows at most."""
    rounded = Decimal(f"{number:.15g}")
    if -rounded.as_tuple().exponent > decimals:  # type: ignore[operator]  # finite, so the exponent is a number
        rounded = round(rounded, decimals)
    text = f"{rounded:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _LONGEST_NUMBER else -1
