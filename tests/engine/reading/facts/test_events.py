"""Names of events: where they may begin and end, and the words that speak of one."""

from __future__ import annotations

from handslag.reading import analysis as steps
from handslag.reading.facts.events.boundaries import readings_of
from handslag.reading.facts.events.dates import dates_of
from handslag.reading.facts.events.finding import period_of
from handslag.reading.facts.events.scene import Scene, scene_of
from handslag.reading.facts.events.tagger import Spot
from handslag.reading.facts.events.words import is_event_noun
from handslag.reading.models import Models


def scene_for(text: str) -> Scene:
    analysis = steps.start(text, Models({}))
    steps.add_languages(analysis)
    analysis.page.zones = ["body"] * len(analysis.page.lines)
    steps.pass_on_zones(analysis.page)
    steps.add_dates(analysis)
    return scene_of(analysis, dates_of(analysis.page, analysis.dates), [])


def readings(text: str, noun: str) -> set[str]:
    scene = scene_for(text)
    dated = {i for date in scene.dates for i in range(date.first, date.last)}
    at = next(i for i, token in enumerate(scene.page.tokens) if token.form == noun)
    spot = Spot(at, at + 1, "EVENT", 0.5)
    return {scene.page.words(first, last) for first, last in readings_of(scene, spot, dated)}


def test_a_name_may_take_in_its_article_its_place_and_its_day() -> None:
    found = readings("They held a meeting in Akranes on 4 May 2026 and went home.", "meeting")
    assert {"meeting", "a meeting", "meeting in Akranes", "a meeting in Akranes"} <= found
    assert any(reading.endswith("2026") for reading in found)


def test_a_name_ends_before_a_clause() -> None:
    found = readings("Den frågestund som utlysts hålls inte.", "frågestund")
    assert found == {"frågestund", "Den frågestund"}


def test_compounds_of_dag_are_events_but_weekdays_and_the_riksdag_are_not() -> None:
    assert is_event_noun("vetenskapsdag")
    assert not is_event_noun("torsdag")
    assert not is_event_noun("riksdag")


def test_a_day_without_year_stays_open_where_the_document_has_no_day() -> None:
    scene = scene_for("The fair opened on 3 May 2024. The dinner is on 4 May.")
    printed, bare = scene.dates
    assert period_of(scene, printed, "held").period == "2024-05-03"
    assert period_of(scene, bare, "planned").period == ""
