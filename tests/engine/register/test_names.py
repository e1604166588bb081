from __future__ import annotations

import pytest

from handslag.register.name_keys import NameKey, organisation_keys, person_keys
from handslag.register.names import acronyms_of, folded_name, person_parts


def keys_of(name: str, *aliases: str, language: str = "sv") -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, key in organisation_keys(name, aliases, language):
        found.setdefault(kind, set()).add(key)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Region  Skåne", "REGION SKA\u030aNE"),
        ("Ek\u2013Lunds fond", "Ek-Lunds\u00a0fond"),
        ("väst\u00adregionen", "Västregionen"),
        ("Guy’s Hospital", "Guy's Hospital"),
    ],
)
def test_one_printed_name_has_one_form(one: str, other: str) -> None:
    assert folded_name(one) == folded_name(other)


def test_accents_tell_printed_names_apart() -> None:
    assert folded_name("Västerås") != folded_name("Vasteras")
    assert folded_name("Ek & Lund") != folded_name("Ek och Lund")


def test_a_name_is_found_with_and_without_accents() -> None:
    keys = keys_of("Skånes Universitetssjukhus")
    assert keys["folded"] == {"skånes universitetssjukhus"}
    assert keys["unaccented"] == {"skanes universitetssjukhus"}
    assert keys_of("Sjællands Hospital")["unaccented"] == {"sjaellands hospital"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bolaget AB (publ)", "Bolaget"),
        ("Aktiebolaget Bolaget", "Bolaget Ltd."),
        ("Bolaget GmbH", "Bolaget, Inc."),
        ("Lunds Bolag A/S", "Lund Bolag"),
        ("Stiftelsen Almgrens minne", "Almgren minne Foundation"),
    ],
)
def test_the_core_is_the_same_without_legal_form_foundation_and_genitive(one: str, other: str) -> None:
    assert keys_of(one)["core"] == keys_of(other)["core"]


def test_a_name_is_found_in_the_other_language() -> None:
    assert keys_of("Skånes universitetssjukhus")["meaning"] == keys_of("Skåne University Hospital")["meaning"]
    assert keys_of("Läkemedelsverket")["meaning"] == keys_of("Swedish Medical Products Agency")["meaning"]
    assert keys_of("Region Skåne")["meaning"] != keys_of("Region Halland")["meaning"]


def test_a_name_of_nothing_but_a_legal_form_keeps_it() -> None:
    assert keys_of("AB")["core"] == {"ab"}
    assert keys_of("Fonden")["core"] == {"fonden"}


def test_an_acronym_is_made_of_the_words_and_read_where_it_is_printed() -> None:
    assert "msb" in keys_of("Myndigheten för samhällsskydd och beredskap")["acronym"]
    assert keys_of("MSB")["acronym"] == {"msb"}
    assert "fnh" in acronyms_of("Nordisk hälsa (FNH)")
    assert "acronym" not in keys_of("Hemlösa")
    assert NameKey("acronym", "emc") in organisation_keys("Bolaget", ["Ekby Medical Centre"], "en")


def test_a_name_without_letters_has_no_keys() -> None:
    assert organisation_keys("–", [], "sv") == ()
    assert person_keys("", []) == ()


@pytest.mark.parametrize(
    ("name", "given", "surname"),
    [
        ("Professor Anna Almgren", ("anna",), ("almgren",)),
        ("Almgren, Anna", ("anna",), ("almgren",)),
        ("Carl-Johan von Ekby", ("carl", "johan"), ("von", "ekby")),
        ("Åsa Ek-Lund", ("asa",), ("ek", "lund")),
        ("A. B. Ek", ("a", "b"), ("ek",)),
        ("Bo", (), ("bo",)),
    ],
)
def test_a_persons_name_has_given_names_and_a_surname(
    name: str, given: tuple[str, ...], surname: tuple[str, ...]
) -> None:
    assert person_parts(name) == (given, surname)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Anna Almgren", "Almgren, A.", "surname+initial"),
        ("Anna Ek-Lund", "Anna Ek", "surname+initial"),
        ("Kristina Qvist", "Christina Kvist", "sounds"),
        ("Mats Carlsson", "Mats Karlson", "sounds"),
        ("Åke Dahl", "Ake Dahl", "unaccented"),
    ],
)
def test_two_writings_of_a_person_share_a_key(one: str, other: str, kind: str) -> None:
    shared = set(person_keys(one, [])) & set(person_keys(other, []))
    assert kind in {key.kind for key in shared}


def test_persons_of_different_names_share_no_key() -> None:
    assert not set(person_keys("Anna Almgren", [])) & set(person_keys("Bo Almgren", []))
