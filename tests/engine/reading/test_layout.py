"""Layout: flattened lines put together again as a person reads them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.reading.layout import Block, blocks_of, cells_of, lines_of

WRAPPED = {
    "sv": """\
Stiftelsen Dalhamn och Region Österdalen har i dag skrivit avtal om en
gemensam testbädd för hälsodata i Almvik. Parterna ska under nästa år
avsätta 14 miljoner kronor.""",
    "en": """\
The Dalhamn Foundation and the Region of Osterdalen have today signed an
agreement on a joint test bed for health data. Next year the parties will
set aside SEK 14 million.""",
}
COLUMNS = """\
Stiftelsen Dalhamn har skrivit avtal       The parties will meet in the spring
om en testbädd för hälsodata i Almvik      and decide on the next steps of the
med Region Österdalen. Avtalet gäller      project. A report will be published
i tre år och kan förlängas. Parterna       before the summer of next year, says
ska avsätta pengar varje år.               the chair of the steering group."""
PIECES = ["a", "A", "é", ".", ",", ":", "-", "1. ", "• ", "ord ", " ", "  ", "    ", "\t", "\u00a0", "\n", "\n\n"]
GRIDS = st.lists(st.sampled_from(PIECES), max_size=120).map("".join)


def blocks(text: str) -> list[Block]:
    return blocks_of(text, lines_of(text))


def read(text: str) -> list[list[str]]:
    return [[text[start:end] for start, end in block.fragments] for block in blocks(text)]


def test_lines_partition_the_text() -> None:
    text = "Ett\n\n två \r\nTre"
    assert [text[line.start : line.end] for line in lines_of(text)] == text.split("\n")
    assert [line.number for line in lines_of(text)] == [1, 2, 3, 4]
    assert [line.number for line in lines_of(text) if line.is_empty] == [2]


@given(st.text())
def test_lines_partition_any_text(text: str) -> None:
    lines = lines_of(text)
    assert "\n".join(text[line.start : line.end] for line in lines) == text
    assert all(after.start == before.end + 1 for before, after in pairwise(lines))


@pytest.mark.parametrize("language", WRAPPED)
def test_the_lines_of_a_wrapped_paragraph_are_one_block(language: str) -> None:
    assert read(WRAPPED[language]) == [WRAPPED[language].split("\n")]


def test_a_blank_line_ends_a_block() -> None:
    text = WRAPPED["sv"] + "\n \t\u00a0\n" + WRAPPED["en"]
    assert read(text) == [WRAPPED["sv"].split("\n"), WRAPPED["en"].split("\n")]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = zip(*(line.split("    ", 1) for line in COLUMNS.split("\n")), strict=True)
    assert read(COLUMNS) == [[part.strip() for part in left], [part.strip() for part in right]]


def test_lines_before_and_after_two_columns_stay_whole() -> None:
    text = f"Nyheter från Dalhamn\n\n{COLUMNS}\n\nKontakt"
    assert read(text)[0] == ["Nyheter från Dalhamn"]
    assert read(text)[-1] == ["Kontakt"]
    assert len(read(text)) == 4


def test_a_table_is_not_taken_for_two_columns() -> None:
    text = """\
