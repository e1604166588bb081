"""Training of the zones: whole pages, and cut ones, since people also read single paragraphs and pages without their frame."""

from __future__ import annotations

import random

from study import CrfData, Study, crf_bytes

from handslag.reading.layout import lines_of
from handslag.reading.line_features import page_features

# cuttings of each page, of one to three lines with words; and how many of the pages are shown without their frame as well. More of
# either, and the tagger finds less of the furniture of whole pages
CUTTINGS = 2
FRAMELESS = 0.3
_PROSE = ("body", "lead", "headline", "list", "quote")


def train_zones(studies: list[Study]) -> dict[str, bytes]:
    data: CrfData = []
    for study in studies:
        page = study.analysis.page
        contents = [page.text[line.start : line.end] for line in page.lines]
        zones = ["" if zone == "blank" else zone for zone in study.marked.gold["zones"]]
        for numbers in [range(len(zones)), *cuttings(zones, random.Random(study.marked.name))]:
            text = "\n".join(contents[i] for i in numbers)
            data.append((page_features(text, lines_of(text)), [zones[i] for i in numbers if zones[i]]))
    return {"zones.crf": crf_bytes(data, c1=0.4, c2=0.7, iterations=100, min_count=2)}


def cuttings(zones: list[str], rng: random.Random) -> list[list[int]]:
    """The numbers of the lines of each cutting: some short stretches of prose, and for some pages all but the furniture."""
    told = [i for i, zone in enumerate(zones) if zone != "furniture"]
    while told and not zones[told[0]]:
        del told[0]
    while told and not zones[told[-1]]:
        del told[-1]
    found = [told] if told and rng.random() < FRAMELESS else []
    prose = [i for i in told if zones[i] in _PROSE]
    for _ in range(CUTTINGS if prose else 0):
        size = min(len(prose), rng.choice((1, 1, 2, 3)))
        first = rng.randrange(len(prose) - size + 1)
        found.append([i for i in told if prose[first] <= i <= prose[first + size - 1]])
    return found
