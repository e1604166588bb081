"""Signals as the trained judges find them, on short invented pages."""

from __future__ import annotations

import pytest

from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.signals import find_signals
from handslag.reading.models import Models, installed_models
from handslag.reading.results import SignalFact


@pytest.fixture(scope="module")
def models() -> Models:
    return installed_models()


def read(models: Models, text: str) -> Analysis:
    analysis = steps.start(text, models)
    steps.add_languages(analysis)
    steps.add_zones(analysis)
    steps.add_names(analysis)
    return analysis


def found(models: Models, text: str, least: float = 0.4) -> list[SignalFact]:
    return [scored.fact for scored in find_signals(read(models, text)) if scored.probability >= least]


LAYOFF = {
    "sv": """Hasselbo Medical varslar 60 anställda

Medicinteknikbolaget Hasselbo Medical AB varslar 60 av sina 200 anställda i Borås. Förhandlingar med facket inleds i veckan.

– Det är ett tungt besked, säger vd Karin Hjelmberg.

Orsaken är att försäljningen i Tyskland har minskat.""",
    "en": """Hasselbo Medical to cut 60 jobs

Medical technology company Hasselbo Medical Ltd is to cut 60 of its 200 jobs in Leeds. Talks with the unions begin this week.

“This is a hard day,” says chief executive Karen Holmberg.

The reason is that demand in Germany has been weak.""",
}
OPINION = {
    "sv": """Debatt: Ge forskningen tid

Forskare behöver tid. Vi tror att fler unga skulle stanna i yrket om de fick bättre villkor, och att patienterna skulle tjäna
på det. Det är dags att lyssna på dem som gör jobbet.

Vi hoppas att samtalet fortsätter under hösten.""",
    "en": """Opinion: Give research time

Researchers need time. We believe that more young people would stay if conditions were better, and that patients would gain
from it. It is time to listen to those who do the work.

We hope that the conversation goes on in the autumn.""",
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_lay_off_told_in_headline_and_lead_is_one_signal(models: Models, language: str) -> None:
    layoffs = [fact for fact in found(models, LAYOFF[language]) if fact.kind == "layoff"]
    assert len(layoffs) == 1
    assert "Hasselbo" in layoffs[0].subject or any("Hasselbo" in passage.quote for passage in layoffs[0].evidence)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_opinion_tells_no_happening(models: Models, language: str) -> None:
    assert found(models, OPINION[language]) == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_evidence_is_verbatim_and_reading_twice_gives_the_same(models: Models, language: str) -> None:
    first, second = (find_signals(read(models, LAYOFF[language])) for _ in range(2))
    assert first == second
    assert first
    assert all(passage.holds_in(LAYOFF[language]) for scored in first for passage in scored.fact.evidence)
    assert all(passage.zone != "furniture" for scored in first for passage in scored.fact.evidence)
