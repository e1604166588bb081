"""Mini-stories: promises of one page and sentences said later, for training alone (`mini_stories/README.md`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from handslag.following.linking.in_english import in_english

FOLDER: Final = Path(__file__).resolve().parent / "mini_stories"
_SWEDISH: Final = re.compile(r"\b(och|att|det|som|är|för|till|inte|ska|har|den|med|på|av|ett|en|blev|var|från|om|vi|under|senast)\b|[åäö]", re.I)  # fmt: skip
_ENGLISH: Final = re.compile(r"\b(the|of|and|to|is|was|were|has|for|by|not|will|shall|from|with|at|had|on)\b", re.I)


def load_mini_stories(folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """The mini-stories, file by file."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def as_compared(text: str) -> str:
    """A single sentence as `following.meaning` compares it; too short to tell its language otherwise than by its little words."""
    return in_english(text, "sv" if len(_SWEDISH.findall(text)) > len(_ENGLISH.findall(text)) else "en")
