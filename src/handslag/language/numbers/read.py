"""One number with its unit: "SEK 4.2 million", "1 200", "–88,7", "21,5 miljoner", "half a million kronor"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Final

from handslag.language.numbers.words import NumberWords

_SIGNS: Final = "-–−"
_HUNDREDS: Final = frozenset({"hundra", "tusen", "a hundred", "a thousand"})
_AND: Final = re.compile(r"\s+and\s+")
_HUNDRED: Final = re.compile(r"\s+hundred\b")
_SEVERAL: Final = frozenset("några flera många par åtskilliga several few many some".split())
_NEAR: Final = 240  # characters of a line that are looked at; a page of one endless line stays quick
_WORD: Final = 40  # characters of a word; what is longer is none
_CURRENCY_WITHIN: Final = 3000
_SIGN_BEFORE: Final = " \t\u00a0\u202f(|€$£"


@dataclass(slots=True)
class Draft:
    """A number in the making; the fields are those of NumberMention, `raw` is the number without its scale."""

    start: int
    end: int
    value: int | float
    raw: int | float
    scale: int | float = 1
    unit: str = ""
    kind: str = "count"
    qualifier: str = ""
    qualifier_start: int = -1
    qualifier_end: int = -1
    is_word: bool = False
    unit_basis: str = "printed"
    partner: int = -1
    role: str = ""
    figures: tuple[int, int] = field(default=(0, 0))


@dataclass(slots=True)
class Page:
    """The text as printed, the same in lower case (equal offsets), the language and its words."""

    text: str
    low: str
    language: str
    words: NumberWords
    read_to: int = 0
    last: Draft | None = None
    _money: str | None = None
    _amounts: list[tuple[int, str]] | None = None
    _sections: frozenset[str] | None = None

    def word_before(self, position: int, *, over_line: bool = False) -> str:
        """The lower-case word before `position`, without punctuation around it; "" at a line's start unless `over_line`."""
        low = self.low
        end = position
        stop = max(0, position - _WORD)
        while end > stop and low[end - 1] in ' \t\u00a0\u202f.:(,“”"‘’':
            end -= 1
        if over_line and end > 0 and low[end - 1] == "\n":
            end -= 1
        start = end
        stop = max(0, end - _WORD)
        while start > stop and not low[start - 1].isspace() and low[start - 1] not in '(,/“”"‘’':
            start -= 1
        return low[start:end]

    def word_after(self, position: int) -> str:
        """The word as printed after `position`, over at most one line end, without what follows its letters."""
        text = self.text
        start = position
        while start < len(text) and start - position < 3 and text[start] in " \u00a0\u202f\n":
            start += 1
        if start == position:
            return ""
        end = start
        stop = min(len(text), start + _WORD)
        while end < stop and (text[end].isalpha() or text[end] in "’'"):
            end += 1
        return text[start:end].rstrip("’'")

    def sections(self, pattern: re.Pattern[str]) -> frozenset[str]:
        """The numbers ("7.5") with which lines of the text begin, found once."""
        if self._sections is None:
            self._sections = frozenset(pattern.findall(self.text))
        return self._sections

    def nearest_currency(self, position: int, default: str) -> str:
        """The currency of the nearest amount before `position`, else of the next one, else `default`."""
        if self._amounts is None:
            self._amounts = [
                (match.start(), _CODES.get(match[0].lower(), match[0].upper()))
                for match in _CURRENCIES.finditer(self.text)
            ]
        place = bisect_left(self._amounts, (position, ""))
        near = [
            one for one in self._amounts[max(0, place - 1) : place + 1] if abs(one[0] - position) < _CURRENCY_WITHIN
        ]
        return near[0][1] if near else default


_CURRENCIES = re.compile(
    r"\b(?:SEK|EUR|USD|GBP|NOK|DKK|CHF|kronor|kr|Mkr|mkr|mnkr|tkr|MSEK|euro|euros|dollars?|pounds|pund|kroner)\b|[€£$]"
)
_CODES: Final = {
    **dict.fromkeys(("kronor", "kr", "mkr", "mnkr", "tkr", "msek"), "SEK"),
    **dict.fromkeys(("euro", "euros", "€"), "EUR"),
    **dict.fromkeys(("dollar", "dollars", "$"), "USD"),
    **dict.fromkeys(("pounds", "pund", "£"), "GBP"),
    "kroner": "kroner",
}


