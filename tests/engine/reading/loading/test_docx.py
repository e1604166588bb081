"""Word documents as they read with all changes accepted: headers, body, notes, footers."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import LoadedDocument

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]
MakeWord = Callable[[Callable[[Any], None]], bytes]

LONG = "Region Halland ska tillsammans med Tallvik Cellterapi bygga en tillverkningsenhet i Varberg."


def inside(paragraph: Any, xml: str) -> None:
    """Adds an element, given without its namespace declarations, to a paragraph."""
    name, rest = (
        xml[1:].split(" ", 1)
        if " " in xml.split(">", maxsplit=1)[0]
        else (xml[1:].split(">", 1)[0], ">" + xml.split(">", 1)[1])
    )
    paragraph._p.append(parse_xml(f"<{name} {nsdecls('w')} {rest}"))


def test_blocks_in_body_order_with_their_styles(loaded: LoadBytes, texts_of: TextsOf, word: MakeWord) -> None:
    def write(document: Any) -> None:
        document.add_heading("Verksamhetsplan", 0)
        document.add_heading("Mål", 1)
        document.add_paragraph(LONG)
        document.add_paragraph("Punkt ett", style="List Bullet")
        document.add_paragraph("Punkt två", style="List Number")
        table = document.add_table(2, 3)
        for number, cell in enumerate(table._cells):
            cell.text = f"cell {number}"
        document.add_paragraph("Vi lovar.", style="Intense Quote")
        document.add_paragraph("Figur 1", style="Caption")
        document.add_paragraph("Mimmi Åkerhielm")
        document.add_paragraph("vd")
        document.add_paragraph("")
        document.add_paragraph("Slut")

    document = loaded("plan.docx", word(write))
    assert document.text == (
        f"Verksamhetsplan\n\nMål\n\n{LONG}\nPunkt ett\nPunkt två\n\ncell 0\tcell 1\tcell 2\ncell 3\tcell 4\tcell 5\n\n"
        "Vi lovar.\nFigur 1\nMimmi Åkerhielm\nvd\n\nSlut"
    )
    assert texts_of(document, "headline") == ["Verksamhetsplan", "Mål"]
    assert texts_of(document, "list") == ["Punkt ett", "Punkt två"]
    assert texts_of(document, "table") == ["cell 0\tcell 1\tcell 2", "cell 3\tcell 4\tcell 5"]
    assert texts_of(document, "quote") == ["Vi lovar."]
    assert texts_of(document, "caption") == ["Figur 1"]


def test_headings_are_known_in_any_language_and_by_their_level(
    loaded: LoadBytes, texts_of: TextsOf, word: MakeWord
) -> None:
    def write(document: Any) -> None:
        style = document.styles.add_style("Rubrik1x", 1)
        style.base_style = document.styles["Heading 1"]
        document.add_paragraph("Ärvd rubrik", style=style)
        paragraph = document.add_paragraph("Rubrik av nivån")
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "1")
        paragraph._p.get_or_add_pPr().append(level)
        document.add_paragraph("Text")

    assert texts_of(loaded("plan.docx", word(write)), "headline") == ["Ärvd rubrik", "Rubrik av nivån"]


def test_styles_that_inherit_from_one_another_in_a_ring_are_no_trap(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        first, second = (document.styles.add_style(name, 1) for name in ("Ett", "Två"))
        first.base_style, second.base_style = second, first
        document.add_paragraph("Text", style=first)

    assert loaded("plan.docx", word(write)).text == "Text"


def test_tracked_changes_are_accepted(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Regionen ")
        inside(paragraph, '<w:del w:id="1" w:author="a"><w:r><w:delText>bör</w:delText></w:r></w:del>')
        inside(paragraph, '<w:ins w:id="2" w:author="a"><w:r><w:t>ska</w:t></w:r></w:ins>')
        inside(paragraph, '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>flyttat</w:t></w:r></w:moveFrom>')
        inside(
            paragraph, '<w:moveTo w:id="4" w:author="a"><w:r><w:t xml:space="preserve"> betala</w:t></w:r></w:moveTo>'
        )
        struck = document.add_paragraph("Rad ett ")
        struck._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="5" w:author="a"/></w:rPr>'))
        document.add_paragraph("fortsätter.")
        table = document.add_table(2, 2)
        for number, cell in enumerate(table._cells):
            cell.text = f"c{number}"
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f'<w:del {nsdecls("w")} w:id="6" w:author="a"/>'))

    assert loaded("plan.docx", word(write)).text == "Regionen ska betala\nRad ett fortsätter.\n\nc2\tc3"


def test_characters_of_word(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("5\u00a0kr")
        for xml in (
            "<w:r><w:tab/><w:t>läke</w:t><w:softHyphen/><w:t>medel</w:t></w:r>",
            "<w:r><w:noBreakHyphen/><w:t>Lena</w:t><w:br/><w:t>ny rad</w:t></w:r>",
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>dolt</w:t></w:r>",
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t xml:space="preserve"> synligt</w:t></w:r>',
            "<w:r><w:instrText>PAGE</w:instrText></w:r>",
            '<w:fldSimple w:instr="DATE"><w:r><w:t xml:space="preserve"> 3 maj</w:t></w:r></w:fldSimple>',
            '<w:hyperlink w:anchor="x"><w:r><w:t xml:space="preserve"> länk</w:t></w:r></w:hyperlink>',
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r>',
            '<w:r><w:t xml:space="preserve"> m</w:t></w:r>',
            '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>',
            '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>',
        ):
            inside(paragraph, xml)
        paragraph.add_run().add_break(WD_BREAK.PAGE)

    text = loaded("plan.docx", word(write)).text
    assert text == "5\u00a0kr\tläke\u00admedel-Lena\nny rad synligt 3 maj länk m²•"


def test_content_controls_and_their_placeholders(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Ort: ")
        content = "<w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
        inside(paragraph, "<w:sdt><w:sdtPr/>" + content.format("Varberg"))
        inside(paragraph, "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>" + content.format("Klicka här"))
        block = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Stycke</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        document.element.body.insert(1, parse_xml(block))

    assert loaded("plan.docx", word(write)).text == "Ort: Varberg\nStycke"


def test_text_boxes_are_read_once_where_they_are_anchored(loaded: LoadBytes, word: MakeWord) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>I rutan</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Före")
        inside(
            paragraph,
            f'<w:r xmlns:mc="{mc}"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        )
        document.add_paragraph("Efter")

    assert loaded("plan.docx", word(write)).text == "Före\nI rutan\nEfter"


def test_page_heads_and_feet_are_furniture_at_both_ends(loaded: LoadBytes, texts_of: TextsOf, word: MakeWord) -> None:
    def write(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Region Halland\tDnr 17"
        document.sections[0].footer.paragraphs[0].text = "Sida 1"
        document.add_paragraph("Text")

    document = loaded("plan.docx", word(write))
    assert document.text == "Region Halland\tDnr 17\n\nText\n\nSida 1"
    assert texts_of(document, "furniture") == ["Region Halland\tDnr 17", "Sida 1"]


def test_footnotes_come_after_the_text(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        inside(document.add_paragraph("Stiftelsen"), '<w:r><w:footnoteReference w:id="2"/></w:r>')

    notes = (
        f"<w:footnotes {nsdecls('w')}>"
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>Org.nr 802000-1234.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    relation = '<Relationship Id="rId99" Type="http://x/footnotes" Target="footnotes.xml"/></Relationships>'
    parts = unpacked(word(write))
    parts["word/footnotes.xml"] = notes.encode()
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", relation.encode()
    )
    assert loaded("plan.docx", packed(parts)).text == "Stiftelsen\n\nOrg.nr 802000-1234."


@pytest.mark.parametrize(("columns", "content"), [(1, "Kort"), (2, LONG * 8)])
def test_tables_that_lay_out_a_page_are_blocks(
    loaded: LoadBytes, texts_of: TextsOf, word: MakeWord, columns: int, content: str
) -> None:
    def write(document: Any) -> None:
        table = document.add_table(1, columns)
        table.cell(0, 0).text = content
        table.cell(0, 0).add_paragraph("Punkt", style="List Bullet")

    document = loaded("plan.docx", word(write))
    assert document.text == f"{content}\nPunkt"
    assert texts_of(document, "list") == ["Punkt"]


def test_merged_cells(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        table = document.add_table(2, 3)
        for number, cell in enumerate(table._cells):
            cell.text = f"c{number}"
        table.cell(0, 1).merge(table.cell(0, 2))
        table.cell(0, 0).merge(table.cell(1, 0))

    assert loaded("plan.docx", word(write)).text == "c0 c3\tc1 c2\n\tc4\tc5"


def test_strict_documents_are_read_as_well(loaded: LoadBytes, word: MakeWord) -> None:
    parts = unpacked(word(lambda document: document.add_heading("Rubrik", 1)))
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/w/main"
        )
        for name, data in parts.items()
    }
    document = loaded("plan.docx", packed(strict))
    assert (document.text, len(document.regions)) == ("Rubrik", 1)


@pytest.mark.parametrize(
    ("created", "modified", "day", "codes"),
    [
        (dt.datetime(2026, 5, 3, 9, tzinfo=dt.UTC), dt.datetime(2026, 5, 9, 9, tzinfo=dt.UTC), "2026-05-03", []),
        (
            dt.datetime(2019, 5, 3, 9, tzinfo=dt.UTC),
            dt.datetime(2026, 5, 9, 9, tzinfo=dt.UTC),
            "",
            ["metadata-days-differ"],
        ),
        (dt.datetime(1601, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 5, 9, 9, tzinfo=dt.UTC), "", []),
    ],
)
def test_title_and_day(
    loaded: LoadBytes, word: MakeWord, created: dt.datetime, modified: dt.datetime, day: str, codes: list[str]
) -> None:
    def write(document: Any) -> None:
        document.core_properties.title = "Nytt  avtal"
        document.core_properties.created, document.core_properties.modified = created, modified
        document.add_paragraph("Text")

    document = loaded("plan.docx", word(write))
    assert (document.title, document.metadata_day) == ("Nytt avtal", day)
    assert document.metadata_source == ("docx created" if day else "")
    assert [code for code, _ in document.warnings] == codes


def test_a_document_without_text(loaded: LoadBytes, word: MakeWord) -> None:
    with pytest.raises(UnreadableFile, match="holds no text; check that it is the right file"):
        loaded("plan.docx", word(lambda document: document.add_paragraph(" ")))


def test_a_given_day_in_the_first_paragraph(loaded: LoadBytes, texts_of: TextsOf, word: MakeWord) -> None:
    def write(document: Any) -> None:
        document.add_paragraph("said-on: 2026-03-31")
        document.add_heading("Avtal", 1)

    document = loaded("plan.docx", word(write))
    assert (document.given_day, texts_of(document, "headline")) == ("2026-03-31", ["Avtal"])


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_text_boxes_within_text_boxes_are_read_once_each(loaded: LoadBytes, word: MakeWord) -> None:
    def write(document: Any) -> None:
        xml = ""
        for number in range(12):
            box = f"<w:txbxContent><w:p><w:r><w:t>Ruta {number}</w:t></w:r>{xml}</w:p></w:txbxContent>"
            xml = f"<w:r><w:pict><w:shape>{box}</w:shape></w:pict></w:r>"
        inside(document.add_paragraph(), xml)

    lines = loaded("x.docx", word(write)).text.split()
    assert sorted(line for line in lines if line.isdecimal()) == sorted(str(number) for number in range(12))


@pytest.mark.parametrize(
    ("level", "is_headline"), [("0", True), ("8", True), ("9", False), ("²", False), ("9" * 5000, False)]
)
def test_a_level_is_a_plain_number_or_none(
    loaded: LoadBytes, texts_of: TextsOf, word: MakeWord, level: str, is_headline: bool
) -> None:
    def write(document: Any) -> None:
        paragraph = document.add_paragraph("Avtalet i korthet")
        paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>'))
        document.add_paragraph("Regionen svarar.")

    document = loaded("x.docx", word(write))
    assert document.text.split("\n")[0] == "Avtalet i korthet"
    assert ("Avtalet i korthet" in texts_of(document, "headline")) is is_headline
