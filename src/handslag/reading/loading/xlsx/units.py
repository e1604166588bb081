"""The words that a number format sets around a number: "12 kr", "€12", "3 dagar"."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"? | \\(?P<escaped>.) | \[\$(?P<currency>[^\]-]*)[^\]]*\]? | [_*](?P<gap>.) | \[(?P<setting>[^\]]*)\]?
    | (?P<digits>General|[0#?]) | (?P<plain>.)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def unit_of(code: str) -> tuple[str, str]:
    """What a code sets before and after the digits, with the space between; nothing where it shows thousands, fractions or powers, or has a condition."""
    before, after, between = "", "", ""
    is_begun = False
    for found in _TOKEN.finditer(code):
        kind, words = found.lastgroup, found[found.lastgroup or 0]
        if kind == "digits":
            if after.strip(" \u00a0"):
                return "", ""  # digits on both sides of a word: a telephone number, a fraction
            is_begun, after, between = True, "", ""
        elif kind == "plain" and words == ";":
            break
        elif kind == "plain" and words in ",.":
            between += words
        elif (kind == "plain" and words in "/@eE%") or (kind == "setting" and words[:1] in ("<", ">", "=")):
            return "", ""
        elif kind != "setting":
            shown = " " if kind == "gap" else words
            before, after = (before, after + shown) if is_begun else (before + shown, after)
    if "," in between or not is_begun:
        return "", ""
    before, after = " ".join(before.split()), " ".join(after.split())
    return before + " " if before[-1:].isalnum() else before, " " + after if after else ""
