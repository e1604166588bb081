"""Whatever the text: no error, every passage verbatim, the same again. Real pages, damaged in many ways, and no pages at all."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.example_counts import examples

from handslag.reading.loading import LoadedDocument, load
from handslag.reading.output import as_json
from handslag.reading.reader import read_loaded
from handslag.reading.results import Reading

MakeDocument = Callable[..., LoadedDocument]
Check = Callable[[Reading], None]

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
PAGES = sorted(CORPUS.glob("*.txt"))
JUNK = (
    "\u00ad",
    "\u00a0",
    "\u200b",
    "\u0301",
    "\ufeff",
    "\x0c",
    "\t",
    "   ",
    "”",
    "– ",
    "(",
    "§ ",
    "1. ",
    "\U0001f600",
    "ß",
    "İ",
    "ﬁ",
    "\ud800",
)


def cut(text: str, rng: random.Random) -> str:
    start, end = sorted(rng.choices(range(len(text) + 1), k=2))
    return text[start:end]


def without(text: str, rng: random.Random) -> str:
    start = rng.randrange(len(text) + 1)
    return text[:start] + text[start + rng.randrange(200) :]


def with_junk(text: str, rng: random.Random) -> str:
    characters = list(text)
    for _ in range(1 + len(text) // 60):
        characters.insert(rng.randrange(len(characters) + 1), rng.choice(JUNK))
    return "".join(characters)


def shuffled(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def side_by_side(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    width = rng.randint(20, 50)
    half = len(lines) // 2
    return "\n".join(
        f"{left[:width]:{width + 4}}{right[:width]}" for left, right in zip(lines[:half], lines[half:], strict=False)
    )


def wrapped(text: str, rng: random.Random) -> str:
    width = rng.randint(5, 70)
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


DAMAGES: dict[str, Callable[[str, random.Random], str]] = {
    "cut": cut,
    "with a hole": without,
    "with junk": with_junk,
    "shuffled": shuffled,
    "in two columns": side_by_side,
    "wrapped": wrapped,
    "on one line": lambda text, _: text.replace("\n", " "),
    "a word a line": lambda text, _: "\n".join(text.split()),
    "with tabs": lambda text, _: text.replace("  ", "\t").replace(". ", ".\t"),
    "in capitals": lambda text, _: text.upper(),
    "in small letters": lambda text, _: text.lower(),
    "without full stops": lambda text, _: text.replace(".", ""),
    "twice": lambda text, _: text + "\n" + text,
    "backwards": lambda text, _: text[::-1],
}


def test_the_corpus_is_there() -> None:
    assert len(PAGES) >= 200


@pytest.mark.parametrize("damage", DAMAGES)
@settings(max_examples=examples(4), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(page=st.sampled_from(PAGES), rng=st.randoms(use_true_random=False))
def test_a_damaged_page_is_read_without_error_and_all_passages_are_verbatim(
    damage: str, page: Path, rng: random.Random, document: MakeDocument, assert_sound: Check
) -> None:
    reading = read_loaded(document(DAMAGES[damage](page.read_text("utf-8"), rng)))
    assert_sound(reading)


@settings(max_examples=examples(8), suppress_health_check=[HealthCheck.too_slow])
@given(page=st.sampled_from(PAGES), said_on=st.sampled_from([None, "2026-10-08", "2026-10", "2026"]))
def test_a_real_page_is_read_the_same_twice(
    page: Path, said_on: str | None, document: MakeDocument, assert_sound: Check
) -> None:
    loaded = document(page.read_text("utf-8"))
    reading = read_loaded(loaded, said_on=said_on)
    assert_sound(reading)
    assert as_json(read_loaded(loaded, said_on=said_on)) == as_json(reading)


PIECES = (
    *(
        "Region Skåne",
        "Almi",
        "Anna Lind",
        "Dr. Bo Ek",
        "AB",
        "(publ)",
        "vd",
        "CEO",
        "Dalhamn AB",
        "the",
        "och",
        "Lunds universitet",
    ),
    *(
        "ska",
        "will",
        "har beslutat att",
        "lovar",
        "may include",
        "hoppas",
        "inte",
        "om",
        "if",
        "avsätta",
        "sign",
        "avtal",
        "agreement",
    ),
    *(
        "14 miljoner kronor",
        "SEK 3m",
        "10–20 %",
        "2026-10-08",
        "den 3 maj",
        "Q3",
        "vecka 12",
        "tio",
        "möte",
        "conference",
        "inställt",
    ),
    *(
        "säger",
        "says",
        "”",
        "“",
        '"',
        "–",
        "»",
        "'",
        ",",
        ".",
        ":",
        ";",
        "?",
        "!",
        "(",
        ")",
        "-",
        "•",
        "1.",
        "§",
        "|",
        "@",
        "#",
        "/",
        "&",
    ),
    *(
        " ",
        " ",
        " ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n",
        "\n\n",
        "\u00a0",
        "\u00ad",
        "\u200b",
        "\u0301",
        "\U0001f600",
        "\ud800",
        "\x00",
    ),
)


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(
    text=st.lists(st.sampled_from(PIECES), max_size=150).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=80).map(" ".join)
)
def test_words_of_pages_thrown_together_are_read_without_error(
    text: str, document: MakeDocument, assert_sound: Check
) -> None:
    assert_sound(read_loaded(document("Det här är en sida som ska läsas och som är på svenska.\n" + text)))
    assert_sound(
        read_loaded(
            document("This is a page that is to be read and that is in English.\n" + text, given_day="2026-10-08")
        )
    )


@settings(max_examples=examples(30))
@given(text=st.text())
def test_any_text_at_all_is_read_without_error(text: str, document: MakeDocument, assert_sound: Check) -> None:
    assert_sound(read_loaded(document(text)))


def test_line_ends_of_any_system_are_line_feeds_by_the_time_a_page_is_read(tmp_path: Path, assert_sound: Check) -> None:
    page = PAGES[0].read_text("utf-8")
    readings = []
    for name, ending in (("unix", "\n"), ("windows", "\r\n"), ("mac", "\r")):
        file = tmp_path / f"{name}.txt"
        file.write_bytes(page.replace("\n", ending).encode())
        readings.append(read_loaded(load(file)))
        assert_sound(readings[-1])
    assert readings[0].text == page
    assert readings[0].text == readings[1].text == readings[2].text
    assert readings[0].facts == readings[1].facts == readings[2].facts


@pytest.mark.parametrize("size", [20_000])
@pytest.mark.parametrize(
    "line",
    ["Almi ", "a", "1 ", "– ", "Region Skåne och ", "(", "”", "Anna Lind, ", "ska ", "2026-10-08 ", "\u00a0", "x\t"],
)
def test_one_very_long_line_is_read_in_good_time(
    line: str, size: int, document: MakeDocument, assert_sound: Check
) -> None:
    text = "Det här är en sida som ska läsas och som är på svenska.\n" + line * (size // len(line))
    # A step that takes the square of it would meet the time limit of the test run.
    assert_sound(read_loaded(document(text)))
