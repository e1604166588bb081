"""Excel workbooks: sheets row by row as they are shown, days and percentages as such, what is hidden left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made_office_files import CORE, relations, sheet, text, value, workbook

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import Limits, LoadedDocument, load
from handslag.reading.loading.xlsx.number_formats import NumberFormats, format_of
from handslag.reading.reader import read_loaded

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]
MakeFile = Callable[[str, bytes], Path]

SHARED = "<si><t>Region Halland</t></si><si><r><t>Lars </t></r><r><t>Fält</t></r><rPh><t>ラ</t></rPh></si>"
SENTENCE = "Region Halland och Norrsken AB har kommit överens om att dela data från och med hösten 2026."


def one(loaded: LoadBytes, *rows: str, **named: object) -> LoadedDocument:
    return loaded("x.xlsx", workbook({"Blad1": sheet(*rows)}, **named))  # type: ignore[arg-type]


def test_each_sheet_with_its_name_and_rows(loaded: LoadBytes, texts_of: TextsOf) -> None:
    sheets = {
        "Avtal": sheet(text("Vem") + text("Belopp"), "", text("Region Halland") + value("1200000")),
        "Tomt": sheet(""),
        "Möten": sheet(text("Styrgrupp") + text("Halmstad")),
    }
    document = loaded("x.xlsx", workbook(sheets))
    assert document.text == "Avtal\n\nVem\tBelopp\nRegion Halland\t1200000\n\nMöten\n\nStyrgrupp\tHalmstad"
    assert texts_of(document, "headline") == ["Avtal", "Möten"]
    assert texts_of(document, "row") == ["Vem\tBelopp", "Region Halland\t1200000", "Styrgrupp\tHalmstad"]
    assert document.format == "xlsx"


def test_every_kind_of_cell(loaded: LoadBytes, texts_of: TextsOf) -> None:
    formula = '<c t="str"><f>A1&amp;"x"</f><v>räknat</v></c>'
    cells = (
        value("0", "s") + value("1", "s") + value("1", "b") + value("0", "b") + formula
        + value("#N/A", "e") + value("2026-03-31T00:00:00", "d") + value("7", "s")
    )  # fmt: skip
    rows = texts_of(one(loaded, cells, strings=SHARED), "row")
    assert rows == ["Region Halland\tLars Fält\tTRUE\tFALSE\träknat\t#N/A\t2026-03-31"]


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("yyyy-mm-dd", "46112", "2026-03-31"),
        ("[$-41D]d mmmm yyyy;@", "46112", "2026-03-31"),
        (r"yyyy\-mm\-dd hh:mm", "46112.604166666664", "2026-03-31 14:30"),
        ("yyyy-mm-dd hh:mm", "46112", "2026-03-31"),
        ("mmm yyyy", "46112", "2026-03"),
        ("yyyy", "46112", "2026"),
        ("d mmm", "46112", "2026-03-31"),
        ("h:mm", "0.604166666666667", "14:30"),
        ("hh:mm:ss", "0.6042", "14:30:03"),
        ("[h]:mm", "1.5", "36:00"),
        ("0.0%", "0.12345", "12.3%"),
        ("0 %", "0.5", "50%"),
        ("General", "0.30000000000000004", "0.3"),
        ("#,##0.00", "1234.5600000000001", "1234.56"),
        ('#,##0 "dagar"', "12", "12 dagar"),
        (r"0\d", "12", "12 d"),
        ('_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-', "-1500000", "-1500000 kr"),
        ("[$€-2]\\ #,##0", "12.5", "€12.5"),
        ('"ca" 0', "12", "ca 12"),
        ("[$$-409]#,##0", "-12", "-$12"),
        ("#,##0\\ [$SEK]", "12", "12 SEK"),
        ('0.0,, "M"', "1200000", "1200000"),
        ('[>999]0, "tkr";0 "kr"', "1200", "1200"),
        ("# ?/?", "0.5", "0.5"),
        ("000\\-00 00", "12345", "12345"),
        ('0;"minus "0;"a;b"', "12", "12"),
        ("0.00E+00", "1E+6", "1000000"),
        ("0", "-0", "0"),
        ("@", "46112", "46112"),
        ("yyyy-mm-dd", "-3", "-3"),
        ("yyyy-mm-dd", "99999999", "99999999"),
        ("yyyy-mm-dd", "60", "60"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "nära", "nära"),
        ("0", "NaN", "NaN"),
        ("0", "1E+999999999", "1E+999999999"),
    ],
)
def test_numbers_are_written_as_the_sheet_shows_them(
    loaded: LoadBytes, texts_of: TextsOf, code: str, stored: str, shown: str
) -> None:
    rows = texts_of(one(loaded, text("x") + value(stored, style=1), codes=(code,)), "row")
    assert rows == [f"x\t{shown}"]


def test_the_calendar_that_begins_in_1904(loaded: LoadBytes) -> None:
    row = value("44650", style=1)
    document = one(loaded, row, codes=("yyyy-mm-dd",), settings='<workbookPr date1904="1"/>')
    assert document.text.endswith("2026-03-31")


@given(st.text('ymdhs[];"\\%#0. EGeneral@_*', max_size=30), st.one_of(st.floats().map(str), st.text(max_size=30)))
def test_any_format_shows_any_number(code: str, stored: str) -> None:
    formats = NumberFormats(is_1904=False, _formats=[format_of(code)])
    assert isinstance(formats.shown(stored, "0"), str)
    assert formats.shown(stored, "0") == formats.shown(stored, "0")


def test_empty_cells_keep_their_columns_but_not_a_thousand(loaded: LoadBytes, texts_of: TextsOf) -> None:
    rows = [text("a", "A1") + text("c", "C1"), text("b", "B2"), text("a", "A3") + text("x", "XFD3")]
    assert texts_of(one(loaded, *rows), "row") == ["a\t\tc", "\tb", "a" + "\t" * 11 + "x"]


def test_a_cell_is_one_line(loaded: LoadBytes, texts_of: TextsOf) -> None:
    rows = texts_of(one(loaded, text("Lars\nFält\tx") + text("rad_x000D__x000A_två")), "row")
    assert rows == ["Lars Fält x\trad två"]


def test_a_sentence_alone_in_its_row_is_no_row_of_a_table(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = one(loaded, text(SENTENCE), text("Vem") + text("När"))
    assert texts_of(document, "row") == ["Vem\tNär"]
    assert SENTENCE in document.text


def test_rows_are_a_table_to_the_reader_however_many_are_alike(loaded: LoadBytes) -> None:
    # On a page, as many short lines that return are a menu.
    rows = [text(f"Norrsken {n % 20} AB") + text("ska leverera planen senast i maj") for n in range(600)]
    document = one(loaded, *rows)
    reading = read_loaded(document)
    assert {line.zone for line in reading.lines[2:]} == {"table"}
    assert len(reading.facts.commitments) >= 20
    assert not read_loaded(replace(document, regions=())).facts.commitments


def test_hidden_sheets_rows_and_columns_are_left_out_and_told(loaded: LoadBytes) -> None:
    shown = sheet(
        text("Vem", "A1") + text("Lön", "B1") + text("När", "C1"),
        f'<row hidden="1">{text("Dold rad")}</row>',
        before='<cols><col min="2" max="2" hidden="1"/></cols>',
    )
    sheets = {"Plan": shown, "Löner": sheet(text("Hemligt")), "Mall": sheet(text("Hemligare"))}
    document = loaded("x.xlsx", workbook(sheets, states={"Löner": "hidden", "Mall": "veryHidden"}))
    assert document.text == "Plan\n\nVem\t\tNär"
    assert document.warnings == (
        ("hidden-sheets", "sheets that are hidden are not read: Löner, Mall"),
        ("hidden-cells", "rows and columns that are hidden are not read"),
    )


def test_formulas_that_were_never_calculated_are_told(loaded: LoadBytes) -> None:
    document = one(loaded, text("Summa") + "<c><f>SUM(A1:A9)</f></c>")
    assert document.text.endswith("Summa")
    assert document.warnings == (
        ("formulas-without-values", "1 formulas have no stored value; open it in Excel and save it again"),
    )


def test_comments_are_told(loaded: LoadBytes) -> None:
    links = relations(("c", "comments", "../comments1.xml"))
    document = one(loaded, text("a"), **{"xl/worksheets/_rels/sheet1.xml.rels": links})
    assert document.warnings == (("comments-left-out", "its comments are not read"),)


def test_title_and_day_of_its_properties(loaded: LoadBytes) -> None:
    core = CORE.format(title="Avtalslista", created="2026-03-02T08:00:00Z", modified="2026-03-03T08:00:00Z")
    document = one(loaded, text("a"), **{"core.xml": core})
    assert (document.title, document.metadata_day, document.metadata_source) == (
        "Avtalslista", "2026-03-02", "xlsx created"
    )  # fmt: skip


def reason_of(file: MakeFile, data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableFile) as caught:
        load(file("x.xlsx", data), limits=limits or Limits())
    return caught.value.reason


def test_too_many_cells(file: MakeFile) -> None:
    data = workbook({"Blad1": sheet(*[text("a") + text("b")] * 6)})
    assert reason_of(file, data, Limits(max_cells=11)) == (
        "holds more than 11 cells; save the sheets or rows that matter as a file of their own"
    )
    assert load(file("y.xlsx", data), limits=Limits(max_cells=12)).text


def test_one_long_text_in_many_cells(file: MakeFile) -> None:
    row = value("0", "s") * 1_000
    data = workbook({"Blad1": sheet(*[row] * 5)}, strings=f"<si><t>{'å' * 30_000}</t></si>")
    assert "holds more than 5,000,000 characters of text" in reason_of(file, data)


def test_nothing_shown(file: MakeFile) -> None:
    hidden = workbook({"Blad1": sheet(text("a"))}, states={"Blad1": "hidden"})
    assert reason_of(file, hidden) == "holds no text but in hidden sheets; show them in Excel and save it again"
    assert reason_of(file, workbook({"Blad1": sheet()})) == "holds no text; check that it is the right file"
    picture = workbook({"Blad1": sheet()}, **{"xl/media/image1.png": b"x"})
    assert "only pictures" in reason_of(file, picture)


def test_a_sheet_of_many_rows_is_loaded_and_of_too_many_refused(file: MakeFile) -> None:
    row = value("0", "s") + value("46112", style=1) + text("Norrsken AB") + value("12.5") * 7
    made = {count: sheet(*[row] * count) for count in (9_000, 10_100)}
    files = {n: workbook({"Blad1": rows}, strings=SHARED, codes=("yyyy-mm-dd",)) for n, rows in made.items()}
    document = load(file("x.xlsx", files[9_000]))
    assert document.text.count("\n") == 9_001
    assert "holds more than 100,000 cells" in reason_of(file, files[10_100])
