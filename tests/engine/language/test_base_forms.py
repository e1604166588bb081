"""Base forms: values without soft hyphens and doubled spaces, names without a genitive s but with their own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.base_forms import folded, plain, without_genitive


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("  Region\n Skåne ", "Region Skåne"),
        ("14\u00a0miljoner\u202fkronor", "14 miljoner kronor"),
        ("läke\u00admedels\u00adverket", "läkemedelsverket"),
        ("non\u2011breaking", "non-breaking"),
        ("A\u030angstro\u0308m", "Ångström"),
        ("Almi, ", "Almi"),
        ("senast: ", "senast"),
        ("", ""),
    ],
)
def test_a_value_is_plain(printed: str, value: str) -> None:
    assert plain(printed) == value


def test_case_is_folded_to_compare_by() -> None:
    assert folded("REGION  SKÅNE") == folded("Region Skåne") == "region skåne"


@given(st.text())
def test_a_plain_value_stays_as_it_is(text: str) -> None:
    value = plain(text)
    assert plain(value) == value
    assert unicodedata.is_normalized("NFC", value)
    assert "\u00ad" not in value
    assert value == " ".join(value.split())


@pytest.mark.parametrize(
    ("printed", "base", "language", "kind"),
    [
        ("Region Skånes", "Region Skåne", "sv", "ORG"),
        ("Vinnovas", "Vinnova", "sv", "ORG"),
        ("Lunds universitets", "Lunds universitet", "sv", "ORG"),
        ("Socialstyrelsens", "Socialstyrelsen", "sv", "ORG"),
        ("Karolinska Institutets", "Karolinska Institutet", "sv", "ORG"),
        ("Anna Anderssons", "Anna Andersson", "sv", "PER"),
        ("Karin Bergs", "Karin Berg", "sv", "PER"),
        ("AstraZeneca's", "AstraZeneca", "en", "ORG"),
        ("O’Neill’s", "O’Neill", "en", "PER"),
    ],
)
def test_a_genitive_s_goes(printed: str, base: str, language: str, kind: str) -> None:
    assert without_genitive(printed, set(), language, kind, followed_by_noun=True) == base


@pytest.mark.parametrize(
    ("name", "language", "kind"),
    [
        ("Chalmers", "sv", "ORG"),
        ("Siemens", "sv", "ORG"),
        ("SAS", "sv", "ORG"),
        ("Dalhamn Biosystems", "sv", "ORG"),
        ("Dalhamn Therapeutics", "sv", "ORG"),
        ("Lars", "sv", "PER"),
        ("Mats", "sv", "PER"),
        ("Karin Almius", "sv", "PER"),
        ("Hans Jonas", "sv", "PER"),
        ("Business Wales", "en", "ORG"),
        ("ABS", "sv", "ORG"),
        ("Ås", "sv", "ORG"),
    ],
)
@pytest.mark.parametrize("followed_by_noun", [True, False])
def test_a_names_own_s_stays(name: str, language: str, kind: str, followed_by_noun: bool) -> None:
    assert without_genitive(name, set(), language, kind, followed_by_noun=followed_by_noun) == name


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_form_that_the_page_prints_without_its_s_is_the_base_form(language: str) -> None:
    assert without_genitive("Almis", {"almi"}, language, "ORG", followed_by_noun=False) == "Almi"


@given(st.text(), st.sampled_from(["sv", "en", "fi"]), st.sampled_from(["PER", "ORG"]), st.booleans())
def test_a_base_form_is_the_beginning_of_the_name(name: str, language: str, kind: str, followed_by_noun: bool) -> None:
    base = without_genitive(name, set(), language, kind, followed_by_noun=followed_by_noun)
    assert name.startswith(base)
    assert len(name) - len(base) <= 2
