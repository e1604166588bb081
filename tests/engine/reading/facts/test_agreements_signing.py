"""Who signed an agreement, where it is said outright, and what "for a party" is not."""

from __future__ import annotations

import pytest

from handslag.reading.loading.document import LoadedDocument
from handslag.reading.reader import read_loaded
from handslag.reading.results import AgreementFact

SWEDISH = "Avtal om hälsodata\n\n12 oktober 2026\n\nSverige och Norge har i dag ingått ett avtal om hälsodata. {}\n"
ENGLISH = "Agreement on health data\n\n12 October 2026\n\nSweden and Norway have today concluded an agreement on health data. {}\n"  # fmt: skip


def agreement_of(page: str, words: str) -> AgreementFact:
    document = LoadedDocument(path="page.txt", sha256="a" * 64, format="txt", text=page.format(words))
    (agreement,) = read_loaded(document, said_on="2026-10-12").agreements
    return agreement


@pytest.mark.parametrize(
    ("page", "words", "signed"),
    [
        (SWEDISH, "Utbildningsminister Asta Ekdal undertecknade avtalet för Sveriges del.", ("Asta Ekdal",)),
        (SWEDISH, "Asta Ekdal och Pelle Lindmo har undertecknat avtalet.", ("Asta Ekdal", "Pelle Lindmo")),
        (SWEDISH, "Asta Ekdal undertecknade inte avtalet.", ()),
        (SWEDISH, "Värd var landshövding Britta Gran.", ()),
        (ENGLISH, "Minister for Education Asta Ekdal signed the agreement for Sweden.", ("Asta Ekdal",)),
        (ENGLISH, "Asta Ekdal has not signed the agreement.", ()),
        (ENGLISH, "Britta Gran signed the guest book.", ()),
    ],
)
def test_who_is_said_outright_to_sign_is_a_signatory(page: str, words: str, signed: tuple[str, ...]) -> None:
    assert agreement_of(page, words).signatories == signed


@pytest.mark.parametrize(
    ("page", "words", "area"),
    [
        (SWEDISH, "Utbildningsminister Asta Ekdal undertecknade avtalet för Sveriges del.", "hälsodata"),
        (ENGLISH, "Minister for Education Asta Ekdal signed the agreement for Sweden.", "health data"),
    ],
)
def test_for_whom_somebody_signs_is_no_area_and_an_area_is_told_once(page: str, words: str, area: str) -> None:
    assert agreement_of(page, words).areas == (area,)
