"""Menus: thousands of lines without a sentence are furniture; a page, a programme and a list of people are not."""

from __future__ import annotations

import pytest

from handslag.reading.menus import is_menu

ENTRIES = [
    "Hem",
    "Om oss",
    "Kontakta oss",
    "Nyheter",
    "Log in",
    "Karolinska Institutet",
    "För företag",
    "Dela",
    "Läs mer",
    "•",
]
PROSE = "Parterna ska under nästa år avsätta pengar till en testbädd."


@pytest.mark.parametrize(
    "lines",
    [
        ENTRIES * 1000,
        ["Hem"] * 10_000,
        [f"Menyval {i}" for i in range(10_000)],
        ["Hem | Om oss | Nyheter | Kontakta oss | För företag | För studenter"] * 300,
        ["Hem   Om oss   Nyheter   Kontakta oss   För företag   För studenter"] * 300,
        ENTRIES * 1000 + [PROSE] * 20,
    ],
    ids=["entries", "one entry", "all different", "bars", "gaps", "with a few sentences"],
)
def test_many_lines_of_which_hardly_any_is_prose_are_a_menu(lines: list[str]) -> None:
    assert is_menu(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ENTRIES,
        [f"Anna{i} Lind, vd, Dalhamn {i}" for i in range(1500)],
        [f"{i // 60:02d}.{i % 60:02d}  Inledning {i}" for i in range(600)],
        [PROSE, *ENTRIES] * 1000,
        ["Parterna ska under nästa år avsätta pengar till en"] * 5000,
    ],
    ids=["nothing", "a short menu", "people", "a programme", "a page over and over", "wrapped prose"],
)
def test_other_lines_are_not(lines: list[str]) -> None:
    assert not is_menu(lines)
