"""Mini-stories: promises of one page and sentences said later, as stories, for training alone (`mini_stories/README.md`)."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from stories import Story

from handslag.cli.following_documents import document_of
from handslag.following.documents import Commitment, Document
from handslag.reading.loading.document import LoadedDocument
from handslag.reading.reader import read_loaded

FOLDER: Final = Path(__file__).resolve().parent / "mini_stories"
HOME: Final = "1.txt"
# A single sentence is too short to tell its language otherwise than by its little words.
_SWEDISH: Final = re.compile(r"\b(och|att|det|som|är|för|till|inte|ska|har|den|med|på|av|ett|en|blev|var|från|om|vi|under|senast)\b|[åäö]", re.I)  # fmt: skip
_ENGLISH: Final = re.compile(r"\b(the|of|and|to|is|was|were|has|for|by|not|will|shall|from|with|at|had|on)\b", re.I)


def load_mini_stories(folder: Path = FOLDER) -> Iterator[Story]:
    """Each as a story: its promises on one page, and pages of what was said later."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield _story(f"{path.stem}-{number}", json.loads(line))


def _story(name: str, told: dict[str, Any]) -> Story:
    """What was said in one language while the same promises were due stands on one page, a paragraph for each sentence."""
    due = [_last_day(c["due"]) if c["due"] else "9" for c in told["commitments"]]
    pages: dict[tuple[object, ...], list[tuple[str, list[Any]]]] = defaultdict(list)
    for heard in told["heard"]:
        day = max(_last_day(heard[1]), f"{told['said']}-20")
        pages[*(day > last for last in due), _is_swedish(heard[0])].append((day, heard))
    documents = [_document(name, HOME, f"{told['said']}-01", [c["text"] for c in told["commitments"]])]
    evidence = []
    for page in sorted(pages.values(), key=max):
        file = f"{len(documents) + 1}.txt"
        documents.append(_document(name, file, max(day for day, _ in page), [heard[0] for _, heard in page]))
        evidence += [
            {"commitment": f"c{number}", "page": file, "passage": text, "says": says}
            for _, (text, _, numbers, says) in page
            for number in numbers
        ]
    story = Story(name, tuple(documents), (), (), {"evidence": evidence})
    given = tuple(
        Commitment(f"c{number}", (story.place(HOME, c["text"]),), (), c["text"], "promised", c["due"] or "")
        for number, c in enumerate(told["commitments"], 1)
    )
    return Story(name, story.documents, given, (), story.gold)


def _document(name: str, file: str, day: str, sentences: list[str]) -> Document:
    text = "\n\n".join(sentences)
    sha = hashlib.sha256(f"{name}/{file}\n{text}".encode()).hexdigest()
    return document_of(read_loaded(LoadedDocument(path=file, sha256=sha, format="txt", text=text), said_on=day))


def _last_day(period: str) -> str:
    """A day at the end of a month or a year; of a day itself."""
    return {4: f"{period}-12-28", 7: f"{period}-28"}.get(len(period), period)


def _is_swedish(text: str) -> bool:
    return len(_SWEDISH.findall(text)) > len(_ENGLISH.findall(text))
