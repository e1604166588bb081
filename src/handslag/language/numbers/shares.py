"""Parts of a whole in words: a third, knappt hälften, one visit in four, åtta av tio; all in percent."""

from __future__ import annotations

from handslag.language.numbers.read import Draft, Page

_NUMBERS = {"one": 1, "en": 1, "ett": 1, "a hundred": 100, "hundred": 100}
_OTHERS = {
    "ten": 10,
    "five": 5,
    "four": 4,
    "three": 3,
    "two": 2,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "twenty": 20,
} | {"tre": 3, "fem": 5, "tio": 10, "hundra": 100}


def read_share(page: Page, start: int, end: int) -> Draft | None:
    """The share that begins at `start`, or None."""
    if page.words.patterns["part of scale"].match(page.low, start):
        return None  # a quarter of a million is an amount
    return _proportion(page, start) or _part(page, start)


def _proportion(page: Page, start: int) -> Draft | None:
    """One in four, two out of three, åtta av tio: the words between are what is counted."""
    around = page.low[start : start + 48]
    for name, sign in (("one in", " in "), ("out of", " out of "), ("av", " av "), ("of", " every ")):
        if sign not in around:
            continue
        match = page.words.patterns[name].match(page.low, start)
        if match is None:
            continue
        numerator, denominator = _value(page, match[1]), _value(page, match[2])
        if name in {"one in", "out of"} and "\n\n" in match[0]:
            continue
        if not numerator or not denominator or numerator >= denominator or denominator > 100:
            continue
        if name == "one in" and (
            (match[2].isdigit() and denominator > 20) or (numerator > 1 and len(match[0].split()) > 3)
        ):
            continue
        if name in {"out of", "av"} and match[1].isdigit() and not match[2].isdigit() and denominator < numerator:
            continue
        if name == "out of" and match[2].isdigit() and denominator not in {3, 4, 5, 10, 100}:
            continue
        value = round(100 * numerator / denominator)
        return Draft(start, match.end(), value, value, unit="percent", kind="share", is_word=True)
    return None


def _value(page: Page, printed: str) -> int:
    words = " ".join(printed.split())
    if words.isdigit():
        return int(words)
    return page.words.values.get(words) or _NUMBERS.get(words) or _OTHERS.get(words) or 0


def _part(page: Page, start: int) -> Draft | None:
    """A third, en dryg tredjedel, hälften."""
    words, low = page.words, page.low
    match = words.patterns["share"].match(low, start)
    if match is None:
        return None
    share = " ".join(match[3].split())
    if match[1]:
        share = f"{match[1]} {share}"
    value = words.shares.get(share)
    if value is None:
        return None
    if share in words.unsure_shares and not _is_share(page, start, match.end(), share):
        return None
    draft = Draft(start, match.end(), value, value, unit="percent", kind="share", is_word=True)
    if match[2]:
        draft.qualifier = words.share_qualifiers[match[2]]
        draft.qualifier_start, draft.qualifier_end = match.span(2)
    return draft


def _is_share(page: Page, start: int, end: int, share: str) -> bool:
    """False for half a year, the first half, a third party, a half-time post."""
    if page.low[end : end + 1] == "-" or page.low[start - 1 : start] == "-":
        return False
    if share.endswith("half") and page.word_before(start) in page.words.before_half_none:
        return False
    following = page.word_after(end)
    if not following:
        return page.low[end : end + 1] != " "
    return following in page.words.after_share
