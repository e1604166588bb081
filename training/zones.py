"""Training of the zones: whole pages, and some without their frame, since people also read what they copied out."""

from __future__ import annotations

import random

from study import CrfData, Study, crf_bytes

from handslag.reading.layout import lines_of
from handslag.reading.line_features import page_features

# how many of the pages are shown without their frame as well. Shorter cuttings taught the tagger that a last line is never furniture
FRAMELESS = 0.3


def train_zones(studies: list[Study]) -> dict[str, bytes]:
    data: CrfData = []
    for study in studies:
        page = study.analysis.page
        contents = [page.text[line.start : line.end] for line in page.lines]
        zones = ["" if zone == "blank" else zone for zone in study.marked.gold["zones"]]
        for numbers in [range(len(zones)), *frameless(zones, random.Random(study.marked.name))]:
            text = "\n".join(contents[i] for i in numbers)
            data.append((page_features(text, lines_of(text)), [zones[i] for i in numbers if zones[i]]))
    return {"zones.crf": crf_bytes(data, c1=0.4, c2=0.7, iterations=100, min_count=2)}


def frameless(zones: list[str], rng: random.Random) -> list[list[int]]:
    """For some pages the numbers of all lines but the furniture's."""
    told = [i for i, zone in enumerate(zones) if zone != "furniture"]
    while told and not zones[told[0]]:
        del told[0]
    while told and not zones[told[-1]]:
        del told[-1]
    return [told] if told and rng.random() < FRAMELESS else []
