"""The document's day: given, printed, metadata, unknown, in the contract's order."""

from __future__ import annotations

import pytest

from handslag.reading.day import DocumentDay, document_day
from handslag.reading.loading import LoadedDocument

PRINTED = "Publicerad: 3 oktober 2026\nAlmi ska svara."
SILENT = "Almi ska svara."


def day(
    text: str = SILENT, *, line: str = "", metadata: str = "", said_on: str | None = None, is_fallback: bool = False
) -> tuple[DocumentDay, list[str]]:
    """The day, and the codes of the warnings."""
    loaded = LoadedDocument("sida.txt", "0" * 64, "txt", text, metadata_day=metadata, given_day=line)
    found, notices = document_day(loaded, "sv", said_on, is_fallback)
    return found, [notice.code for notice in notices]


@pytest.mark.parametrize(
    ("found", "said_on", "basis"),
    [
        (day(PRINTED, line="2026-10-02", metadata="2026-10-04", said_on="2026-10-01"), "2026-10-01", "given"),
        (day(PRINTED, line="2026-10-02", metadata="2026-10-04"), "2026-10-02", "given"),
        (day(PRINTED, metadata="2026-10-04"), "2026-10-03", "printed"),
        (day(metadata="2026-10-04"), "2026-10-04", "metadata"),
        (day(), "", "unknown"),
    ],
    ids=["option", "first line", "printed", "metadata", "nothing"],
)
def test_the_first_that_is_known_in_the_contracts_order_is_the_day(
    found: tuple[DocumentDay, list[str]], said_on: str, basis: str
) -> None:
    assert (found[0].said_on, found[0].basis) == (said_on, basis)


@pytest.mark.parametrize(
    ("found", "said_on", "basis"),
    [
        (day(PRINTED, said_on="2026-10-01", is_fallback=True), "2026-10-03", "printed"),
        (day(line="2026-10-02", said_on="2026-10-01", is_fallback=True), "2026-10-02", "given"),
        (day(metadata="2026-10-04", said_on="2026-10-01", is_fallback=True), "2026-10-04", "metadata"),
        (day(said_on="2026-10-01", is_fallback=True), "2026-10-01", "given"),
    ],
    ids=["printed", "first line", "metadata", "nothing else"],
)
def test_a_folders_day_counts_only_where_the_page_gives_none(
    found: tuple[DocumentDay, list[str]], said_on: str, basis: str
) -> None:
    assert (found[0].said_on, found[0].basis) == (said_on, basis)
    assert found[1] == []


@pytest.mark.parametrize("how", [{"said_on": "2026-10-01"}, {"line": "2026-10-01"}])
def test_where_the_given_and_the_printed_day_differ_both_are_kept_and_a_warning_is_listed(how: dict[str, str]) -> None:
    found, codes = day(PRINTED, **how)
    assert (found.said_on, found.printed) == ("2026-10-01", "3 oktober 2026")
    assert codes == ["day-differs"]


def test_the_warning_names_both_days() -> None:
    loaded = LoadedDocument("sida.txt", "0" * 64, "txt", PRINTED)
    _, (notice,) = document_day(loaded, "sv", "2026-10-01", False)
    assert "2026-10-01" in notice.message
    assert "2026-10-03" in notice.message


def test_days_that_agree_give_no_warning() -> None:
    assert day(PRINTED, said_on="2026-10-03")[1] == []
    assert day(PRINTED, metadata="2026-10-09")[1] == []


@pytest.mark.parametrize(
    ("said_on", "precision", "counted_from"),
    [("2026-10-08", "day", "2026-10-08"), ("2026-10", "month", ""), ("2026", "year", ""), ("", "unknown", "")],
)
def test_only_a_day_is_counted_from(said_on: str, precision: str, counted_from: str) -> None:
    found, _ = day(said_on=said_on or None)
    assert (found.said_on, found.precision, found.iso_day) == (said_on, precision, counted_from)


def test_an_english_page_prints_its_day_too() -> None:
    loaded = LoadedDocument("page.txt", "0" * 64, "txt", "Published: Thursday, October 8, 2026\nAlmi will answer.")
    found, _ = document_day(loaded, "en", None, False)
    assert (found.said_on, found.basis, found.precision) == ("2026-10-08", "printed", "day")
    assert found.printed in loaded.text


@pytest.mark.parametrize("text", ["", "\n\n", "\x0c", "2026", "0000-00-00", "99 oktober 9999"])
def test_a_text_without_a_day_has_none(text: str) -> None:
    assert day(text)[0] == DocumentDay("", "unknown", "unknown", "")
