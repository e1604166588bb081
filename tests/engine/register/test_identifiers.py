from __future__ import annotations

import string

import pytest

from handslag.register.identifiers import (
    BadIdentifier,
    check_identifier,
    identifier_address,
    scheme_name,
    schemes,
)
from handslag.vocabulary.load import vocabulary


@pytest.mark.parametrize(
    ("scheme", "printed", "normal"),
    [
        ("orgnr", "556012-5790", "556012-5790"),
        ("orgnr", "16 556012 5790", "556012-5790"),
        ("orgnr", "556012–5790", "556012-5790"),
        ("orgnr", "5560125790", "556012-5790"),
        ("ror", "https://ror.org/056D84691", "056d84691"),
        ("ror", "012a77v79", "012a77v79"),
        ("lei", "529900t8bm49aursdo55", "529900T8BM49AURSDO55"),
        ("orcid", "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("orcid", "0000 0002 1694 233x", "0000-0002-1694-233X"),
        ("nct", "nct01234567", "NCT01234567"),
        ("nct", "https://clinicaltrials.gov/study/NCT01234567", "NCT01234567"),
        ("eudract", "2015‑001234‑37", "2015-001234-37"),
        ("euct", "2023-501234-15-00", "2023-501234-15-00"),
    ],
)
def test_what_is_printed_is_brought_to_one_form(scheme: str, printed: str, normal: str) -> None:
    assert check_identifier(scheme, printed) == normal
    assert check_identifier(scheme, normal) == normal


@pytest.mark.parametrize("scheme", ["orgnr", "ror", "lei", "orcid"])
def test_one_wrong_digit_is_seen(scheme: str) -> None:
    normal = str(vocabulary("identifiers")["schemes"][scheme]["expected"])
    for place, letter in enumerate(normal):
        for other in string.digits:
            wrong = normal[:place] + other + normal[place + 1 :]
            if letter.isdigit() and other != letter:
                with pytest.raises(BadIdentifier):
                    check_identifier(scheme, wrong)


@pytest.mark.parametrize(
    ("scheme", "printed", "fault"),
    [
        ("orgnr", "556012-579", "form"),
        ("orgnr", "556012-5791", "check"),
        ("ror", "056d8469", "form"),
        ("ror", "156d84691", "form"),
        ("ror", "056d84692", "check"),
        ("lei", "529900T8BM49AURSDO5", "form"),
        ("orcid", "0000-0002-1825-0098", "check"),
        ("nct", "NCT1234567", "form"),
        ("eudract", "2015-1234-37", "form"),
        ("euct", "2023-401234-15-00", "form"),
        ("isbn", "123", "scheme"),
    ],
)
def test_what_is_wrong_is_said_in_both_languages(scheme: str, printed: str, fault: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        check_identifier(scheme, printed)
    assert refused.value.fault == fault
    assert set(refused.value.text) == {"sv", "en"}
    assert str(refused.value) == refused.value.text["en"] != refused.value.text["sv"]
    assert "{" not in "".join(refused.value.text.values())


@pytest.mark.parametrize("printed", ["811218-9876", "19811218-9876", "16811218-9876", "811218+9876"])
def test_a_personal_identity_number_is_refused_and_not_repeated(printed: str) -> None:
    with pytest.raises(BadIdentifier) as refused:
        check_identifier("orgnr", printed)
    assert refused.value.fault == "person"
    assert not set(string.digits) & set("".join(refused.value.text.values()).replace("2", ""))


def test_every_scheme_has_names_in_both_languages_and_a_page_for_its_example() -> None:
    for scheme in schemes():
        expected = vocabulary("identifiers")["schemes"][scheme]["expected"]
        assert scheme_name(scheme, "sv") != scheme
        assert scheme_name(scheme, "en") != scheme
        assert identifier_address(scheme, expected).startswith("https://")
    assert identifier_address("orgnr", "556012-5790").endswith("/5560125790")


def test_no_address_is_made_for_what_is_no_identifier() -> None:
    with pytest.raises(BadIdentifier):
        identifier_address("ror", "056d84692")
