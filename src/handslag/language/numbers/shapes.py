"""What a number is by its shape and the signs that it touches: a telephone number, a time, a code, a version."""

from __future__ import annotations

import re
from typing import Final

from handslag.language.numbers.read import Draft, Page

_CLOCK = re.compile(r"(?:[01]?[0-9]|2[0-4])([:.])[0-5][0-9](?![0-9])(?:[:.][0-5][0-9](?![0-9]))?")
_PHONE = re.compile(r"0[0-9]{1,3}[-–/ \u00a0][0-9](?:[ \u00a0]?[0-9]){4,8}(?![0-9])")
_PHONE_ABROAD = re.compile(r"[0-9]{1,3}[ \u00a0(\-0-9)]{6,18}[0-9]")
_ORGANISATION_NUMBER = re.compile(r"[0-9]{6}[-–][0-9]{4}(?![0-9])")
_POSTCODE = re.compile(r"[0-9]{3}[ \u00a0][0-9]{2}(?=[ \u00a0]{1,3}[A-ZÅÄÖ])")
# 2026/04417, 14/61, 2018:218, 1187-2026, 12 : 04 : 51
_JOINED = re.compile(
    r"[0-9]+[/:][0-9]+(?:[/:][0-9]+)*|[0-9]+-(?:19|20)[0-9]{2}(?![0-9])|[0-9]+:[a-z]{2,}|[0-9]+ : [0-9]+(?: : [0-9]+)?"
)
_SECTION_AT_LINE = re.compile(r"^[ \t]*([0-9]{1,2}\.[0-9]{1,2})\.?(?=\s)", re.MULTILINE)
_NUMBERS_TO_CALL: Final = frozenset({"112", "1177", "11313", "11414"})  # Swedish public telephone services
NEAR: Final = 240  # characters of a line that are looked at; a page of one endless line stays quick
TIME_WORDS: Final = re.compile(r"\s?(?:am|pm|a\.m|p\.m|o['’]clock|cest|cet|gmt|bst|utc|eest|eet|est)\b")
DURATION_STEM: Final = re.compile(
    r"-(?:year|month|day|week|hour|minute|års|årig|års|månad|dagar|dags|veck|timm|tim|minut)"
)
_BEFORE_CLOCK: Final = frozenset("kl klockan at from update updated uppdaterad publicerad".split())


def role_by_shape(page: Page, draft: Draft) -> tuple[str, int]:
    """The role of a number in figures by its shape, "" for a figure, and where the shape ends."""
    start, end = draft.figures
    before = page.low[start - 1] if start else " "
    after = page.low[end] if end < len(page.low) else " "
    if before == "+" and (match := _PHONE_ABROAD.match(page.low, start)):
        return "phone", match.end()
    if page.low[start] == "0" and (match := _PHONE.match(page.low, start)):
        return "phone", match.end()
    if draft.kind != "count":
        return "", end
    return (
        _whole_shape(page, draft, before)
        or _touching_signs(page, draft, before, after)
        or (_role_of_value(page, page.low[start:end], end), end)
    )


def _whole_shape(page: Page, draft: Draft, before: str) -> tuple[str, int] | None:
    """What is known by the figures and the figures after them: 12.40, 232100-0180, 553 18 Jönköping, 2026/04417."""
    text, low = page.text, page.low
    start, end = draft.figures
    if before == "§":
        return "section", end
    if (match := _CLOCK.match(low, start)) and _is_clock(page, match):
        return "time", match.end()
    if match := _ORGANISATION_NUMBER.match(low, start):
        return "code", match.end()
    if (match := _POSTCODE.match(text, start)) and _opens_address(text, start):
        return "address", match.end()
    if match := _JOINED.match(low, start):
        return "code", match.end()
    return None


