"""Marked pages: the texts and their gold, from the project's own corpus and from a shared folder."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from handslag.reading.page import Page, page_of

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SHARED = Path(os.environ.get("HANDSLAG_SHARED", ROOT.parent / "shared"))


@dataclass
class MarkedPage:
    """One page with its gold, as the corpus' README describes it."""

    name: str
    text: str
    gold: dict[str, Any]

    @cached_property
    def page(self) -> Page:
        """The page with the gold's zones and language."""
        page = page_of(self.text)
        page.zones = ["" if zone == "blank" else zone for zone in self.gold["zones"]]
        page.languages = [self.gold["lang"] if zone else "" for zone in page.zones]
        page.language = self.gold["lang"]
        for sentence in page.sentences:
            sentence.zone = page.zones[sentence.line]
            sentence.language = page.language
        return page

    def places(self, wanted: str, genitive: bool = True) -> list[tuple[int, int]]:
        """Every place `(start, end)` in the text where `wanted` stands, white space folded, as whole words."""
        return places_in(self.text, wanted, genitive)


def places_in(text: str, wanted: str, genitive: bool = True) -> list[tuple[int, int]]:
    parts = [re.escape(part) for part in wanted.split()]
    if not parts:
        return []
    pattern = r"\s+".join(parts).replace("\\-", r"\-")
    tail = r"(?:s|['’]s|['’])?(?!\w)" if genitive else r"(?!\w)"
    found = [(m.start(1), m.end(1)) for m in re.finditer(rf"(?<!\w)({pattern}){tail}", text)]
    if not found:
        found = [(m.start(), m.end()) for m in re.finditer(pattern, text)]
    if not found:
        found = [(m.start(), m.end()) for m in re.finditer(pattern, text, re.IGNORECASE)]
    return found


def token_span(page: Page, start: int, end: int) -> tuple[int, int] | None:
    """The tokens `[first, last)` that cover characters `[start, end)`, or None if none does."""
    inside = [i for i, token in enumerate(page.tokens) if token.start < end and token.end > start]
    if not inside:
        return None
    return inside[0], inside[-1] + 1


def load_folder(folder: Path) -> list[MarkedPage]:
    """The marked pages of a folder, by name."""
    pages = []
    for path in sorted(folder.glob("*.json")):
        text = path.with_suffix(".txt").read_text("utf-8")
        pages.append(MarkedPage(path.stem, text, json.loads(path.read_text("utf-8"))))
    return pages


def shared_pages() -> list[MarkedPage]:
    return load_folder(SHARED / "data" / "reading")


def own_pages() -> list[MarkedPage]:
    return load_folder(CORPUS)
