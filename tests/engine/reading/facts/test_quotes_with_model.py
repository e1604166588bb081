from __future__ import annotations

import pytest

from handslag.reading import analysis as steps
from handslag.reading.facts.quotes import find_quotes, quote_spans
from handslag.reading.models import Models, installed_models
from handslag.reading.results import QuoteFact, Scored


@pytest.fixture(scope="module")
def models() -> Models:
    return installed_models()


def quotes(models: Models, text: str) -> list[Scored[QuoteFact]]:
    analysis = steps.start(text, models)
    steps.add_languages(analysis)
    steps.add_zones(analysis)
    steps.add_names(analysis)
    return find_quotes(analysis)


def said(models: Models, text: str) -> list[tuple[str, str | None]]:
    return [(found.fact.text, found.fact.speaker) for found in quotes(models, text)]


SWEDISH = """Nytt labb i Falun
Region Dalarna bygger ett labb för 40 miljoner kronor.

– Vi har väntat på det här i sex år, säger regionrådet Karin Bergström till Hälsonytt.

Labbet ska vara klart hösten 2027. Hon hoppas att sjukhuset flyttar in först av alla.

– Sedan får vi se vilka som vågar, säger hon.
"""

ENGLISH = """New laboratory in Leeds
The city is building a laboratory for 40 million pounds.

"We have waited six years for this," said councillor Margaret Holloway. "Now we want to see the first samples."

Construction starts in May under the programme "Room to Grow".
"""


def test_a_name_and_then_a_pronoun_are_one_speaker(models: Models) -> None:
    assert said(models, SWEDISH) == [
        ("Vi har väntat på det här i sex år", "Karin Bergström"), ("Sedan får vi se vilka som vågar", "Karin Bergström"),
    ]  # fmt: skip


def test_both_halves_of_a_cut_quotation_have_the_speaker_and_a_title_is_none(models: Models) -> None:
    assert said(models, ENGLISH) == [
        ("We have waited six years for this,", "Margaret Holloway"), ("Now we want to see the first samples.", "Margaret Holloway"),
    ]  # fmt: skip


def test_passages_stand_verbatim_and_the_first_one_is_the_quotation(models: Models) -> None:
    for text in (SWEDISH, ENGLISH):
        for found in quotes(models, text):
            assert all(passage.holds_in(text) for passage in found.fact.evidence)
            assert found.fact.evidence[0].quote == found.fact.text
            assert 0 < found.probability <= 1


def test_the_answers_of_an_interview_are_the_guests(models: Models) -> None:
    text = """Möt Karin Bergström, ny klusterledare
Av Lage Hultman

Karin Bergström tog över i mars. Vi träffade henne i Falun.

Vad har varit svårast?
– Att få folk att sluta med gamla arbetssätt. Det tar tid.

Vem betalar?
– Regionen betalar hälften. Resten får vi söka.

Blir det fler anställda?
– Ja, två i höst.
"""
    assert [speaker for _, speaker in said(models, text)] == ["Karin Bergström"] * 3


def test_defined_terms_and_lists_are_no_quotations(models: Models) -> None:
    text = """Agreement
between Region Dalarna (the "Region") and Nordlab AB (the "Company").
The parties shall:
– meet twice a year,
– report to the steering group,
– share the costs.
"""
    assert said(models, text) == []


def test_spans_lie_where_the_quotations_do(models: Models) -> None:
    analysis = steps.start(ENGLISH, models)
    steps.add_languages(analysis)
    steps.add_zones(analysis)
    steps.add_names(analysis)
    assert [ENGLISH[start:end] for start, end in quote_spans(analysis)] == [
        found.fact.text for found in find_quotes(analysis)
    ]


def test_reading_twice_gives_the_same(models: Models) -> None:
    assert quotes(models, SWEDISH) == quotes(models, SWEDISH)