def read_figures(page: Page, start: int) -> Draft:
    """The number whose first figure is at `start`, with sign, currency, scale and percent."""
    low, patterns = page.low, page.words.patterns
    begin, end, value = _figures(page, start)
    sign = start - 1
    if sign >= 0 and low[sign] in _SIGNS and _is_minus(page, sign):
        begin, value = sign, -value
    draft = Draft(begin, end, value, value, figures=(start, end))
    prefix = _prefix(page, begin) or _prefix_of_range(page, begin)
    if prefix is None:
        _add_unit(page, draft)
        return draft
    at, code, factor = prefix
    draft.start, draft.unit, draft.kind = at, code, "money"
    if match := patterns["scale"].match(low, draft.end):
        factor, draft.end = factor * page.words.scales[_key(match[1])], match.end()
        if currency := patterns["unit"].match(low, draft.end):
            draft.end = (
                currency.end() if currency[5] and page.words.currencies[_key(currency[5])][0] == code else draft.end
            )
    elif (match := patterns["short scale"].match(low, draft.end)) and match.start(1) - draft.end <= 1:
        factor, draft.end = factor * page.words.short_scales[match[1]], match.end(1)
    elif (match := patterns["unit"].match(low, draft.end)) and match[4]:
        draft.unit, draft.kind, draft.start, draft.end, factor = "percent", "percent", begin, match.end(), 1
    scale_to(draft, factor)
    return draft


def read_words(page: Page, start: int, end: int) -> Draft | None:
    """The number that begins with the number word `low[start:end]`; None for a lone "en" or "one"."""
    words, low = page.words, page.low
    if match := words.patterns["part of scale"].match(low, start):
        factor = words.parts_of_scale[_key(match[1])]
        draft = Draft(start, match.end(2), factor, factor, is_word=True)
        draft.scale = words.scales[_key(match[2])]
        draft.value = _whole(factor * draft.scale)
        if match[3]:
            draft.unit, draft.kind, draft.end = _code(page, match[3]), "money", match.end()
        else:
            _infer_money(page, draft)
        return draft
    end = _before_another(page, start, end)
    word = _key(low[start:end])
    if word in _HUNDREDS and page.word_before(start) in _SEVERAL:
        return None
    value = words.values.get(word, words.about.get(word))
    if value is None:
        if word not in words.ones:
            return None
        value = 1
    draft = Draft(start, end, value, value, is_word=True)
    if word in words.about:
        draft.qualifier, draft.qualifier_start, draft.qualifier_end = "about", start, end
    _add_unit(page, draft)
    if value == 1 and draft.scale == 1:
        return None
    return draft


def _before_another(page: Page, start: int, end: int) -> int:
    """Where the number ends of which the words after "and" begin another: "between one hundred and two hundred"."""
    link = _AND.search(page.low, start, end)
    if link and (page.word_before(start) == "between" or _HUNDRED.match(page.low, end)):
        return link.start()
    return end


def _figures(page: Page, start: int) -> tuple[int, int, int | float]:
    """Where the figures end and what they are worth: thousands and decimals by the language's convention."""
    low, patterns = page.low, page.words.patterns
    if match := patterns["spaces"].match(low, start):
        end = _one_number(low, match)
        whole, _, decimals = low[start:end].replace(".", ",").partition(",")
        return start, end, _number(re.sub(r"\s", "", whole), decimals)
    if (match := patterns["commas"].match(low, start)) and (
        page.language != "sv" or match[0].count(",") > 1 or "." in match[0]
    ):
        whole, _, decimals = match[0].partition(".")
        if low[start] != "0":
            return start, match.end(), _number(whole.replace(",", ""), decimals)
    if (match := patterns["points"].match(low, start)) and (
        page.language != "en" or match[0].count(".") > 1 or "," in match[0]
    ):
        whole, _, decimals = match[0].partition(",")
        if low[start] != "0":
            return start, match.end(), _number(whole.replace(".", ""), decimals)
    match = patterns["plain"].match(low, start)
    assert match is not None, "the trigger found a figure here"
    whole, _, decimals = match[0].replace(",", ".").partition(".")
    return start, match.end(), _number(whole, decimals)


def _one_number(low: str, match: re.Match[str]) -> int:
    """Where the first of several numbers ends that a flattened table has put side by side: "610 000 610 000"."""
    groups = list(re.finditer(r"[0-9]+", match[0]))
    if len(groups) < 4 or "," in match[0]:
        return match.end()
    for i in range(1, len(groups) - 1):
        if groups[i][0] == "000" and groups[i + 1][0] != "000":
            return match.start() + groups[i].end()
    return match.end()