def _opens_address(text: str, start: int) -> bool:
    """True where a postcode may stand: at a line's or a cell's start or after a comma."""
    line = text[text.rfind("\n", max(0, start - NEAR), start) + 1 : start]
    return not line.strip() or line.rstrip().endswith((",", "|")) or line.endswith("  ")


def _touching_signs(page: Page, draft: Draft, before: str, after: str) -> tuple[str, int] | None:
    """What is known by the signs that the figures touch: GX-101, 15-year, 3B, 22nd, 2:a, 20..., 6 p.m."""
    low = page.low
    start, end = draft.figures
    if low.startswith(("...", "…"), end):
        return "code", end  # cut off
    if TIME_WORDS.match(low, end):
        return "time", end
    if _joins_code(low, start, before):
        return "code", end
    if after.isalpha() or after == "_":
        return _role_of_letters(low, end)
    if after == "-" and low[end + 1 : end + 2].isalpha():
        if DURATION_STEM.match(low, end):
            draft.kind = "duration"
            return "", end
        if low.startswith("-tal", end):
            draft.qualifier, draft.end = "about", end + 4
            return "", end + 4
        return "code", end
    if after == ":" and low[end + 1 : end + 2] in {"e", "a"}:
        return "ordinal", end + 2
    if after in "./:-@" and low[end + 1 : end + 2].isdigit() and not (after == "-" and before not in "-"):
        return "code", end
    return None


def _role_of_value(page: Page, figures: str, end: int) -> str:
    """What is known by the figures alone: a service's number, a section that the page has, a code."""
    if page.language == "sv" and re.fullmatch(r"[0-9]\.[0-9]", figures):
        return "code"  # a version: Swedish decimals have a comma
    if figures in _NUMBERS_TO_CALL and not counts_noun(page, end):
        return "phone"
    if "." in figures and figures in page.sections(_SECTION_AT_LINE):
        return "section"
    plain = figures.isdigit()
    return "code" if plain and ((figures[0] == "0" and len(figures) > 1) or len(figures) >= 7) else ""


def counts_noun(page: Page, end: int) -> bool:
    """True if a word in small letters follows that the number may count."""
    following = page.word_after(end)
    return bool(following) and following[0].islower() and following not in page.words.no_counted_noun


def _is_clock(page: Page, match: re.Match[str]) -> bool:
    """True for a time of day; with a full stop only where the language or its surroundings say so."""
    if match[1] == ":":
        return True
    low, start, end = page.low, match.start(), match.end()
    if page.word_before(start) in _BEFORE_CLOCK or TIME_WORDS.match(low, end):
        return True
    if low[start] == "0" and low[start + 1].isdigit():
        return True
    line_start = start == 0 or low[start - 1] == "\n" or low[start - 2 : start] == "  "
    if line_start and (low[end : end + 1] in "\n –-" or end == len(low)):
        return True
    around = low[start - 1 : start] in {"–", "-"} or low[end : end + 1] in {"–", "-"}
    if around and _CLOCK.match(low, end + 1):
        return True
    return page.language == "sv" and low[end : end + 1] not in {" "}


def _joins_code(low: str, start: int, before: str) -> bool:
    """True where the figure hangs on letters or figures: GX-101, v1.3, 1.2.3, @5, #3."""
    if before in "#@_=&\\":
        return True
    if before in "-./:–" and start > 1:
        earlier = low[start - 2]
        return earlier.isalpha() or (earlier.isdigit() and before in "./:") or earlier in "-_"
    return False


def _role_of_letters(low: str, end: int) -> tuple[str, int]:
    stop = end
    while stop < len(low) and (low[stop].isalnum() or low[stop] == "_"):
        stop += 1
    tail = low[end:stop]
    if tail in {"st", "nd", "rd", "th"}:
        return "ordinal", stop
    if tail in {"am", "pm"}:
        return "time", stop
    if tail in {"kvm", "m²", "m2", "km", "kg", "ml", "mg", "m³", "ha", "cm", "mm"}:
        return "", end
    return "code", stop
