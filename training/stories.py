"""Stories: pages over time with what is evidence of which commitment, read once and prepared for training and measuring."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handslag.cli.following_documents import commitments_of, document_of
from handslag.following.documents import Commitment, Document, Place
from handslag.reading.loading.document import LoadedDocument
from handslag.reading.reader import read_loaded

OWN = Path(__file__).resolve().parent / "stories"
BLIND = Path(__file__).resolve().parent / "stories_blind2"  # only ever measured on
SHARED = Path(os.environ.get("HANDSLAG_SHARED", Path(__file__).resolve().parents[2] / "shared")) / "data" / "stories"


@dataclass(frozen=True, slots=True)
class Story:
    """A story: its documents in order of time, the commitments as marked and as read, and its gold."""

    name: str
    documents: tuple[Document, ...]
    given: tuple[Commitment, ...]
    found: tuple[Commitment, ...]
    gold: dict[str, Any]

    def document(self, file: str) -> Document:
        return next(document for document in self.documents if document.path == file)

    def place(self, file: str, passage: str) -> Place:
        """Where a passage stands in a page."""
        document = self.document(file)
        start = document.text.index(passage)
        return Place(document.sha256, start, start + len(passage), passage)


def load_story(folder: Path) -> Story:
    """Reads a story's pages; each page's day is the one that the gold gives, as with --said-on."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    documents, found = [], []
    for page in gold["pages"]:
        content = (folder / page["file"]).read_bytes()
        text = content.decode("utf-8").replace("\r\n", "\n")
        sha = hashlib.sha256(content).hexdigest()
        loaded = LoadedDocument(path=page["file"], sha256=sha, format="txt", text=text)
        reading = read_loaded(loaded, said_on=page["date"])
        documents.append(document_of(reading))
        found += commitments_of(reading)
    story = Story(folder.name, tuple(documents), (), tuple(found), gold)
    given = tuple(
        Commitment(
            id=c["id"],
            evidence=(story.place(c["page"], c["passage"]),),
            who=tuple(name for name in c["who"].split(";") if name),
            what=c["what"],
            firmness=c["firmness"],
            when=c["when"],
        )
        for c in gold["commitments"]
    )
    return Story(folder.name, story.documents, given, story.found, gold)


def load_stories(*roots: Path) -> list[Story]:
    """The stories of the folders, by name."""
    return [
        load_story(folder) for root in roots for folder in sorted(root.glob("*")) if (folder / "gold.json").is_file()
    ]


def overlap(one: Place, other: Place) -> float:
    """The share of the shorter passage that lies in the other."""
    if one.document != other.document:
        return 0.0
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, both / min(one.end - one.start, other.end - other.start))


def evidence_of(story: Story) -> Iterable[tuple[str, Place, dict[str, Any]]]:
    """The story's evidence: commitment, passage, and the whole entry."""
    for entry in story.gold["evidence"]:
        yield entry["commitment"], story.place(entry["page"], entry["passage"]), entry