def _number(whole: str, decimals: str) -> int | float:
    if len(whole) > 18:  # a code; kept short, so that it stays a number that can be reckoned with
        return int(whole[:18])
    return float(f"{whole}.{decimals}") if decimals.strip("0") else int(whole)


def _is_minus(page: Page, sign: int) -> bool:
    """True where a dash right before a figure is a minus: not a range, a list's dash or a hyphen."""
    if sign == 0 or page.low[sign - 1] not in _SIGN_BEFORE:
        return False
    line = page.low.rfind("\n", max(0, sign - _NEAR), sign) + 1
    return page.low[sign] == "−" or bool(page.low[max(line, sign - _NEAR) : sign].strip())


def _prefix(page: Page, position: int) -> tuple[int, str, int | float] | None:
    """The currency right before a number: where it begins, its code, its factor."""
    low = page.low
    if position == 0:
        return None
    before = low[position - 1]
    if before not in "€$£¥ \u00a0\u202f\t" and not before.isalpha() and before not in _SIGNS:
        return None
    match = page.words.patterns["prefix"].search(low, max(page.read_to, position - 8), position)
    if match is None:
        return None
    word = match[1]
    if word == "kr" and page.text[match.start(1) : match.end(1)] == "KR":
        return None
    code, factor = page.words.prefixes[word]
    return match.start(1), code, factor


def _prefix_of_range(page: Page, begin: int) -> tuple[int, str, int | float] | None:
    """The currency of the range's first half, for the second with a short scale: "€5–10m"."""
    last = page.last
    if last is None or last.kind != "money" or last.end != begin - 1 or page.low[begin - 1] not in _SIGNS:
        return None
    end = page.words.patterns["plain"].match(page.low, begin)
    if end is None or page.words.patterns["short scale"].match(page.low, end.end()) is None:
        return None
    return begin, last.unit, 1


def _add_unit(page: Page, draft: Draft) -> None:
    """Takes scale, currency and percent after a number into it."""
    words, low = page.words, page.low
    match = words.patterns["unit"].match(low, draft.end)
    if match is None:
        if (short := words.patterns["short scale"].match(low, draft.end)) and short[2]:
            draft.unit, draft.kind, draft.end = _code(page, short[2]), "money", short.end()
            scale_to(draft, words.short_scales[short[1]])
        return
    if match[3] or match[4]:
        draft.unit, draft.kind, draft.end = "percent", "points" if match[3] else "percent", match.end()
    elif match[5]:
        if draft.is_word and page.text[match.start(5) : match.start(5) + 2].istitle():
            return  # "Tre Kronor" is a name
        code, factor = words.currencies[_key(match[5])]
        draft.unit, draft.kind, draft.end = _of_text(page, code, draft.end), "money", match.end()
        scale_to(draft, factor)
    else:
        draft.end = match.end(1)
        scale_to(draft, words.scales[_key(match[1])])
        if match[2]:
            draft.unit, draft.kind, draft.end = _code(page, match[2]), "money", match.end()
        else:
            _infer_money(page, draft)


def _infer_money(page: Page, draft: Draft) -> None:
    """40 miljoner om året, two million pounds: without a counted noun it is money, of the text's currency."""
    following = page.word_after(draft.end)
    if draft.scale < 1_000_000 or (
        following and following[0].islower() and following not in page.words.no_counted_noun
    ):
        return
    currency = page.nearest_currency(draft.start, "SEK" if page.language == "sv" else "")
    if currency:
        draft.unit, draft.kind, draft.unit_basis = _of_text(page, currency, draft.start), "money", "inferred"


def scale_to(draft: Draft, factor: int | float) -> None:
    """Gives the number a scale: its value in base units."""
    draft.scale = factor
    draft.value = _whole(draft.raw * factor)


def _whole(value: int | float) -> int | float:
    """An int where it is one, without the dust of binary fractions: 21.5 million is 21500000."""
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _code(page: Page, words: str) -> str:
    return _of_text(page, page.words.currencies[_key(words)][0], 0)


def _of_text(page: Page, code: str, position: int) -> str:
    """Kroner are Norwegian or Danish, by what the text names more often; NOK where it names neither."""
    if code != "kroner":
        return code
    if page._money is None:
        norwegian = sum(page.low.count(word) for word in page.words.kroner["norwegian"])
        danish = sum(page.low.count(word) for word in page.words.kroner["danish"])
        page._money = "DKK" if danish > norwegian else "NOK"
    return page._money


def _key(words: str) -> str:
    return " ".join(words.split())
