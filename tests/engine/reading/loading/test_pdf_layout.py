"""Where words stand on a PDF's page, and the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.platypus import ListFlowable, ListItem, Paragraph, Spacer, Table

from handslag.reading.loading import LoadedDocument

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]
MakePdf = Callable[..., bytes]

SWEDISH = (
    "Region Sörmland och Karolinska Institutet har i dag undertecknat ett samverkansavtal om klinisk forskning. Avtalet"
    " omfattar gemensamma forskartjänster, en testbädd för medicinteknik och en satsning på kompetensförsörjning inom"
    " life science-sektorn. Parterna ska under 2026 finansiera forskningsinfrastrukturen med 12,5 miljoner kronor."
)
ENGLISH = (
    "The parties will finance a joint research infrastructure and open three shared positions before the end of the"
    " year. Anna Berg, chief executive of the foundation, said that the agreement had been prepared for two years and"
    " that the first call opens in May."
)
STYLES = getSampleStyleSheet()


def story_of(sections: int, style: ParagraphStyle) -> tuple[list[Any], list[str]]:
    """A story of headings and paragraphs, and its blocks of text in order."""
    flowables, blocks = [], []
    for number in range(sections):
        blocks.append(f"Avsnitt {number}")
        flowables.append(Paragraph(blocks[-1], STYLES["Heading2"]))
        for part in range(3):
            blocks.append(f"{part + 1}0{number}. {SWEDISH if number % 2 else ENGLISH}")
            flowables.append(Paragraph(blocks[-1], style))
    return flowables, blocks


def without_furniture(document: LoadedDocument) -> list[str]:
    parts, position = [], 0
    for region in document.regions:
        if region.tag == "furniture":
            parts.append(document.text[position : region.start])
            position = region.end
    return [line for line in "".join([*parts, document.text[position:]]).split("\n") if line]


@pytest.mark.parametrize(("columns", "gap"), [(1, 0), (2, 8 * mm), (2, 5 * mm), (3, 6 * mm)])
def test_columns_are_read_one_after_the_other(
    loaded: LoadBytes, texts_of: TextsOf, typeset: MakePdf, justified: ParagraphStyle, columns: int, gap: float
) -> None:
    story, blocks = story_of(9, justified)
    document = loaded("x.pdf", typeset(story, columns, gap))
    assert without_furniture(document) == blocks
    pages = texts_of(document, "furniture").count("Årsrapport 2025")
    assert pages >= 2
    assert [text for text in texts_of(document, "furniture") if text.startswith("Sida")] == [
        f"Sida {number}" for number in range(1, pages + 1)
    ]
    assert texts_of(document, "headline") == [block for block in blocks if block.startswith("Avsnitt")]


def test_lines_of_a_ragged_paragraph_are_joined(loaded: LoadBytes, typeset: MakePdf) -> None:
    story = [Paragraph(text, STYLES["BodyText"]) for text in (SWEDISH, "Kort rad.", ENGLISH, SWEDISH)]
    text = loaded("x.pdf", typeset(story)).text
    assert [line for line in text.split("\n") if line][1:-1] == [SWEDISH, "Kort rad.", ENGLISH, SWEDISH]


def test_first_lines_that_are_indented_begin_paragraphs(loaded: LoadBytes, typeset: MakePdf) -> None:
    style = ParagraphStyle("indented", parent=STYLES["Normal"], firstLineIndent=12)
    text = loaded("x.pdf", typeset([Paragraph(text, style) for text in (SWEDISH, ENGLISH, SWEDISH)])).text
    assert [line for line in text.split("\n") if line][1:-1] == [SWEDISH, ENGLISH, SWEDISH]


def test_a_heading_over_both_columns_comes_first(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(60, 780, "Ett avtal för hela södra Sverige")
        canvas.setFont("Helvetica", 10)
        for row in range(12):  # drawn row by row, across both columns
            canvas.drawString(60, 740 - 12 * row, f"vänster rad {row} med ett par ord till")
            canvas.drawString(310, 740 - 12 * row, f"höger rad {row} med ett par ord till")

    text = loaded("x.pdf", drawn(page)).text
    assert text.startswith("Ett avtal för hela södra Sverige\n\nvänster rad 0")
    assert text.index("vänster rad 11") < text.index("höger rad 0")


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(loaded: LoadBytes, drawn: MakePdf) -> None:
    lines = [f"rad {row} som fyller hela spalten nästan ända ut" for row in range(40)]

    def page(first: int) -> Callable[[Any], None]:
        def draw(canvas: Any) -> None:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 800, "Tidningen Biobladet")
            for row in range(10):
                canvas.drawString(60, 740 - 12 * row, lines[first + row])
                canvas.drawString(310, 740 - 12 * row, lines[first + 10 + row])
            canvas.drawString(60, 40, f"{first // 20 + 1}")

        return draw

    document = loaded("x.pdf", drawn(page(0), page(20)))
    assert " ".join(lines) in document.text
    assert [document.text[part.start : part.end] for part in document.regions] == [
        *("Tidningen Biobladet", "1", "Tidningen Biobladet", "2")
    ]


def test_tables_are_rows_of_cells_and_their_cells_may_be_wrapped(
    loaded: LoadBytes, texts_of: TextsOf, typeset: MakePdf
) -> None:
    def cell(text: str) -> Paragraph:
        return Paragraph(text, STYLES["BodyText"])

    mall = "Ta fram en gemensam mall för prövningsavtal som alla parter kan använda"
    prov = "Beskriva flödet för prover mellan regionerna i hela landet och i Norge"
    rows = [
        ["Nr", "Åtgärd", "Ansvarig", "Klart"],
        ["1", cell(mall), "Region Halland", "31 okt"],
        ["2", "Enkät till sponsorer", "Lif", "15 sep"],
        ["3", cell(prov), "Biobank Sverige", "12 dec"],
    ]
    for alignment in ("TOP", "MIDDLE", "BOTTOM"):
        table = Table(
            rows, colWidths=[10 * mm, 70 * mm, 40 * mm, 30 * mm], style=[("VALIGN", (0, 0), (-1, -1), alignment)]
        )
        document = loaded("x.pdf", typeset([cell(SWEDISH), table, cell(ENGLISH)]))
        assert texts_of(document, "table") == [
            "Nr\tÅtgärd\tAnsvarig\tKlart",
            f"1\t{mall}\tRegion Halland\t31 okt",
            "2\tEnkät till sponsorer\tLif\t15 sep",
            f"3\t{prov}\tBiobank Sverige\t12 dec",
        ], alignment
        assert SWEDISH in document.text
        assert ENGLISH in document.text


def test_columns_of_numbers_are_a_table(loaded: LoadBytes, texts_of: TextsOf, typeset: MakePdf) -> None:
    rows = [["", "2024", "2023"], ["Nettoomsättning", "31 480", "27 905"], ["Resultat", "–1 204", "318"]]
    table = Table(rows, colWidths=[50 * mm, 25 * mm, 25 * mm], style=[("ALIGN", (1, 0), (-1, -1), "RIGHT")])
    document = loaded("x.pdf", typeset([table]))
    assert texts_of(document, "table") == ["\t2024\t2023", "Nettoomsättning\t31 480\t27 905", "Resultat\t–1 204\t318"]


def test_lists_keep_their_items(loaded: LoadBytes, texts_of: TextsOf, typeset: MakePdf) -> None:
    items = [ListItem(Paragraph(text, STYLES["BodyText"])) for text in (ENGLISH, "Kort punkt")]
    story = [
        ListFlowable(items, bulletType="bullet", bulletFontSize=10),
        Spacer(1, 20),
        ListFlowable(items, bulletType="1", bulletFormat="%s.", bulletFontSize=10),
    ]
    document = loaded("x.pdf", typeset(story))
    assert [text[2:].strip() for text in texts_of(document, "list")] == [ENGLISH, "Kort punkt"] * 2


def test_dash_quotes_stand_for_themselves(loaded: LoadBytes, texts_of: TextsOf, typeset: MakePdf) -> None:
    first = f"– Vi säger inte nej. {SWEDISH}"
    second = "– Det här borde ha klubbats i höst – eller i våras, säger Pär-Ola Zetterlund, gruppledare för partiet."
    document = loaded("x.pdf", typeset([Paragraph(text, STYLES["Normal"]) for text in (first, second)]))
    assert [line for line in document.text.split("\n") if line][1:-1] == [first, second]
    assert texts_of(document, "list") == []


def test_cards_and_signatures_keep_their_lines(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", 11)
        for row, line in enumerate(["För Region Halland", "Anneli Tyrefors", "Regionråd"]):
            canvas.drawString(60, 700 - 14 * row, line)

    assert loaded("x.pdf", drawn(page)).text == "För Region Halland\nAnneli Tyrefors\nRegionråd"


def test_sideways_pages_and_turned_words(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        for row in range(4):
            canvas.drawString(60, 400 - 12 * row, f"rad {row} på tvären med flera ord efter")
        canvas.saveState()
        canvas.translate(30, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "i marginalen")
        canvas.restoreState()

    def turned(canvas: Any) -> None:
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        page(canvas)

    upright = loaded("x.pdf", drawn(page, size=landscape(A4))).text
    assert upright.startswith("rad 0 på tvären med flera ord efter")
    assert upright.endswith("i marginalen")
    assert loaded("y.pdf", drawn(turned)).text == upright


def test_a_watermark_across_the_page_comes_last(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.saveState()
        canvas.translate(100, 600)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "UTKAST")
        canvas.restoreState()
        canvas.setFont("Helvetica", 10)
        for row in range(8):
            canvas.drawString(60, 760 - 12 * row, f"rad {row} som fyller hela spalten nästan ända ut till kanten")

    text = loaded("x.pdf", drawn(page)).text
    assert (
        text
        == " ".join(f"rad {row} som fyller hela spalten nästan ända ut till kanten" for row in range(8)) + "\n\nUTKAST"
    )


def test_words_printed_twice_count_once(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        for shift in (0, 0.4):
            canvas.drawString(60 + shift, 780 - shift, "Skugga över Halland")

    assert loaded("x.pdf", drawn(page)).text == "Skugga över Halland"


def test_leaders_of_a_table_of_contents_are_left_out(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", 10)
        for row, (title, number) in enumerate([("Inledning", 3), ("Mål och medel", 5), ("Budget", 12)]):
            canvas.drawString(60, 700 - 14 * row, title + " ." * 60)
            canvas.drawRightString(500, 700 - 14 * row, str(number))

    assert loaded("x.pdf", drawn(page)).text == "Inledning\t3\nMål och medel\t5\nBudget\t12"


@pytest.mark.parametrize("foot", ["{} (3)", "Sida {} av 3", "- {} -", "{}", "Stiftelsen X\t{}", "Kapitel {} · {}"])
def test_page_numbers_are_furniture(loaded: LoadBytes, texts_of: TextsOf, drawn: MakePdf, foot: str) -> None:
    def page(number: int) -> Callable[[Any], None]:
        def draw(canvas: Any) -> None:
            canvas.setFont("Helvetica", 10)
            canvas.drawString(60, 700, f"Här står något {'abc'[number - 1] * 5} som bara finns på en sida.")
            for part, text in enumerate(foot.format(number, number).split("\t")):
                canvas.drawString(60 + 400 * part, 40, text)

        return draw

    document = loaded("x.pdf", drawn(page(1), page(2), page(3)))
    assert texts_of(document, "furniture") == [foot.format(number, number) for number in (1, 2, 3)]


def test_what_comes_back_inside_pages_is_no_furniture(loaded: LoadBytes, texts_of: TextsOf, drawn: MakePdf) -> None:
    def page(word: str) -> Callable[[Any], None]:
        def draw(canvas: Any) -> None:
            canvas.setFont("Helvetica", 10)
            for row, text in enumerate(
                [f"Först {word}", f"Sedan {word}", f"Vidare {word}", "Samma rad", f"Mera {word}"] * 2
            ):
                canvas.drawString(60, 700 - 30 * row, text)

        return draw

    assert texts_of(loaded("x.pdf", drawn(page("ett"), page("två"), page("tre"))), "furniture") == []


def test_words_off_the_page_or_too_small_to_see_are_left_out_and_counted(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(60, 700, "Regionen öppnar en testbädd i Almvik.")
        canvas.drawString(5000, 600, "Utanför till höger")
        canvas.drawString(60, -400, "Nedanför")
        canvas.setFont("Helvetica", 0.2)
        canvas.drawString(60, 500, "Osynligt liten text")
        canvas.saveState()
        canvas.translate(300, 400)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(0, 0, "Foto på högkant")
        canvas.restoreState()

    document = loaded("x.pdf", drawn(page))
    assert document.text.split() == "Regionen öppnar en testbädd i Almvik. Foto på högkant".split()
    assert document.warnings[0] == ("hidden-text", "7 words off the page or too small to be seen are not read")


def test_a_page_cut_to_a_part_of_the_sheet_shows_that_part(loaded: LoadBytes, drawn: MakePdf) -> None:
    def page(canvas: Any) -> None:
        canvas.setCropBox((1000, 1000, 1400, 1400))
        canvas.drawString(1050, 1200, "Inom snittet")
        canvas.drawString(100, 100, "Skärmärke")

    document = loaded("x.pdf", drawn(page, size=(2000, 2000)))
    assert document.text == "Inom snittet"
    assert [code for code, _ in document.warnings] == ["hidden-text"]
