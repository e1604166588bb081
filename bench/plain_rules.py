"""What a user could take instead: reading by plain rules, with no training. The benchmark's second column of figures."""

from __future__ import annotations

import re
from typing import Any

_NAME = re.compile(r"(?<![.\w])(?:[A-ZÅÄÖÉ][\w-]+)(?: (?:[A-ZÅÄÖÉ&][\w-]*|och|of|för|and|i))*(?: [A-ZÅÄÖÉ][\w-]*)")
_BODY = re.compile(
    r"\b(?:AB|Ltd|Inc|GmbH|Oy|AS|ApS|universitet|University|Region|kommun|verket|Foundation|Stiftelsen|Ministry|Institute|Agency|Hospital|sjukhus)\b"
)
_NUMBER = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:[  ,]\d{3})+|\d+(?:[.,]\d+)?)(?![\w/-])(?:\s*(%|procent|per cent|percent|miljoner|million|kronor|SEK|EUR|euro|[a-zåäö]+))?"
)
_QUOTE = re.compile(r"[\"“”»]([^\"“”»«\n]{8,400})[\"“”«»]|^[–—-] ?(.+?)(?:, (?:säger|says).*)?$", re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_MODAL = re.compile(r"\b(?:ska|kommer att|lovar|avser|will|shall|plans to|intends to|has agreed|beslutade)\b")
_FURNITURE = re.compile(
    r"cookie|kakor|meny|menu|prenumerera|subscribe|dela:|share|©|logga in|log in|läs mer", re.IGNORECASE
)
_SCALES = {"miljoner": 1e6, "million": 1e6}
_UNITS = {
    "%": "percent",
    "procent": "percent",
    "per cent": "percent",
    "kronor": "SEK",
    "SEK": "SEK",
    "EUR": "EUR",
    "euro": "EUR",
    "miljoner": "SEK",
    "million": "",
}


def read_plainly(text: str) -> dict[str, Any]:
    """The lists of the format with what the rules find; no dates, no certainty."""
    organisations, people = [], []
    for name in dict.fromkeys(match.group() for match in _NAME.finditer(text)):
        if _BODY.search(name):
            organisations.append({"name": name})
        elif len(name.split()) in (2, 3):
            people.append({"name": name, "role": "", "organisation": ""})
    figures = []
    for match in _NUMBER.finditer(text):
        value = float(re.sub(r"[  ]|,(?=\d{3}\b)", "", match.group(1)).replace(",", "."))
        word = match.group(2) or ""
        if not (1900 <= value <= 2100 and not word):
            figures.append({"value": value * _SCALES.get(word, 1), "unit": _UNITS.get(word, word), "what": ""})
    quotes = [{"text": (match.group(1) or match.group(2)).strip(), "speaker": None} for match in _QUOTE.finditer(text)]
    commitments = [
        {"what": match.group().strip(), "firmness": "promised", "when": "", "evidence": [{"start": match.start(), "end": match.end()}]}
        for match in _SENTENCE.finditer(text) if _MODAL.search(match.group())
    ]  # fmt: skip
    lines = [
        {"zone": "furniture" if _FURNITURE.search(line) else "body" if line.strip() else ""} for line in text.split("\n")
    ]  # fmt: skip
    return {
        "organisations": organisations, "people": people, "figures": figures, "quotes": quotes, "commitments": commitments,
        "events": [], "agreements": [], "signals": [], "lines": lines,
    }  # fmt: skip
