"""Commitments that somebody gives in a JSON list, found in the documents by their passage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, Final

from handslag.following.documents import Commitment, Document, Place
from handslag.kernel.errors import HandslagError
from handslag.kernel.periods import is_period

_FIRMNESS: Final = ("done", "underway", "agreed", "promised", "assigned", "planned", "aim", "possible")
_TEXTS: Final = ("id", "document", "who", "what", "firmness", "when", "passage")


def given_commitments(value: Any, documents: Sequence[Document], name: str) -> list[Commitment]:
    """The commitments of a JSON list, each with its place in the document that it names (by file name or sha256).

    HandslagError naming the entry, what was found and what was expected, where one is not as the contract has it.
    """
    if not isinstance(value, list):
        raise HandslagError(f"{name}: found {type(value).__name__}, expected a list of commitments")
    found: list[Commitment] = []
    seen: set[str] = set()
    for number, entry in enumerate(value, 1):
        commitment = _commitment(entry, documents, f"{name}: commitment {number}")
        if commitment.id in seen:
            raise HandslagError(
                f"{name}: commitment {number}: the id {commitment.id!r} stands twice, expected one of each"
            )
        seen.add(commitment.id)
        found.append(commitment)
    return found


def _commitment(entry: Any, documents: Sequence[Document], where: str) -> Commitment:
    if not isinstance(entry, dict):
        raise HandslagError(f"{where}: found {type(entry).__name__}, expected an object")
    for key in _TEXTS:
        if entry.get(key) is not None and not isinstance(entry[key], str):
            raise HandslagError(f"{where}: {key} is {entry[key]!r}, expected text")
    text = {key: entry.get(key) or "" for key in _TEXTS}
    for key in ("id", "document", "passage"):
        if not text[key]:
            raise HandslagError(f"{where}: {key} is missing, expected text")
    if text["firmness"] not in _FIRMNESS:
        raise HandslagError(f"{where}: firmness is {text['firmness']!r}, expected one of {', '.join(_FIRMNESS)}")
    return Commitment(
        id=text["id"],
        evidence=(_place(text["document"], text["passage"], documents, where),),
        who=tuple(name.strip() for name in text["who"].split(";") if name.strip()),
        what=text["what"] or " ".join(text["passage"].split()),
        firmness=text["firmness"],
        when=_period(text["when"]),
    )


def _place(file: str, passage: str, documents: Sequence[Document], where: str) -> Place:
    named = _named(file, documents)
    if not named:
        raise HandslagError(f"{where}: no document is called {file!r}; name a file that is read")
    spaced = re.compile(r"\s+".join(map(re.escape, passage.split())))
    for document in named:
        at = document.text.find(passage)
        if at >= 0:
            return Place(document.sha256, at, at + len(passage), passage)
        match = spaced.search(document.text)
        if match:
            return Place(document.sha256, match.start(), match.end(), match.group())
    raise HandslagError(f"{where}: its passage {passage[:60]!r} does not stand in {file}; give words of the page")


def _named(file: str, documents: Sequence[Document]) -> list[Document]:
    """The documents of that path, else of that file name, else of that sum."""
    for fits in (
        lambda document: document.path == file,
        lambda document: PurePath(document.path).name == PurePath(file).name,
        lambda document: document.sha256 == file,
    ):
        found = [document for document in documents if fits(document)]
        if found:
            return found
    return []


def _period(when: str) -> str:
    """A period or rhythm of the contract, "" where the words are none: "every term" has no last day."""
    if is_period(when):
        return when
    first = when.partition(",")[0].strip()
    return first if is_period(first) else ""
