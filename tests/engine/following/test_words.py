"""Words of following: the parts of compounds."""

from __future__ import annotations

import re
from pathlib import Path

from handslag.following.seeing.words import _glossary, _starts, stem_of

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


def test_no_part_of_a_word_that_has_a_known_stem_is_passed_over() -> None:
    texts = " ".join(path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))[:40])
    words = {*re.findall(r"[^\W\d_]{7,}", texts.lower()), "regionavtalsmedel", "samverkanscentrum"}
    parts = {low[cut:] for low in words for cut in range(len(low) - 2)}
    known = {part for part in parts if stem_of(part, "sv") in _glossary("sv")}
    assert len(known) > 500
    assert not [part for part in known if _starts().isdisjoint((part[:3], part[:2], part[0]))]