Anna Lind                  vd
Bo Ek                      ordförande
Karin Söderfalk            ledamot
Nils Åkerö                 ledamot
Eva Bruun                  suppleant"""
    assert all(block.is_row for block in blocks(text))
    assert read(text)[1] == ["Bo Ek", "ordförande"]


@pytest.mark.parametrize(
    "line", ["Anna Lind\tvd\tDalhamn AB", "Anna Lind  vd   Dalhamn AB", "  Anna Lind \t vd\t\tDalhamn AB  "]
)
def test_the_cells_of_a_row_stand_between_tabs_or_runs_of_spaces(line: str) -> None:
    assert read(line) == [["Anna Lind", "vd", "Dalhamn AB"]]
    assert blocks(line)[0].is_row


def test_a_time_before_a_tab_is_a_cell() -> None:
    assert read("09.30\tRegistrering") == [["09.30", "Registrering"]]


def test_hard_spaces_are_no_gap_between_cells() -> None:
    text = "14\u00a0miljoner\u00a0\u00a0kronor"
    assert read(text) == [[text]]
    assert not blocks(text)[0].is_row


@pytest.mark.parametrize(
    "text",
    [
        "Detta är en mening med mer än fyrtio bokstäver.  Efter den står två blanksteg.",
        "1.  Öppnande",
        "•  Punkt ett",
        "2.\tSyfte med avtalet",
        "a)\tförsta punkten",
    ],
)
def test_a_doubled_space_after_a_full_stop_or_an_items_mark_makes_no_cells(text: str) -> None:
    assert read(text) == [[text]]
    assert not blocks(text)[0].is_row


@pytest.mark.parametrize(
    "mark", ["1.", "12.", "3)", "(4)", "a)", "b.", "iv)", "1.2", "2.3.1", "§ 4", "-", "–", "•", "▪", "*"]
)
def test_every_item_of_a_list_stands_alone(mark: str) -> None:
    before = "Nämnden beslutade vid mötet om följande tre saker som alla ska vara"
    items = [f"{mark} anta planen för testbädden och de medel som den kostar varje år", f"{mark} avsluta mötet"]
    assert read("\n".join([before, *items])) == [[before], [items[0]], [items[1]]]


def test_a_wrapped_item_goes_on_in_its_next_line() -> None:
    text = "• avsätta medel för en gemensam testbädd i Almvik under\n  nästa år\n• avsluta mötet"
    assert read(text) == [["• avsätta medel för en gemensam testbädd i Almvik under", "nästa år"], ["• avsluta mötet"]]


def test_the_headings_of_minutes_stand_alone() -> None:
    text = """\
1. Öppnande
Ordföranden hälsade välkommen och förklarade mötet öppnat klockan nio på morgonen.
2. Val av justerare
Till justerare valdes Anna Lind."""
    assert read(text) == [[line] for line in text.split("\n")]


def test_a_list_of_headlines_is_not_one_paragraph() -> None:
    text = """\
Dalhamn öppnar en testbädd för hälsodata i samarbete med regionen
Almi går in med tolv miljoner kronor i ett bolag från Österdalen
Karolinska inleder en studie av läkemedlet mot ovanliga sjukdomar"""
    assert read(text) == [[line] for line in text.split("\n")]


@pytest.mark.parametrize("hyphen", ["-", "\u00ad"])
def test_a_word_broken_at_a_lines_end_goes_on_in_the_next(hyphen: str) -> None:
    text = f"Avtalet gäller läkemedels{hyphen}\nverket och regionen."
    assert read(text) == [text.split("\n")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\n\u00a0\n\x0c"])
def test_white_space_alone_has_no_blocks(text: str) -> None:
    assert blocks(text) == []


@given(GRIDS)
def test_blocks_hold_every_character_but_white_space_once(text: str) -> None:
    held: list[int] = []
    for block in blocks(text):
        assert block.fragments
        for start, end in block.fragments:
            assert 0 <= start < end <= len(text)
            assert "\n" not in text[start:end]
            held += range(start, end)
    assert len(held) == len(set(held))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(held)


@given(GRIDS)
def test_cells_are_trimmed_of_spaces_and_in_order(text: str) -> None:
    for line in lines_of(text):
        cells = cells_of(text, line)
        assert all(line.start <= start < end <= line.end for start, end in cells)
        assert all(before[1] < after[0] for before, after in pairwise(cells))
        assert all(text[start:end].strip(" \t") == text[start:end] for start, end in cells)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(
            f"En lite längre rubrik här {i % 7}   Om oss är också bra   Kontakt och annat" for i in range(20_000)
        ),
        "\n".join(f"{'x' * (i % 60)}{' ' * 25}y   z" for i in range(20_000)),
        "x" + " " * 200_000 + "\u00a0",
        "x   " * 50_000,
    ],
    ids=["menus in columns", "gaps that wander", "one long gap", "many gaps"],
)
def test_a_long_text_takes_its_length_not_its_square(text: str) -> None:
    # With the square of these the time limit of the test run would end it.
    assert blocks(text)
