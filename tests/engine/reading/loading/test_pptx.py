"""PowerPoint presentations: slides in their order, titles, lists, tables, notes; hidden slides are left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.made_office_files import (
    CORE,
    frame,
    paragraph,
    presentation,
    relations,
    shape,
    slide,
    table,
)

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, LoadedDocument, load

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]
MakeFile = Callable[[str, bytes], Path]

TITLE = shape("Avtal om vårddata", fills="title")


def test_slides_in_the_order_they_are_shown(loaded: LoadBytes) -> None:
    data = presentation(*(slide(shape(f"Bild {number}")) for number in (1, 2, 3)), order=[3, 1, 2])
    assert loaded("x.pptx", data).text == "Bild 3\n\nBild 1\n\nBild 2"


def test_the_title_comes_first_wherever_it_lies(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = loaded("x.pptx", presentation(slide(shape("Lars Fält, Region Halland"), TITLE)))
    assert document.text == "Avtal om vårddata\n\nLars Fält, Region Halland"
    assert texts_of(document, "headline") == ["Avtal om vårddata"]
    assert document.format == "pptx"


def test_a_title_on_two_lines_is_one_headline(loaded: LoadBytes, texts_of: TextsOf) -> None:
    title = "<a:p><a:r><a:t>Avtal</a:t></a:r><a:br/><a:r><a:t>om data</a:t></a:r></a:p>"
    document = loaded("x.pptx", presentation(slide(shape(title, fills="ctrTitle"))))
    assert texts_of(document, "headline") == ["Avtal om data"]


def test_points_of_the_body_are_a_list_and_a_single_paragraph_is_none(loaded: LoadBytes, texts_of: TextsOf) -> None:
    points = shape("Regionen betalar hälften", "Bolaget levererar", paragraph("Not", "<a:buNone/>"), fills="")
    single = slide(shape("Vi skriver avtal i vår.", fills="body"))
    document = loaded("x.pptx", presentation(slide(TITLE, points), single))
    assert texts_of(document, "list") == ["Regionen betalar hälften", "Bolaget levererar"]
    assert document.text.endswith("Bolaget levererar\nNot\n\nVi skriver avtal i vår.")


def test_bullets_in_a_text_box_are_a_list(loaded: LoadBytes, texts_of: TextsOf) -> None:
    box = shape(paragraph("Ett", '<a:buChar char="•"/>'), paragraph("Två", '<a:buAutoNum type="x"/>'), "Tre")
    assert texts_of(loaded("x.pptx", presentation(slide(box))), "list") == ["Ett", "Två"]


def test_tables_row_by_row(loaded: LoadBytes, texts_of: TextsOf) -> None:
    merged = f'<a:tc hMerge="1"><a:txBody>{paragraph("dold")}</a:txBody></a:tc>'
    document = loaded(
        "x.pptx", presentation(slide(TITLE, table(("Vem", "När"), ("Region Halland", merged), ("", "2027"))))
    )
    assert texts_of(document, "table") == ["Vem\tNär", "Region Halland", "\t2027"]


def test_notes_follow_their_slide(loaded: LoadBytes) -> None:
    notes = slide(shape("7", fills="sldNum"), shape("Säg att avtalet är klart.", fills="body"))
    data = presentation(
        slide(shape("Ett")),
        slide(shape("Två")),
        **{
            "ppt/slides/_rels/slide1.xml.rels": relations(("n", "notesSlide", "../notesSlides/notesSlide1.xml")),
            "ppt/notesSlides/notesSlide1.xml": notes,
        },
    )
    assert loaded("x.pptx", data).text == "Ett\n\nSäg att avtalet är klart.\n\nTvå"


def test_shapes_in_groups_are_read_and_alternatives_once(loaded: LoadBytes) -> None:
    group = f"<p:grpSp><p:grpSp>{shape('Inre')}</p:grpSp>{shape('Yttre')}</p:grpSp>"
    both = (
        '<m:AlternateContent xmlns:m="m"><m:Choice>'
        f"{shape('Ny')}</m:Choice><m:Fallback>{shape('Gammal')}</m:Fallback></m:AlternateContent>"
    )
    assert loaded("x.pptx", presentation(slide(group, both))).text == "Inre\nYttre\nNy"


def test_footers_are_furniture_once_and_what_the_program_fills_in_is_left_out(
    loaded: LoadBytes, texts_of: TextsOf
) -> None:
    number = '<a:p><a:fld type="slidenum"><a:t>4</a:t></a:fld></a:p>'
    today = '<a:p><a:fld type="datetime1"><a:t>2026-11-21</a:t></a:fld></a:p>'
    edges = (shape(number, fills="sldNum"), shape(today, fills="dt"), shape("Internt", fills="ftr"))
    document = loaded("x.pptx", presentation(*(slide(shape(text), *edges) for text in ("Ett", "Två"))))
    assert document.text == "Ett\nInternt\n\nTvå"
    assert texts_of(document, "furniture") == ["Internt"]


def test_hidden_slides_are_left_out_and_told(loaded: LoadBytes) -> None:
    document = loaded("x.pptx", presentation(slide(shape("Ett")), slide(shape("Hemligt"), settings='show="0"')))
    assert document.text == "Ett"
    assert document.warnings == (("hidden-slides", "slides that are hidden are not read: 2"),)


def test_a_drawn_list_is_read_from_its_data_and_charts_are_told(loaded: LoadBytes, texts_of: TextsOf) -> None:
    drawing = frame('<d:relIds xmlns:d="d" r:dm="d1"/>') + frame('<c:chart xmlns:c="c" r:id="c1"/>')
    point = "<d:pt{kind}><d:t>{text}</d:t></d:pt>"
    points = point.format(kind="", text=paragraph("Först")) + point.format(
        kind=' type="parTrans"', text=paragraph("Pil")
    )
    xml = f'<d:dataModel xmlns:d="d" xmlns:a="a"><d:ptLst>{points}</d:ptLst></d:dataModel>'
    data = presentation(
        slide(TITLE, drawing),
        **{
            "ppt/slides/_rels/slide1.xml.rels": relations(("d1", "diagramData", "../diagrams/data1.xml")),
            "ppt/diagrams/data1.xml": xml,
        },
    )
    document = loaded("x.pptx", data)
    assert texts_of(document, "list") == ["Först"]
    assert "Pil" not in document.text
    assert document.warnings == (("charts-left-out", "1 charts are not read"),)


def test_raised_footnote_marks_are_no_part_of_a_word(loaded: LoadBytes) -> None:
    raised = '<a:p><a:r><a:t>Region Halland</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r></a:p>'
    assert "Halland1" not in loaded("x.pptx", presentation(slide(shape(raised)))).text


@pytest.mark.parametrize(
    ("modified", "day", "codes"),
    [("2026-03-04T08:00:00Z", "2026-03-02", []), ("2026-09-01T08:00:00Z", "", ["metadata-days-differ"])],
)
def test_title_and_day_of_its_properties(loaded: LoadBytes, modified: str, day: str, codes: list[str]) -> None:
    core = CORE.format(title="Styrgruppen", created="2026-03-02T08:00:00Z", modified=modified)
    document = loaded("x.pptx", presentation(slide(TITLE), **{"core.xml": core}))
    assert (document.title, document.metadata_day) == ("Styrgruppen", day)
    assert document.metadata_source == ("pptx created" if day else "")
    assert [code for code, _ in document.warnings] == codes


def reason_of(file: MakeFile, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(file("x.pptx", data), limits=limits or Limits())
    return caught.value.reason


def test_too_many_slides_also_one_slide_shown_many_times(file: MakeFile) -> None:
    data = presentation(slide(TITLE), order=[1] * 5)
    assert reason_of(file, data, Limits(max_pages=4)) == (
        "has 5 slides, over the limit of 4; split it into smaller files"
    )


def test_slides_of_pictures_and_empty_slides(file: MakeFile) -> None:
    picture = presentation(slide(), **{"ppt/media/image1.png": b"x"})
    assert reason_of(file, picture) == "holds no text, only pictures; run text recognition (OCR) on it first"
    assert reason_of(file, presentation(slide(shape("")))) == "holds no text; check that it is the right file"
    assert reason_of(file, presentation()) == "holds no text; check that it is the right file"
