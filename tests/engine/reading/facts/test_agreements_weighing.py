"""What speaks for an agreement as a whole, without a trained part."""

from __future__ import annotations

import json

import pytest

from handslag.reading import analysis as steps
from handslag.reading.facts.agreements.finding import weighed
from handslag.reading.facts.agreements.tellings import Table, table_of
from handslag.reading.facts.agreements.weighing import Candidate, weighing_features
from handslag.reading.models import Models


@pytest.fixture
def table() -> Table:
    analysis = steps.start("Norge och Island har tecknat ett avtal om fiske. Avtalet gäller i tre år.", Models({}))
    steps.add_languages(analysis)
    analysis.page.zones = ["body"]
    steps.pass_on_zones(analysis.page)
    return table_of(analysis)


def candidates_in(table: Table) -> list[Candidate]:
    first, second = table.tellings
    likely = Candidate(first, list(table.parties), 0.8, tellings=[first], chances=[0.9, 0.7])
    return [likely, Candidate(second, table.parties[:1], 0.2, "planned", tellings=[second], chances=[0.4])]


def test_a_less_likely_one_is_seen_beside_the_likelier(table: Table) -> None:
    likely, doubtful = found = candidates_in(table)
    assert {"rank0", "parties2", "here2", "shared0"} <= set(weighing_features(table, likely, found))
    assert {"rank1", "parties1", "shared1", "near a likelier one"} <= set(weighing_features(table, doubtful, found))


def test_without_its_judge_the_leading_telling_decides(table: Table) -> None:
    likely, _ = found = candidates_in(table)
    assert weighed(table, likely, found) == 0.8
    part = {"classes": ["no", "yes"], "weights": {"parties2": [1.0]}, "bias": [-1.0]}
    table.analysis.models = Models({"agreements-whole.json": json.dumps(part).encode()})
    assert weighed(table, likely, found) == 0.5
