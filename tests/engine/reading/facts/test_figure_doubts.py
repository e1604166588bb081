"""How many doubts there are about a number."""

from __future__ import annotations

import pytest

from handslag.language.dates import find_dates
from handslag.reading import analysis as steps
from handslag.reading.facts.figures.candidates import scene_of
from handslag.reading.facts.figures.doubts import doubts_of
from handslag.reading.facts.figures.units import add_units
from handslag.reading.models import Judge, Models


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The company raised EUR 40 million from two owners.", "doubts0"),
        ("The fund now holds not EUR 40 million in its account.", "doubts1"),
        ("All visitors get 10% off the ticket with the code below.", "doubts1"),
    ],
)
def test_doubts_about_the_first_number(text: str, expected: str) -> None:
    analysis = steps.start(text, Models({}))
    analysis.page.language = "en"
    analysis.page.languages, analysis.page.zones = ["en"], ["body"]
    steps.pass_on_zones(analysis.page)
    analysis.dates = find_dates(text, "en")
    scene = scene_of(analysis)
    add_units(scene, Judge(["end", "none", "on"], {}, [1.0, 0.0, 0.0]))
    assert doubts_of(scene, scene.candidates[0], is_dated=False) == expected
