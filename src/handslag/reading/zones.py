"""The zone of every line: a linear-chain CRF over the lines of a page, trained on marked pages.

The features are of form (length, marks, capitals, digits, gaps, place on the page), of words, and what the loader knows
from the file's structure. Method: Lafferty, McCallum, Pereira, "Conditional random fields" (ICML 2001).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from handslag.reading.layout import Line

ZONES = (
    "headline", "lead", "body", "byline", "caption", "list", "quote", "table", "teaser", "feed", "member_news", "furniture",
)  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = {
    "dash": re.compile(r"^\s*[–—-]\s*\S"),
    "bullet": re.compile(r"^\s*[•●▪◦*·‣○■✓→>]\s*\S"),
    "number": re.compile(r"^\s*\(?\d{1,2}[.)]\s"),
    "section": re.compile(r"^\s*(?:§\s*\d|\d+(?:\.\d+)+)"),
    "letter": re.compile(r"^\s*\(?[a-z][.)]\s"),
    "opening": re.compile(r"^\s*[\"“”»«„'‘]"),
    "closing": re.compile(r"[\"”»«“'’]\s*[.,]?\s*$"),
    "date": re.compile(r"\d{4}-\d\d-\d\d|\b\d{1,2}[./]\d{1,2}[ ./]\d{2,4}|\b\d{1,2} [a-zA-Z]{3,9}\.? \d{4}|[a-z]+ \d{1,2}, \d{4}"),
    "day": re.compile(r"\b\d{1,2} (?:jan|feb|mar|apr|ma[jy]|jun|jul|aug|sep|o[kc]t|nov|dec)", re.IGNORECASE),
    "clock": re.compile(r"\b\d{1,2}[.:]\d\d\b"),
    "address": re.compile(r"@|www\.|https?://|\.(?:se|com|eu|org|example|no|dk|fi)\b"),
    "phone": re.compile(r"(?:\+\d\d|\b0\d{1,3})[ -]\d"),
    "pipe": re.compile(r"\||·|›|»\s|/ "),
    "arrow": re.compile(r"[→›»>]\s*$"),
    "cut": re.compile(r"(?:\.\.\.|…)\s*$"),
    "hashtag": re.compile(r"(?:^|\s)#\w"),
    "copyright": re.compile(r"©|\(c\)", re.IGNORECASE),
    "page": re.compile(r"^\s*(?:sida|sid|page|s\.|p\.)?\s*\d+\s*(?:\(\d+\)|/\s*\d+|av \d+|of \d+)?\s*$", re.IGNORECASE),
    "label": re.compile(r"^\s*[^\W\d_][\w /-]{1,28}:\s"),
    "label only": re.compile(r"^\s*[^\W\d_][\w /-]{1,40}:\s*$"),
    "tab": re.compile(r"\t"),
    "wide gap": re.compile(r"\S {3,}\S"),
    "gap": re.compile(r"\S {2}\S"),
    "indent": re.compile(r"^\s{2,}\S"),
    "money": re.compile(r"(?:SEK|EUR|USD|GBP|NOK|DKK|kr|kronor|euro|%|procent|per ?cent)\b|[€£$%]"),
    "ellipsis": re.compile(r"\.{4,}"),
}


def _length(n: int, steps: Sequence[int]) -> str:
    return str(sum(n >= step for step in steps))


def line_features(content: str, tag: str = "") -> list[str]:
    """What one line shows by itself; `tag` is the loader's hint from the file's structure."""
    stripped = content.strip()
    words = _WORD.findall(stripped)
    found = ["len" + _length(len(stripped), (12, 25, 40, 60, 80, 110, 160, 240)), "n" + _length(len(words), (1, 2, 3, 5, 8, 12, 20, 40))]
    found += [name for name, sign in _SIGNS.items() if sign.search(content)]
    if tag:
        found.append("tag=" + tag)
    letters = sum(map(str.isalpha, stripped))
    found.append("digits" + _length(sum(map(str.isdigit, stripped)) * 10 // max(1, len(stripped)), (1, 2, 4, 6)))
    if letters and stripped.upper() == stripped:
        found.append("upper")
    capital = sum(word[0].isupper() for word in words)
    if words:
        found.append("caps" + _length(10 * capital // len(words), (2, 4, 6, 8, 10)))
        found.append("starts" + ("U" if stripped[0].isupper() else "l" if stripped[0].islower() else "x"))
    found.append("ends" + (stripped[-1] if not stripped[-1].isalnum() else "a"))
    if stripped.count(".") + stripped.count("!") + stripped.count("?") > 1:
        found.append("sentences")
    lowered = [word.lower() for word in words]
    found += ["w=" + word for word in dict.fromkeys(lowered[:30])]
    found += ["f2=" + " ".join(lowered[:2]), "f1=" + " ".join(lowered[:1])]
    if len(lowered) <= 4:
        found.append("all=" + " ".join(lowered))
    if lowered:
        found.append("e1=" + lowered[-1])
    return found


_PASSED_ON = ("len", "n", "starts", "ends", "caps", "digits", "tag=", "f1=", "all=") + tuple(_SIGNS)


def page_features(text: str, lines: Sequence[Line], tags: Sequence[str] = ()) -> list[list[str]]:
    """Features of the non-empty lines, in order, each with its neighbours' form and its place on the page."""
    contents = [text[line.start : line.end] for line in lines]
    filled = [i for i, content in enumerate(contents) if content.strip()]
    own = [line_features(contents[i], tags[i] if tags else "") for i in filled]
    passed = [[f for f in features if f.startswith(_PASSED_ON)] for features in own]
    repeated = Counter(contents[i].strip() for i in filled)
    total = len(filled)
    body_seen = False
    rows = []
    for k, i in enumerate(filled):
        row = list(own[k])
        row.append("from top" + _length(k, (1, 2, 3, 5, 8, 13)))
        row.append("from end" + _length(total - k, (2, 3, 4, 6, 9, 14)))
        row.append("place" + str(5 * k // total))
        if i == 0 or not contents[i - 1].strip():
            row.append("after blank")
        if i + 1 == len(contents) or not contents[i + 1].strip():
            row.append("before blank")
        if repeated[contents[i].strip()] > 1:
            row.append("repeated")
        if not body_seen:
            row.append("before body")
        if len(contents[i]) > 140:
            body_seen = True
        row += ["-1:" + f for f in passed[k - 1]] if k else ["first"]
        row += ["+1:" + f for f in passed[k + 1]] if k + 1 < total else ["last"]
        row += ["-2:" + f for f in passed[k - 2] if f[:3] in ("len", "sta")] if k > 1 else []
        row += ["+2:" + f for f in passed[k + 2] if f[:3] in ("len", "sta")] if k + 2 < total else []
        rows.append(row)
    return rows
