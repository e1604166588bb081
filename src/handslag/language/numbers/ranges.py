"""Numbers that belong together: ranges, "268 miljoner i stället för 240", "31,8 Mkr (27,4)"."""

from __future__ import annotations

import itertools
import re

from handslag.language.numbers.read import Draft, Page, scale_to

_DASH = re.compile(r"\s?[-–—−]\s?")
_WORD = re.compile(r"\s\s?(till|to|och|and|eller|or)\s\s?")
_BRACKET = re.compile(r"\s?\((?:[0-9]{4}:\s?)?")


def join_numbers(page: Page, drafts: list[Draft]) -> None:
    """Marks ranges and gives a bare number the unit of the one that it is compared with; changes `drafts`."""
    for left, right in itertools.pairwise(drafts):
        if left.role or right.role:
            continue
        gap = page.low[left.end : right.start]
        if len(gap) > 30:
            continue
        if (
            left.is_word
            and left.value == right.value
            and gap.strip() == "("
            and page.low[right.end : right.end + 1] == ")"
        ):
            right.role = "repeated"  # "sixty (60) days"
            if page.word_after(right.end + 1) in page.words.durations:
                left.kind = "duration"
        elif gap.strip() == "+" and right.kind == "duration":
            left.kind = "duration"
        elif _is_range(page, left, right, gap):
            _share_unit(left, right)
            if left.kind == "duration" or right.kind == "duration":
                left.kind = right.kind
            left.qualifier, right.qualifier = "from", "to"
            left.partner, right.partner = right.start, left.start
        elif (
            right.kind == "count"
            and right.scale == 1
            and left.kind in {"money", "percent"}
            and _is_compared(page, right, gap)
        ):
            right.unit, right.kind, right.unit_basis = left.unit, left.kind, "inferred"
            scale_to(right, left.scale)


def _is_range(page: Page, left: Draft, right: Draft, gap: str) -> bool:
    if left.partner >= 0 or left.kind == "share" or right.kind == "share":
        return False
    if {left.kind, right.kind} & {"money"} and {left.kind, right.kind} & {"percent", "points"}:
        return False
    rises = (
        left.raw * left.scale <= right.raw * right.scale
        if left.scale > 1
        else left.raw < right.raw or right.scale > left.scale
    )
    if _DASH.fullmatch(gap):
        return rises and left.value >= 0 and "\n\n" not in gap
    word = _WORD.fullmatch(gap)
    if word is None:
        return False
    patterns = page.words.patterns
    window = max(0, left.start - 16)
    if word[1] in {"och", "and"}:
        return patterns["between"].search(page.low, window, left.start) is not None
    if word[1] in {"eller", "or"}:
        return False
    if patterns["from"].search(page.low, window, left.start):
        return True
    return rises and left.kind in {"count", right.kind}


def _share_unit(left: Draft, right: Draft) -> None:
    """5–10 miljoner kronor, €3–5m: what one half prints holds for both."""
    if left.kind == "count" and right.kind in {"money", "percent", "points"}:
        left.unit, left.kind = right.unit, right.kind
        left.unit_basis = right.unit_basis
    elif right.kind == "count" and left.kind == "money":
        right.unit, right.kind = left.unit, left.kind
    if left.scale == 1 and right.scale != 1 and left.raw < 1000 and (left.raw <= right.raw or right.raw < 1000):
        scale_to(left, right.scale)
    elif right.scale == 1 and left.scale != 1 and right.raw < 1000:
        scale_to(right, left.scale)


def _is_compared(page: Page, right: Draft, gap: str) -> bool:
    following = page.word_after(right.end)
    if following and following[0].islower() and following not in page.words.no_counted_noun | {"förra", "året"}:
        return False
    if _BRACKET.fullmatch(gap):
        return page.low[right.end : right.end + 1] == ")"
    return page.words.patterns["compared"].fullmatch(gap) is not None
