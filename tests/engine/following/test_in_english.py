"""Swedish word for word in English."""

from __future__ import annotations

import pytest

from handslag.following.linking.in_english import in_english


def test_english_stays_as_it_is() -> None:
    assert in_english("The  nurses are here.", "en") == "The  nurses are here."


@pytest.mark.parametrize(
    ("swedish", "english"),
    [
        ("Fem sjuksköterskor är på plats i Ljungvik.", "five nurse is in place in Ljungvik ."),
        ("Regionen har rekryterat läkare.", "region has recruited doctor ."),
        ("Regionen rekryterade läkare i går.", "region recruited doctor yesterday ."),
        ("Läkare rekryteras nu.", "doctor is recruited now ."),
        ("Läkare har rekryterats.", "doctor has been recruited ."),
        ("Fabriken byggs, byggdes och har byggts.", "factory is built , was built and has been built ."),
        ("Bolaget köper, köpte och har köpt.", "company buys , bought and has bought ."),
        ("Mötet ställdes in.", "the meeting was cancelled ."),
        ("Starten har skjutits upp.", "the start has been postponed ."),
        ("Vi hade hoppats.", "we had hoped ."),
        ("De tar över.", "they takes over ."),
        ("Det gäller.", "it applies ."),
        ("Bolaget genomför planen.", "company carries out the plan ."),
        ("Ljungvik och kvasten", "Ljungvik and kvasten"),
        ("", ""),
    ],
)
def test_tense_and_voice_are_kept_and_what_is_not_known_stands(swedish: str, english: str) -> None:
    assert in_english(swedish, "sv") == english


def test_a_compound_becomes_its_parts() -> None:
    assert set(in_english("forskningssjuksköterskor", "sv").split()) >= {"nurse", "research"}
