"""The zip file that an Office file is: opened without trusting what it declares."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from handslag.reading.loading.document import Limits
from handslag.reading.loading.office.kinds import KINDS, Kind
from handslag.reading.loading.refusal import Refusal, first_line, size_in_words
from handslag.reading.loading.signatures import looks_like

_MAX_PARTS = 10_000
_SMALL_PART = 1_000_000
"""Parts up to this many bytes may be packed as tightly as they like."""
_CHUNK = 1 << 20
_PARSING: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False, "huge_tree": False,
    "remove_comments": True, "remove_pis": True,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that another part points to: the last word of the relation's type, and the part's name."""

    identifier: str
    kind: str
    target: str


class Package:
    """The parts of an Office file. Raises `Refusal` where sizes, packing or XML are not what a document's are."""

    def __init__(self, data: bytes, limits: Limits, kind: Kind) -> None:
        self.kind = kind
        self._limits = limits
        self._inflated = 0
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, EOFError, OSError) as error:
            raise Refusal(_why_no_zip(data, error, kind)) from error
        if len(entries) > _MAX_PARTS:
            raise Refusal(f"is a zip file of {len(entries):,} parts, not {kind.called}; {_save_again(kind)}")
        self._entries = {entry.filename.lstrip("/").lower(): entry for entry in entries}
        declared = sum(entry.file_size for entry in entries)
        if declared > limits.max_uncompressed:
            raise Refusal(_too_large(declared, limits))
        for entry in entries:
            if entry.file_size > _SMALL_PART and entry.file_size > limits.max_ratio * max(entry.compress_size, 1):
                ratio = entry.file_size // max(entry.compress_size, 1)
                raise Refusal(f"holds a part packed {ratio:,} times over, as zip bombs are; {_if_trusted(kind)}")

    def main_part(self) -> str:
        """The name of the part with the document's text."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and self.has(relation.target):
                for other in KINDS:
                    if other is not self.kind and relation.target.lower() == other.main_part:
                        raise Refusal(
                            f"is not {self.kind.called}: it is {other.called}; give it the ending {other.ending}"
                        )
                return relation.target
        if self.has(self.kind.main_part):
            return self.kind.main_part
        again = f"{_save_again(self.kind)} as {self.kind.ending}"
        raise Refusal(f"is a zip file without {self.kind.called} in it; {again}")

    @property
    def has_pictures(self) -> bool:
        return any("/media/" in name for name in self._entries)

    def has(self, name: str) -> bool:
        return name.lower() in self._entries

    def relations(self, part: str) -> list[Relation]:
        """The parts inside the package that `part` ("" for the package itself) points to."""
        name = join(dirname(part), "_rels", part.rpartition("/")[2] + ".rels")
        if not self.has(name):
            return []
        found = []
        for element in self.xml(name):
            target = element.get("Target", "")
            if target and element.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))
                kind = element.get("Type", "").rpartition("/")[2]
                found.append(Relation(element.get("Id", ""), kind, path))
        return found

    def xml(self, name: str) -> Element:
        """The root of an XML part; entities, document types and outside references are refused or left alone."""
        data = b"".join(self._inflate(name))
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise Refusal(_declares_entities(name, self.kind))
        try:
            root: Element = etree.fromstring(data, etree.XMLParser(**_PARSING))
        except etree.XMLSyntaxError as error:
            raise self._damage(name, error) from error
        if root.getroottree().docinfo.doctype:  # in UTF-16 the bytes above do not show it
            raise Refusal(_declares_entities(name, self.kind))
        return root

    def elements(self, name: str, wanted: Collection[str]) -> Iterator[Element]:
        """The elements of these local names in an XML part, each once it is whole, then emptied: for parts of any length.

        An element inside another wanted one is given, and emptied, before it.
        """
        parser = etree.XMLPullParser(("end",), tag=[f"{{*}}{tag}" for tag in wanted], **_PARSING)
        try:
            for chunk in self._inflate(name):
                parser.feed(chunk)
                for _, element in parser.read_events():
                    if element.getroottree().docinfo.doctype:
                        raise Refusal(_declares_entities(name, self.kind))
                    yield element
                    _forget(element)
            parser.close()
        except etree.XMLSyntaxError as error:
            raise self._damage(name, error) from error

    def _damage(self, name: str, error: etree.XMLSyntaxError) -> Refusal:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        return Refusal(f"its part {name} is damaged ({first_line(error)}); {_save_again(self.kind)}")

    def _inflate(self, name: str) -> Iterator[bytes]:
        entry = self._entries[name.lower()]
        if entry.flag_bits & 0x1:
            raise Refusal("is password-protected; remove the password and save it again")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            program = self.kind.program
            raise Refusal(f"its part {name} is packed in a way that {program} does not use; {_save_again(self.kind)}")
        try:
            with self._zip.open(entry) as packed:
                while chunk := packed.read(_CHUNK):
                    self._inflated += len(chunk)
                    if self._inflated > self._limits.max_uncompressed:
                        raise Refusal(_too_large(self._inflated, self._limits))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
            reason = f"its part {name} is damaged or cut off ({first_line(error)}); fetch it or save it again"
            raise Refusal(reason) from error


def _forget(element: Element) -> None:
    """Free an element that has been read, and its siblings before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def _save_again(kind: Kind) -> str:
    return f"open it in {kind.program} and save it again"


def _if_trusted(kind: Kind) -> str:
    return f"it is not read: if you trust it, {_save_again(kind)}"


def _declares_entities(name: str, kind: Kind) -> str:
    return f"its part {name} declares a document type, which {kind.program} never writes; {_if_trusted(kind)}"


def _too_large(size: int, limits: Limits) -> str:
    limit = size_in_words(limits.max_uncompressed)
    return f"unpacks to {size_in_words(size)} or more, over the limit of {limit}; remove pictures, or split it"


def _why_no_zip(data: bytes, error: Exception, kind: Kind) -> str:
    what = looks_like(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        old, new = kind.old_ending, kind.ending
        return f"is password-protected, or an old {old} file; remove the password, or save it as {new}"
    if data.startswith(b"PK"):
        again = _save_again(kind)
        return f"is a damaged or cut-off {kind.noun} ({first_line(error)}); fetch it again, or {again}"
    return f"is not {kind.called}{': it looks like ' + what if what else ''}; give it the ending of what it is"
