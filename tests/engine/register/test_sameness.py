from __future__ import annotations

import pytest

from handslag.register.profiles import Profile, Proposal
from handslag.register.sameness import propose_same
from handslag.vocabulary.load import vocabulary


def body(name: str, *aliases: str, **more: object) -> Profile:
    return Profile(kind="organisation", names=(name,), aliases=aliases, **more)  # type: ignore[arg-type]


def person(name: str, *organisations: tuple[str, str]) -> Profile:
    return Profile(kind="person", names=(name,), organisations=organisations)


def codes(proposal: Proposal | None) -> set[str]:
    assert proposal is not None
    return {reason.code for reason in proposal.reasons}


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Region Skåne", "Skåne Region", "other_language"),
        ("Skånes universitetssjukhus", "Skåne University Hospital", "other_language"),
        ("Göteborgs universitet", "University of Gothenburg", "other_language"),
        ("Läkemedelsverket", "Swedish Medical Products Agency", "known_by_both"),
        ("Bolaget AB (publ)", "Bolaget", "other_legal_form"),
        ("Ekbys stiftelse", "The Ekby Foundation", "other_language"),
        ("Ekby Foundation", "The Ekby Foundation", "other_writing"),
        ("EkbyPharma", "Ekby Pharma", "other_writing"),
        ("EMC", "Ekby Medical Centre", "acronym"),
        ("Almgrens forskning", "Almgrens forskning (AF-1)", "same_name"),
        ("Almgren Therapeutics", "Almgren Therapeutcs", "one_letter"),
        ("Uppsala University", "Uppsala Univeristy", "one_letter"),
    ],
)
def test_names_of_one_body_are_proposed_with_the_reason(one: str, other: str, code: str) -> None:
    assert code in codes(propose_same(body(one), body(other)))
    assert code in codes(propose_same(body(other), body(one)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Region Skåne", "Region Halland"),
        ("Umeå universitet", "Luleå universitet"),
        ("Ekby Biotech Nord 2", "Ekby Biotech Nord 3"),
        ("Första AP-fonden", "Andra AP-fonden"),
        ("Svenska sällskapet för medicin", "Danska sällskapet för medicin"),
        ("Almgrens stiftelse", "Almgrens förbund"),
        ("Norra sjukhuset", "Södra sjukhuset"),
    ],
)
def test_names_of_two_bodies_are_not_proposed(one: str, other: str) -> None:
    assert propose_same(body(one), body(other)) is None


def test_two_years_of_one_meeting_are_two_meetings() -> None:
    events = [
        Profile(kind="event", names=(name,)) for name in ("NLSDays 2025", "NLSDays 2026", "NLSDays", "NLSDAYS 2025")
    ]
    assert propose_same(events[0], events[1]) is None
    assert propose_same(events[0], events[2]) is None
    assert propose_same(events[0], events[3]) is not None


def test_a_shared_alias_does_not_join_two_regions() -> None:
    skane = body("Region Skåne", "Regionen", places=("Malmö",), organisation_kinds=("region",))
    halland = body("Region Halland", "Regionen", places=("Malmö",), organisation_kinds=("region",))
    assert propose_same(skane, halland) is None


def test_an_acronym_in_brackets_behind_another_name_is_not_enough() -> None:
    assert propose_same(body("Ekby Medical Centre"), body("Elvans Musikcirkel (EMC)")) is None
    near = propose_same(
        body("Ekby Medical Centre", places=("Ekby",)), body("Elvans Musikcirkel (EMC)", places=("Ekby",))
    )
    assert codes(near) == {"acronym", "same_place"}


def test_a_country_in_a_name_is_not_passed_over() -> None:
    assert propose_same(body("Royal Academy of Music"), body("Royal Danish Academy of Music")) is None
    assert propose_same(body("Ekby Foundation"), body("New Ekby Foundation")) is None


def test_one_identifier_in_common_is_the_strongest_reason_and_two_different_ones_rule_out() -> None:
    one = body("Ekby", identifiers={"orgnr": "556012-5790"})
    assert codes(propose_same(one, body("Nya namnet", identifiers={"orgnr": "556012-5790"}))) == {"same_identifier"}
    (reason,) = propose_same(one, body("Nya namnet", identifiers=one.identifiers)).reasons  # type: ignore[union-attr]
    assert "svenskt organisationsnummer" in reason.text("sv")
    assert "Swedish organisation number: 556012-5790" in reason.text("en")
    assert propose_same(one, body("Ekby", identifiers={"orgnr": "556016-0680"})) is None
    assert propose_same(one, body("Ekby", identifiers={"ror": "056d84691"})) is not None


