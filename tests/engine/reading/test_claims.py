"""The claims of a reading: who is whom on one page."""

from tests.made_readings import Page

from handslag.reading.claims import claims_of, organisation_key
from handslag.reading.results import AgreementFact, CommitmentFact, PersonFact

PAGE = Page(
    ("lead", "Dalhamn och Österdalen har skrivit avtal."),
    ("body", "Vi svarar inom tio dagar, säger Karin Söderfalk på Almvik."),
)


def promised_by(who: str) -> object:
    reading = PAGE.reading(
        people=(PersonFact(id="p1", person="p1", name="Karin Söderfalk", organisation="Almvik", evidence=(PAGE.at("Karin Söderfalk"),)),),
        agreements=(AgreementFact(id="a1", name="avtal", parties=("Dalhamn", "Österdalen"), evidence=(PAGE.at("avtal"),)),),
        commitments=(CommitmentFact(id="c1", who=who, who_basis="inferred", what="svarar", firmness="promised", cue="svarar", evidence=(PAGE.at("svarar"),)),),
    )  # fmt: skip
    (commitment,) = (fact for fact in claims_of(reading, "page") if fact.kind == "commitment")
    return next(claim.object for claim in commitment.claims if claim.predicate == "who")


def test_who_promises_is_the_body_that_the_page_names_only_as_a_party_or_an_employer():
    assert promised_by("Dalhamn") == organisation_key("Dalhamn")
    assert promised_by("Almvik") == organisation_key("Almvik")


def test_who_is_neither_a_body_nor_a_person_of_the_page_stays_words():
    assert promised_by("Regionhuset") is None
