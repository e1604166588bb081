"""Old and odd encodings, told from the bytes alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.reading.loading import LoadedDocument
from handslag.reading.loading.encoding import decode

LoadBytes = Callable[..., LoadedDocument]

SWEDISH = "Överläkare Åsa Öberg på Östra sjukhuset säger att läkemedlen når äldre först i maj – ”vi får vänta”.\n"
ENGLISH = "The region’s “life science” office – café included – pays £3m for a naïve test.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("text", [SWEDISH, ENGLISH])
def test_texts_come_through(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "latin-1"])
def test_swedish_of_older_machines_comes_through(encoding: str) -> None:
    text = "Överläkare Åsa Öberg på Östra sjukhuset säger att läkemedlen når äldre först i maj.\n"
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("text", ["Åre", "på", "”Ja”", "5 € – 7 €", "naïve café", "50 % · 3 °C", "straße"])
def test_few_letters_are_windows(text: str) -> None:
    # One or two odd bytes are no evidence for anything rarer.
    assert decode(text.encode("cp1252"))[0] == text


def test_the_euro_sign_of_iso_8859_15_is_read() -> None:
    assert decode("Stödet är 5 miljoner €.".encode("iso8859_15"))[0] == "Stödet är 5 miljoner €."


def test_bytes_that_windows_leaves_open_are_control_characters() -> None:
    assert decode(b"a\x81b \xe5\xe4\xf6 c\x9dd")[0] == "a\x81b åäö c\x9dd"


def test_a_cut_file_keeps_what_is_whole() -> None:
    text, name, warnings = decode("Region Skåne och Västra Götaland på".encode()[:-4])
    assert (text, name) == ("Region Skåne och Västra Götaland", "utf-8")
    assert warnings == ()
    text, _, warnings = decode("Region Skåne och Västra Götaland så".encode()[:-1])
    assert text == "Region Skåne och Västra Götaland s\ufffd"
    assert [code for code, _ in warnings] == ["encoding-damaged"]


def test_a_text_pasted_from_two_encodings_keeps_both() -> None:
    mixed = "Vårdförbundet möter Läkarförbundet på Åland. ".encode() + "Skåne".encode("cp1252")
    text, _, warnings = decode(mixed)
    assert text == "Vårdförbundet möter Läkarförbundet på Åland. Skåne"
    place = mixed.index(b"\xe5ne")
    assert warnings[0][1] == f"one place is not UTF-8, the first at byte {place}; save the file as UTF-8"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("ISO-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("iso-8859-15", "iso8859_15"), ("utf-8", "cp1252")],
)
def test_a_page_is_read_as_declared_or_as_it_really_is(loaded: LoadBytes, declared: str, encoding: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>Åtgärder för 5 € på Östra sjukhuset.</p>'
    assert loaded("sida.html", page.encode(encoding)).text == "Åtgärder för 5 € på Östra sjukhuset."
    assert loaded("sida.html", page.encode("utf-8")).text == "Åtgärder för 5 € på Östra sjukhuset."


@pytest.mark.parametrize("name", ["utf-7", "unicode_escape", "rot13", "zip", "idna", "../../etc/passwd", "x" * 1000])
def test_a_page_cannot_choose_any_codec(loaded: LoadBytes, name: str) -> None:
    page = f'<meta charset="{name}"><p>a+AGI-b \\u0041 på Åland</p>'.encode("cp1252")
    assert loaded("sida.html", page).text == "a+AGI-b \\u0041 på Åland"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_always_comes_through(text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert decode(text.encode("utf-8"))[0] == text


@given(st.binary(), st.sampled_from(["", "utf-8", "utf-16", "latin-1", "gb18030", "shift_jis", "cp1252", "koi8-r"]))
def test_any_bytes_become_some_text(data: bytes, declared: str) -> None:
    text, _, _ = decode(data, declared)
    text.encode("utf-8")
    assert decode(data, declared)[0] == text
