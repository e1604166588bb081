"""Presentations and workbooks that mean harm, or are broken: refused with the reason, as Word documents are."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.made_office_files import archive, presentation, relations, shape, sheet, slide, text, value, workbook

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, LoadedDocument, load

LoadBytes = Callable[..., LoadedDocument]
MakeFile = Callable[[str, bytes], Path]

FILES = {
    "pptx": presentation(slide(shape("Region Halland"))),
    "xlsx": workbook({"Blad1": sheet(value("0", "s"))}, strings="<si><t>Region Halland</t></si>"),
}
CONTENT = {"pptx": "ppt/slides/slide1.xml", "xlsx": "xl/worksheets/sheet1.xml"}
NOUNS = {"pptx": "PowerPoint presentation", "xlsx": "Excel workbook"}
PROGRAMS = {"pptx": "PowerPoint", "xlsx": "Excel"}
kinds = pytest.mark.parametrize("kind", FILES)


def reason_of(file: MakeFile, kind: str, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(file(f"x.{kind}", data), limits=limits or Limits())
    return caught.value.reason


def changed(kind: str, part: str, change: Callable[[str], str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file with one part changed; an absent part is changed from nothing."""
    with zipfile.ZipFile(io.BytesIO(FILES[kind])) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    return archive(parts | {part: change(parts.get(part, ""))}, method)


@kinds
def test_a_bomb_by_its_ratio(file: MakeFile, kind: str) -> None:
    reason = reason_of(file, kind, changed(kind, "media/x.bin", lambda _: bytes(30_000_000)))
    program = PROGRAMS[kind]
    assert f"as zip bombs are; it is not read: if you trust it, open it in {program} and save it again" in reason


@kinds
def test_a_bomb_by_its_size(file: MakeFile, kind: str) -> None:
    data = changed(kind, "media/x.bin", lambda _: bytes(500_000))
    reason = reason_of(file, kind, data, Limits(max_uncompressed=100_000))
    assert reason.endswith("kB or more, over the limit of 100 kB; remove pictures, or split it")


@kinds
def test_a_bomb_that_lies_about_its_size(file: MakeFile, kind: str) -> None:
    part = CONTENT[kind]
    data = bytearray(changed(kind, part, lambda xml: xml + " " * 900_000))
    size = len(zipfile.ZipFile(io.BytesIO(data)).read(part)).to_bytes(4, "little")
    assert data.count(size) == 2  # in the part's own head and in the directory
    reason = reason_of(
        file, kind, bytes(data).replace(size, (1_000).to_bytes(4, "little")), Limits(max_uncompressed=99_000)
    )
    assert f"its part {part} is damaged or cut off" in reason


@kinds
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("value", ['"hahaha"', 'SYSTEM "file:///etc/passwd"'])
@pytest.mark.parametrize("part", ["content", "strings"])
def test_entities(file: MakeFile, kind: str, encoding: str, value: str, part: str) -> None:
    name = (
        CONTENT[kind] if part == "content" else {"pptx": "ppt/presentation.xml", "xlsx": "xl/sharedStrings.xml"}[kind]
    )
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a {value}>]>'
    data = changed(kind, name, lambda xml: (head + xml.replace("Region", "&a;")).encode(encoding))
    assert reason_of(file, kind, data).startswith(
        f"its part {name} declares a document type, which {PROGRAMS[kind]} never writes; it is not read: if you trust it"
    )


@kinds
def test_elements_nested_too_deeply(file: MakeFile, kind: str) -> None:
    deep = "<x>" * 2_000 + "</x>" * 2_000
    data = changed(kind, CONTENT[kind], lambda xml: xml.replace("</", deep + "</", 1))
    reason = reason_of(file, kind, data)
    assert f"its part {CONTENT[kind]} is damaged" in reason
    assert "depth" in reason


@kinds
@pytest.mark.parametrize("xml", ["", "<a>", "<a></b>", "text"])
def test_xml_that_is_none(file: MakeFile, kind: str, xml: str) -> None:
    reason = reason_of(file, kind, changed(kind, CONTENT[kind], lambda _: xml))
    assert reason.startswith(f"its part {CONTENT[kind]} is damaged (XMLSyntaxError")


@kinds
def test_a_part_that_ends_in_its_middle_gives_nothing(file: MakeFile, kind: str) -> None:
    data = changed(kind, CONTENT[kind], lambda xml: xml[: -len("</x>")])
    assert f"its part {CONTENT[kind]} is damaged" in reason_of(file, kind, data)


@kinds
def test_every_cut_is_told(file: MakeFile, kind: str) -> None:
    data = FILES[kind]
    cuts = range(100, len(data), len(data) // 23)
    reasons = {reason_of(file, kind, data[:length]).partition(" (")[0] for length in cuts}
    assert reasons == {f"is a damaged or cut-off {NOUNS[kind]}"}


@kinds
def test_every_flipped_byte_is_borne(file: MakeFile, kind: str) -> None:
    data = FILES[kind]
    read = 0
    for position in range(0, len(data), len(data) // 90):
        broken = bytearray(data)
        broken[position] ^= 0x5A
        with contextlib.suppress(UnreadableFile):
            read += "Halland" in load(file(f"x.{kind}", bytes(broken))).text
    assert 0 < read < 90


@kinds
def test_other_archives_are_named(file: MakeFile, kind: str) -> None:
    assert f"is a zip file without {'a' if kind == 'pptx' else 'an'} {NOUNS[kind]} in it" in reason_of(
        file, kind, archive({"a.txt": b"x"})
    )
    other = "xlsx" if kind == "pptx" else "pptx"
    article = {"pptx": "a", "xlsx": "an"}
    assert reason_of(file, kind, FILES[other]) == (
        f"is not {article[kind]} {NOUNS[kind]}: it is {article[other]} {NOUNS[other]}; give it the ending .{other}"
    )


@kinds
def test_a_file_that_is_no_archive(file: MakeFile, kind: str) -> None:
    assert reason_of(file, kind, b"Hej!").endswith(f"{NOUNS[kind]}; give it the ending of what it is")


@kinds
def test_a_locked_part_and_foreign_packing(file: MakeFile, kind: str) -> None:
    data = bytearray(FILES[kind])
    place = 0
    while (place := data.find(b"PK\x01\x02", place)) >= 0:
        data[place + 8] |= 1
        place += 4
    assert reason_of(file, kind, bytes(data)) == "is password-protected; remove the password and save it again"
    packed = changed(kind, "x", lambda _: "", zipfile.ZIP_LZMA)
    assert f"is packed in a way that {PROGRAMS[kind]} does not use" in reason_of(file, kind, packed)


def test_parts_outside_the_archive_are_not_read(loaded: LoadBytes) -> None:
    outside = relations(("n", "notesSlide", "../../../../etc/passwd"), ("d1", "diagramData", "file:///etc/passwd"))
    data = presentation(slide(shape("Hej")), **{"ppt/slides/_rels/slide1.xml.rels": outside})
    assert loaded("x.pptx", data).text == "Hej"


def test_one_sheet_named_many_times_is_not_unpacked_for_ever(file: MakeFile) -> None:
    rows = sheet(*[text("a" * 40)] * 5_000)
    many = "".join(f'<sheet name="{n}" r:id="s1"/>' for n in range(2_000))
    data = workbook({"Blad1": rows}, settings=f"<sheets>{many}</sheets>")
    assert "over the limit of 2 MB" in reason_of(file, "xlsx", data, Limits(max_uncompressed=2_000_000))
