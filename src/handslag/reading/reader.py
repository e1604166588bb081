"""Readers: from a document's text to its facts, through one gate.

A reader proposes; the gate lets through only what stands verbatim in the text. The built-in reader is one of possibly many:
whatever reads for Handslag later has no other way in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from handslag import __version__
from handslag.kernel.errors import UnreadableFile
from handslag.language.identify import READ, says_enough
from handslag.reading import analysis as steps
from handslag.reading.builtin import read_facts
from handslag.reading.day import document_day
from handslag.reading.deadline import NEVER, Deadline
from handslag.reading.gate import admit
from handslag.reading.loading import LoadedDocument
from handslag.reading.loading.refusal import Refusal
from handslag.reading.models import Models, installed_models
from handslag.reading.names.gazetteer import check_gazetteer
from handslag.reading.results import DocumentFacts, Facts, LineFact, Notice, Reading

_NAMES_OF_LANGUAGES = {"de": "German", "fi": "Finnish", "da": "Danish", "no": "Norwegian", "fr": "French", "es": "Spanish", "nl": "Dutch",
    "it": "Italian", "pl": "Polish", "et": "Estonian"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader is given: the text, its lines with zone and language, its main language, its day, names known already.

    `gazetteer` maps names that the caller knows to their kind: "person" or a kind of organisation. `tags` are the loader's hints,
    one for each line, where the file has a structure of its own.
    """

    text: str
    lines: Sequence[LineFact]
    language: str
    said_on: date | None = None
    gazetteer: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()


class Reader(Protocol):
    """Anything that reads facts out of a document. Its facts are checked by the gate, so it may be wrong but not invent."""

    @property
    def name(self) -> str:
        """The reader's name and version, as it stands in every reading."""

    def read(self, document: Document) -> Facts:
        """The facts of the document; every passage must be found verbatim in its text."""


class BuiltinReader:
    """The reader that comes with Handslag: trained taggers and judges, no language model, offline."""

    def __init__(self, models: Models | None = None) -> None:
        self._models = models

    @property
    def name(self) -> str:
        return f"handslag {__version__}"

    def prepare(self, text: str, tags: Sequence[str] = (), deadline: Deadline = NEVER) -> steps.Analysis:
        """Lines, languages and zones of a text: what every reader starts from."""
        prepared = steps.start(text, self._models or installed_models(), tags, deadline)
        steps.add_languages(prepared)
        steps.add_zones(prepared)
        return prepared

    def read(self, document: Document) -> Facts:
        check_gazetteer(document.gazetteer)
        return self.read_prepared(self.prepare(document.text, document.tags), document)

    def read_prepared(self, prepared: steps.Analysis, document: Document) -> Facts:
        """As `read`, on lines and zones that are there already."""
        prepared.said_on = document.said_on
        prepared.gazetteer = document.gazetteer
        return read_facts(prepared)


def read_loaded(
    loaded: LoadedDocument,
    *,
    said_on: str | None = None,
    said_on_is_fallback: bool = False,
    gazetteer: Mapping[str, str] | None = None,
    reader: Reader | None = None,
    deadline: Deadline = NEVER,
) -> Reading:
    """Reads a loaded document by the contract `handslag-reading/1`; raises `UnreadableFile` once the `deadline` has passed.

    `said_on` is the day, month or year that the caller gives (ISO); `gazetteer` holds names that the caller knows, with their kind. A page
    in a language other than Swedish or English, or with nothing but furniture, gives lines, no facts and a warning.
    HandslagError where `said_on` or an entry of the gazetteer is none.
    """
    check_gazetteer(gazetteer or {})
    try:
        return _read(
            loaded,
            said_on=said_on,
            said_on_is_fallback=said_on_is_fallback,
            gazetteer=gazetteer,
            reader=reader,
            deadline=deadline,
        )
    except Refusal as refusal:
        raise UnreadableFile(loaded.path, refusal.reason) from refusal


def _read(
    loaded: LoadedDocument,
    *,
    said_on: str | None,
    said_on_is_fallback: bool,
    gazetteer: Mapping[str, str] | None,
    reader: Reader | None,
    deadline: Deadline,
) -> Reading:
    builtin = reader if isinstance(reader, BuiltinReader) else BuiltinReader()
    tags = tags_of_lines(loaded)
    prepared = builtin.prepare(loaded.text, tags, deadline)
    page = prepared.page
    notices = [Notice(code, message) for code, message in loaded.warnings]
    day, more = document_day(loaded, page.language, said_on, said_on_is_fallback)
    notices += more
    lines = tuple(
        LineFact(line.number, line.start, line.end, zone, language)
        for line, zone, language in zip(page.lines, page.zones, page.languages, strict=True)
    )
    facts, dropped = Facts(), 0
    if page.language and page.language not in READ:
        language = _NAMES_OF_LANGUAGES.get(page.language, page.language)
        notices.append(Notice("language", f"the page seems to be in {language}; only Swedish and English are read"))
    elif not page.language and says_enough(page.text):
        notices.append(Notice("language", "the page is in neither Swedish nor English; nothing is read"))
    elif not any(zone and zone != "furniture" for zone in page.zones):
        notices.append(Notice("only-furniture", "the page holds nothing but menus, notices and the like"))
    elif not page.language:
        notices.append(Notice("language", "the page has too few words to tell its language; nothing is read"))
    else:
        document = Document(
            loaded.text,
            lines,
            page.language,
            date.fromisoformat(day.iso_day) if day.iso_day else None,
            gazetteer or {},
            tags,
        )
        if reader is None or reader is builtin:
            proposed = builtin.read_prepared(prepared, document)
        else:
            proposed = reader.read(document)
        facts, dropped = admit(proposed, loaded.text, lines)
        if dropped:
            notices.append(
                Notice("dropped", f"{dropped} proposed facts were dropped: their passage is not in the text")
            )
        elif facts == Facts():
            notices.append(Notice("nothing-found", "no facts were found on the page"))
    about = DocumentFacts(
        path=loaded.path, sha256=loaded.sha256, language=page.language, title=loaded.title or _title(page.text, page.zones),
        said_on=day.said_on, said_precision=day.precision, said_basis=day.basis, said_printed=day.printed,
        reader=(reader or builtin).name,
    )  # fmt: skip
    return Reading(document=about, text=loaded.text, warnings=tuple(notices), lines=lines, facts=facts, dropped=dropped)


def tags_of_lines(loaded: LoadedDocument) -> list[str]:
    """The loader's hint for each line of the text; empty if the file has no structure of its own."""
    if not loaded.regions:
        return []
    tags: list[str] = []
    start, k = 0, 0
    for content in loaded.text.split("\n"):
        middle = start + len(content) // 2
        while k < len(loaded.regions) and loaded.regions[k].end <= middle:
            k += 1
        inside = k < len(loaded.regions) and loaded.regions[k].start <= middle
        tags.append(loaded.regions[k].tag if inside else "")
        start += len(content) + 1
    return tags


def _title(text: str, zones: Sequence[str]) -> str:
    """The first headline of the text."""
    for content, zone in zip(text.split("\n"), zones, strict=True):
        if zone == "headline":
            return " ".join(content.lstrip("# ").split())
    return ""
