"""The gate: no passage, no fact. What gets through has zones, ids in text order, and links that lead somewhere."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.passages import Passage
from handslag.reading.gate import PREFIXES, admit
from handslag.reading.results import (
    AgreementFact,
    CommitmentFact,
    Facts,
    FigureFact,
    LineFact,
    OrganisationFact,
    PersonFact,
)

TEXT = "Hem Kontakt\nAlmi och Region Skåne har avtal.\nAlmi ska svara.\n\nAnna Lind är vd för Almi."
ZONES = ("furniture", "headline", "body", "", "body")


def lines() -> list[LineFact]:
    found, start = [], 0
    for number, (content, zone) in enumerate(zip(TEXT.split("\n"), ZONES, strict=True), 1):
        found.append(LineFact(number, start, start + len(content), zone, "sv"))
        start += len(content) + 1
    return found


def at(quote: str, nth: int = 0) -> Passage:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return Passage(start, start + len(quote), quote)


def organisation(*evidence: Passage, name: str = "Almi", id: str = "") -> OrganisationFact:  # noqa: A002  the field's name
    return OrganisationFact(name=name, evidence=evidence, id=id)


def figure(*evidence: Passage, value: int = 1) -> FigureFact:
    return FigureFact(value=value, evidence=evidence)


def test_a_fact_whose_passage_is_verbatim_passes_with_zone_and_id() -> None:
    facts, dropped = admit(Facts(organisations=(organisation(at("Almi")),)), TEXT, lines())
    (found,) = facts.organisations
    assert dropped == 0
    assert (found.id, found.zone, found.evidence[0].quote) == ("o1", "headline", "Almi")


@pytest.mark.parametrize(
    "evidence",
    [
        (),
        (Passage(12, 16, "Alma"),),
        (Passage(11, 15, "Almi"),),
        (Passage(-4, 0, ""),),
        (Passage(12, 12, ""),),
        (Passage(len(TEXT), len(TEXT) + 4, "Almi"),),
        (Passage(60, 61, "\n"),),
        (Passage(12, 16, "almi"), at("Almi")),
    ],
    ids=["none", "altered", "shifted", "negative", "empty", "beyond", "white space", "only the second is right"],
)
def test_a_fact_whose_first_passage_is_not_verbatim_is_dropped_and_counted(evidence: tuple[Passage, ...]) -> None:
    given_facts = Facts(organisations=(organisation(*evidence), organisation(at("Almi"))), figures=(figure(*evidence),))
    facts, dropped = admit(given_facts, TEXT, lines())
    assert dropped == 2
    assert [fact.evidence for fact in facts.organisations] == [(Passage(12, 16, "Almi", "headline"),)]
    assert facts.figures == ()


def test_further_passages_that_are_not_verbatim_or_come_twice_are_left_out() -> None:
    evidence = (at("Almi"), Passage(0, 4, "Almi"), at("Almi", 1), at("Almi"))
    (found,) = admit(Facts(organisations=(organisation(*evidence),)), TEXT, lines())[0].organisations
    assert [passage.start for passage in found.evidence] == [at("Almi").start, at("Almi", 1).start]


def test_a_fact_in_furniture_is_left_out_and_not_counted_as_invented() -> None:
    assert admit(Facts(figures=(figure(at("Kontakt")),)), TEXT, lines()) == (Facts(), 0)


@pytest.mark.parametrize("zone", ["", "body", "made up"])
def test_the_zone_is_that_of_the_line_whatever_the_reader_says(zone: str) -> None:
    passage = Passage(12, 16, "Almi", zone)
    assert admit(Facts(figures=(figure(passage),)), TEXT, lines())[0].figures[0].zone == "headline"


def test_white_space_before_the_words_does_not_lead_out_of_furniture() -> None:
    text = "Almi\n\n  Kontakt"
    page = [LineFact(1, 0, 4, "body", "sv"), LineFact(2, 5, 5, "", ""), LineFact(3, 6, 15, "furniture", "sv")]
    assert admit(Facts(figures=(figure(Passage(4, 15, text[4:])),)), text, page) == (Facts(), 0)


def test_ids_count_each_kind_in_text_order() -> None:
    later, earlier = organisation(at("Almi", 1)), organisation(at("Region Skåne"), name="Region Skåne")
    facts, _ = admit(Facts(organisations=(later, earlier), figures=(figure(at("Almi")),)), TEXT, lines())
    assert [(fact.id, fact.name) for fact in facts.organisations] == [("o1", "Region Skåne"), ("o2", "Almi")]
    assert facts.figures[0].id == "f1"


def test_ids_are_unique_whatever_ids_the_reader_gave() -> None:
    facts, _ = admit(
        Facts(organisations=(organisation(at("Almi"), id="x"), organisation(at("Almi", 1), id="x"))), TEXT, lines()
    )
    assert [fact.id for fact in facts.organisations] == ["o1", "o2"]


def test_a_person_is_linked_to_the_organisation_of_that_name_and_to_none_that_was_dropped() -> None:
    here = (at("Anna Lind"),)
    people = (
        PersonFact(person="1", name="Anna Lind", organisation="Almi", organisation_id="o77", evidence=here),
        PersonFact(person="1", name="Anna Lind", organisation="Dalhamn", organisation_id="o78", evidence=here),
    )
    organisations = (organisation(at("Almi")), organisation(Passage(0, 7, "Dalhamn"), name="Dalhamn"))
    facts, dropped = admit(Facts(people=people, organisations=organisations), TEXT, lines())
    assert dropped == 1
    assert [person.organisation_id for person in facts.people] == ["o1", ""]


def test_a_commitment_follows_its_agreement_to_the_new_id_and_loses_one_that_was_dropped() -> None:
    def commitment(agreement: str | None) -> CommitmentFact:
        return CommitmentFact(
            what="svara", firmness="agreed", cue="ska", agreement=agreement, evidence=(at("Almi ska svara"),)
        )

    agreements = (
        AgreementFact(name="senare", id="1", evidence=(at("Almi ska svara"),)),
        AgreementFact(name="avtal", id="2", evidence=(at("avtal"),)),
        AgreementFact(name="påhittat", id="3", evidence=(Passage(0, 4, "nix!"),)),
    )
    commitments = tuple(commitment(agreement) for agreement in ("1", "2", "3", "4", None, ""))
    facts, dropped = admit(
        # another kind's id must not lead astray
        Facts(agreements=agreements, commitments=commitments, organisations=(organisation(at("Almi"), id="2"),)),
        TEXT,
        lines(),
    )
    assert dropped == 1
    assert [(fact.id, fact.name) for fact in facts.agreements] == [("a1", "avtal"), ("a2", "senare")]
    assert [fact.agreement for fact in facts.commitments] == ["a2", "a1", None, None, None, None]


def test_every_kind_of_fact_has_a_prefix_of_its_own() -> None:
    assert set(PREFIXES) == {field.name for field in fields(Facts)}
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_passing_twice_changes_nothing() -> None:
    given_facts = Facts(
        organisations=(organisation(at("Almi", 1)), organisation(at("Almi"))), figures=(figure(at("Almi")),)
    )
    once, _ = admit(given_facts, TEXT, lines())
    assert admit(once, TEXT, lines()) == (once, 0)


@given(
    st.lists(
        st.tuples(st.integers(-3, 99), st.integers(-3, 99), st.text("Almi \n.", max_size=5), st.booleans()), max_size=8
    )
)
def test_only_verbatim_passages_get_through_and_nothing_gets_lost_uncounted(
    raw: list[tuple[int, int, str, bool]],
) -> None:
    figures = tuple(
        figure(Passage(start, end, TEXT[max(0, start) : max(0, end)] if right else quote), value=number)
        for number, (start, end, quote, right) in enumerate(raw)
    )
    facts, dropped = admit(Facts(figures=figures), TEXT, lines())
    for fact in facts.figures:
        assert all(TEXT[p.start : p.end] == p.quote and p.quote.strip() for p in fact.evidence)
        assert fact.zone != "furniture"
    kept_out = [
        f
        for f in figures
        if f.evidence[0].holds_in(TEXT)
        and f.evidence[0].quote.strip()
        and f.value not in {x.value for x in facts.figures}
    ]
    assert all(f.evidence[0].start < len("Hem Kontakt") for f in kept_out)
    assert dropped == len(figures) - len(facts.figures) - len(kept_out)
