"""Word documents that mean harm, or are broken: refused with the reason, within the limits."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, LoadedDocument, load

LoadBytes = Callable[..., LoadedDocument]
MakeWord = Callable[[Callable[[Any], None]], bytes]
MakeFile = Callable[[str, bytes], Path]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BODY = f"<w:document {W}><w:body><w:p><w:r><w:t>@</w:t></w:r></w:p></w:body></w:document>"
USUAL = Limits()


def archive(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return stream.getvalue()


def document_of(xml: str | bytes, **more: bytes) -> bytes:
    return archive({"word/document.xml": xml if isinstance(xml, bytes) else xml.encode(), **more})


def reason_of(file: MakeFile, data: bytes, limits: Limits = USUAL) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(file("x.docx", data), limits=limits)
    return caught.value.reason


def test_a_document_of_one_part_is_enough(loaded: LoadBytes) -> None:
    assert loaded("x.docx", document_of(BODY.replace("@", "Hej"))).text == "Hej"


def test_a_bomb_by_its_ratio(file: MakeFile) -> None:
    reason = reason_of(file, document_of(BODY, **{"word/media/x.bin": bytes(30_000_000)}))
    assert "packed 1,02" in reason
    assert "times over, as zip bombs are; it is not read: if you trust it, open it in Word and save it again" in reason


def test_a_bomb_by_its_size(file: MakeFile) -> None:
    reason = reason_of(
        file, document_of(BODY, **{"word/media/x.bin": bytes(500_000)}), Limits(max_uncompressed=100_000)
    )
    assert reason == "unpacks to 500 kB or more, over the limit of 100 kB; remove pictures, or split it"


def test_a_bomb_that_lies_about_its_size(file: MakeFile) -> None:
    data = document_of(BODY.replace("@", "a" * 900_000))
    true_size = struct.pack("<I", len(BODY) - 1 + 900_000)
    assert data.count(true_size) == 2  # in the part's own head and in the directory
    reason = reason_of(file, data.replace(true_size, struct.pack("<I", 1_000)), Limits(max_uncompressed=100_000))
    assert "word/document.xml is damaged" in reason or "over the limit" in reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE d [<!ENTITY a "hahaha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_entities_and_document_types(file: MakeFile, declaration: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{declaration}{BODY.replace("@", "&a;")}'
    reason = reason_of(file, document_of(xml.encode(encoding)))
    assert "its part word/document.xml declares a document type, which Word never writes" in reason


def test_xml_nested_too_deeply(file: MakeFile) -> None:
    deep = "<w:sdt><w:sdtContent>" * 2_000 + "</w:sdtContent></w:sdt>" * 2_000
    reason = reason_of(file, document_of(BODY.replace("<w:p>", deep + "<w:p>")))
    assert "its part word/document.xml is damaged" in reason
    assert "depth" in reason


def test_xml_that_is_none(file: MakeFile) -> None:
    assert "its part word/document.xml is damaged (XMLSyntaxError" in reason_of(file, document_of("<w:document>"))
    assert "its part word/document.xml is damaged (XMLSyntaxError" in reason_of(file, document_of(""))
    assert "has no body" in reason_of(file, document_of(f"<w:document {W}/>"))


def test_every_cut_of_a_document_is_told(file: MakeFile, word: MakeWord) -> None:
    data = word(lambda document: document.add_paragraph("Region Halland"))
    for length in range(100, len(data), len(data) // 23):
        reason = reason_of(file, data[:length])
        assert reason.startswith("is a damaged or cut-off Word document (BadZipFile"), reason


def test_every_flipped_byte_is_borne(file: MakeFile, word: MakeWord) -> None:
    data = word(lambda document: document.add_paragraph("Region Halland"))
    for position in range(0, len(data), len(data) // 60):
        broken = bytearray(data)
        broken[position] ^= 0x5A
        with contextlib.suppress(UnreadableFile):
            load(file("x.docx", bytes(broken)))


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"a.txt": b"x"}, "is a zip file without a Word document in it; open it in Word and save it again as .docx"),
        (
            {"xl/workbook.xml": b"<w/>", "_rels/.rels": b"xl/workbook.xml"},
            "is not a Word document: it is an Excel workbook; give it the ending .xlsx",
        ),
        ({"ppt/presentation.xml": b"<w/>", "_rels/.rels": b"ppt/presentation.xml"}, "it is a PowerPoint presentation"),
    ],
)
def test_other_archives(file: MakeFile, parts: dict[str, bytes], reason: str) -> None:
    if "_rels/.rels" in parts:
        target = parts["_rels/.rels"].decode()
        parts["_rels/.rels"] = f'<R><R Type="x/officeDocument" Target="{target}"/></R>'.encode()
    assert reason in reason_of(file, archive(parts))


def test_parts_outside_the_archive_are_not_read(loaded: LoadBytes) -> None:
    relations = (
        '<R><R Id="a" Type="x/styles" Target="../../../../etc/passwd"/>'
        '<R Id="b" Type="x/footnotes" Target="file:///etc/passwd" TargetMode="External"/></R>'
    )
    data = document_of(BODY.replace("@", "Hej"), **{"word/_rels/document.xml.rels": relations.encode()})
    assert loaded("x.docx", data).text == "Hej"


def test_a_locked_part(file: MakeFile) -> None:
    data = bytearray(document_of(BODY))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert reason_of(file, bytes(data)) == "is password-protected; remove the password and save it again"


def test_packing_that_word_does_not_use(file: MakeFile) -> None:
    data = archive({"word/document.xml": BODY.encode()}, zipfile.ZIP_LZMA)
    assert "is packed in a way that Word does not use" in reason_of(file, data)


def test_too_many_parts(file: MakeFile) -> None:
    data = archive({f"{number}": b"" for number in range(10_001)}, zipfile.ZIP_STORED)
    assert reason_of(file, data).startswith("is a zip file of 10,001 parts, not a Word document")
