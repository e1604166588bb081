"""Which stretches are proposed as areas and activities, and which agreement they go to, without a trained part."""

from __future__ import annotations

from handslag.reading import analysis as steps
from handslag.reading.facts.agreements.matters import Matter, is_listed_area, matters_of
from handslag.reading.facts.agreements.owners import home_of, owner_of
from handslag.reading.facts.agreements.tellings import Table, table_of
from handslag.reading.facts.agreements.weighing import Candidate
from handslag.reading.models import Models

LIST = """Norge och Island har tecknat ett avtal om fiske.

Avtalet har diskuterats länge.

Parterna ska samarbeta inom följande områden:
• torsk och sill
• havsforskning
• parterna ska mötas varje år"""


def table_from(text: str) -> Table:
    analysis = steps.start(text, Models({}))
    steps.add_languages(analysis)
    analysis.page.zones = ["body"] * len(analysis.page.lines)
    steps.pass_on_zones(analysis.page)
    steps.add_dates(analysis)
    return table_of(analysis)


def words_of(table: Table, matter: Matter) -> str:
    return table.page.words(matter.first, matter.last)


def test_a_phrase_in_a_list_of_areas_is_one_but_no_clause_is() -> None:
    table = table_from(LIST)
    listed = [words_of(table, matter) for matter in matters_of(table) if is_listed_area(table.page, matter)]
    assert listed == ["torsk och sill", "havsforskning"]


def test_a_line_that_leads_to_a_list_is_no_item() -> None:
    table = table_from("Norge och Island har tecknat ett avtal.\n\n• Parterna ska\n• utbyta forskare")
    items = [words_of(table, matter) for matter in matters_of(table) if matter.source == "item"]
    assert items == ["utbyta forskare"]


def test_a_long_name_between_does_not_hide_what_is_agreed() -> None:
    table = table_from("They signed an agreement with the Danish Royal North Sea Institute Group for sea charts.")
    assert "sea charts" in [words_of(table, matter) for matter in matters_of(table)]


def test_a_date_is_nothing_to_agree_on() -> None:
    table = table_from("Norway and Iceland ended the agreement in August.")
    assert "August" not in [words_of(table, matter) for matter in matters_of(table)]


def test_a_list_goes_to_the_likely_agreement_other_matters_to_the_near_one() -> None:
    table = table_from(LIST)
    first, second = table.tellings[:2]
    likely, doubtful = Candidate(first, [], 0.9, tellings=[first]), Candidate(second, [], 0.5, tellings=[second])
    item = next(matter for matter in matters_of(table) if is_listed_area(table.page, matter))
    assert owner_of(item, [likely, doubtful]) is likely
    assert home_of(item, {first: 0.9, second: 0.5}) == first
    other = item._replace(source="modal", sentence=second.sentence)
    assert owner_of(other, [likely, doubtful]) is doubtful
    likely.status = "ended"
    assert owner_of(item, [likely, Candidate(second, [], 0.6, tellings=[second])]) is not likely


def test_what_stands_before_every_telling_belongs_to_none() -> None:
    table = table_from(LIST)
    first = table.tellings[0]
    item = next(matter for matter in matters_of(table) if matter.source == "item")
    assert owner_of(item._replace(sentence=first.sentence - 1), [Candidate(first, [], 0.9, tellings=[first])]) is None