def test_identifiers_that_disagree_are_shown_against_the_proposal() -> None:
    one = body("Ekby", identifiers={"orgnr": "556012-5790", "ror": "056d84691"})
    other = body("Ekby", identifiers={"orgnr": "556012-5790", "ror": "012a77v79"})
    proposal = propose_same(one, other)
    assert proposal is not None
    assert [reason.code for reason in proposal.against] == ["different_identifiers"]
    assert proposal.score < 0.7


def test_a_company_and_a_foundation_of_one_name_are_not_proposed_when_their_kinds_are_known() -> None:
    company = body("Ekby", organisation_kinds=("company",))
    assert propose_same(company, body("Ekby AB", organisation_kinds=("foundation",))) is None
    unknown = propose_same(company, body("Ekby AB", organisation_kinds=("unknown",)))
    assert unknown is not None
    assert unknown.against == ()


def test_the_same_place_adds_and_another_takes() -> None:
    def score(seat: tuple[str, ...], other_seat: tuple[str, ...]) -> float:
        proposal = propose_same(body("Ekby", places=seat), body("Ekby AB", places=other_seat))
        assert proposal is not None
        return proposal.score

    alone = score((), ())
    assert score(("Göteborg",), ("Göteborg",)) > alone > score(("Göteborg",), ("Kiruna",))
    assert score(("Göteborg",), ("Gothenburg",)) == alone


def test_different_kinds_of_entries_are_never_the_same() -> None:
    assert propose_same(person("Ekby"), body("Ekby")) is None


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Anna Almgren", "Anna Almgren", "same_person_name"),
        ("Anna Almgren", "A. Almgren", "surname_and_initial"),
        ("Anna Maria Almgren", "Anna Almgren", "fewer_names"),
        ("Kristina Kvist", "Christina Qvist", ""),
        ("Kristina Kvist", "Christina Kvist", "sounds_alike"),
        ("Anna Ek-Lund", "Anna Ek", "fewer_names"),
    ],
)
def test_persons_in_one_organisation_are_proposed(one: str, other: str, code: str) -> None:
    proposal = propose_same(person(one, ("Ekby AB", "vd")), person(other, ("Ekby", "CEO")))
    if code:
        assert {code, "same_organisation", "same_role"} <= codes(proposal)
    else:
        assert proposal is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Almgren", "Bo Almgren"),
        ("Anna Almgren", "Anna Bergdal"),
        ("A. Almgren", "B. Almgren"),
        ("Anna B. Almgren", "Anna C. Almgren"),
    ],
)
def test_persons_of_other_names_are_not_proposed_even_in_one_organisation(one: str, other: str) -> None:
    assert propose_same(person(one, ("Ekby", "vd")), person(other, ("Ekby", "vd"))) is None


def test_a_common_name_in_two_organisations_is_not_proposed() -> None:
    assert propose_same(person("Anna Andersson", ("Ekby", "")), person("Anna Andersson", ("Norrfors", ""))) is None
    assert propose_same(person("A. Almgren"), person("Anna Almgren")) is None


def test_every_reason_has_words_in_both_languages() -> None:
    proposal = propose_same(body("MSB"), body("Myndigheten för samhällsskydd och beredskap"))
    assert proposal is not None
    for language in ("sv", "en"):
        assert "MSB" in proposal.reasons[0].text(language)
    labels = vocabulary("sameness")
    for label in (*labels["reasons"].values(), *labels["against"].values()):
        assert set(label) == {"sv", "en"}
        assert "{a}" in label["sv"]
        assert "{a}" in label["en"]


def test_the_order_of_the_two_does_not_change_the_score() -> None:
    names = ["Region Skåne", "Skåne Region", "EMC", "Ekby Medical Centre", "Ekby Medical Center AB", "Ekby", "Regionen"]
    for one in names:
        for other in names:
            there, back = propose_same(body(one), body(other)), propose_same(body(other), body(one))
            assert (there and there.score) == (back and back.score)
