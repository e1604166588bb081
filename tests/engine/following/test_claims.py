"""Claims that a promise is kept, beside what another passage tells: which of them is contradicted."""

from __future__ import annotations

from tests.engine.following.made_story import story

from handslag.following.contradicting.contradictions import contradictions_of
from handslag.following.documents import Commitment
from handslag.following.linking.judging import installed_judges
from handslag.following.results import Because, Followed, Heard, State
from handslag.following.seeing.views import view_commitment, view_document

NOT_SAID = Because("", "")


def told(promise: str, *heard: tuple[str, str, str, str]) -> set[tuple[str, str, str]]:
    """The contradictions of a promise; `heard` are a later day, words, what they say, and by whom."""
    pages = [(f"Vårdklustret Nord\n\n5 maj 2026\n\n{promise}\n", "2026-05-05")]
    pages += [(f"Norrby Allehanda\n\n{day}\n\n{words}\n", day) for day, words, _, _ in heard]
    documents, _ = story(*pages)
    rarity = installed_judges().rarity
    views = [view_document(document, rarity) for document in documents]
    places = []
    for document, words in zip(documents, [promise, *(one[1] for one in heard)], strict=True):
        start = document.text.index(words)
        places.append(document.place(start, start + len(words)))
    commitment = Commitment("c1", (places[0],), ("Vårdklustret Nord",), promise, "promised")
    items = tuple(
        Heard(place, day, says, by, "printed", "probable", NOT_SAID)
        for place, (day, _, says, by) in zip(places[1:], heard, strict=True)
    )
    followed = Followed(commitment, items, State("stated"))
    view = view_commitment(commitment, views[0], rarity)
    return {(one.kind, one.a.quote, one.b.quote) for one in contradictions_of([(view, followed)], views, rarity)}


PROMISE = "Vårdklustret Nord besvarar varje fråga inom fem dagar."
CASE = "Olle Hed i Norrby fick sitt svar efter trettio dagar."


def test_a_claim_stands_for_what_was_promised() -> None:
    claim = "Alla frågor besvaras inom fyra dagar, säger Elsa Norén."
    found = told(PROMISE, ("2026-08-01", claim, "underway", "owner"), ("2026-09-01", CASE, "contradicted", "other"))
    assert ("duration", claim, CASE) in found


def test_one_case_says_nothing_against_a_mean_and_all_against_the_promise() -> None:
    claim = "Frågor besvaras i genomsnitt inom fyra dagar, säger Elsa Norén."
    found = told(PROMISE, ("2026-08-01", claim, "underway", "owner"), ("2026-09-01", CASE, "contradicted", "other"))
    assert found == {("duration", PROMISE, CASE)}


def test_what_was_short_and_is_done_since_contradicts_nothing() -> None:
    promise = "The cluster pays patients 350 kronor an hour."
    short = "Patients got 200 kronor an hour."
    claim = "All patients have got their 350 kronor an hour in arrears."
    found = told(promise, ("2026-08-01", short, "contradicted", "other"), ("2026-09-01", claim, "done", "owner"))
    assert found == set()


def test_a_limit_that_is_said_again_is_told_beside_the_promise() -> None:
    promise = "Bygget kostar högst 18 miljoner kronor."
    again = "Notan blir 18 miljoner kronor, säger Elsa Norén."
    spent = "Nedlagda kostnader uppgick till 26,4 miljoner kronor."
    found = told(promise, ("2026-08-01", again, "restated", "other"), ("2026-09-01", spent, "contradicted", "owner"))
    assert found == {("sum", promise, spent), ("sum", again, spent)}


def test_another_day_of_one_event_is_told_and_a_day_that_is_put_off_is_not() -> None:
    promise = "Stämman hålls i Norrby den 9 oktober 2026."
    other = "Stämman i Norrby, 16 oktober 2026."
    assert told(promise, ("2026-08-01", other, "restated", "owner")) == {("date", promise, other)}
    later = "Stämman i Norrby skjuts upp till den 16 oktober 2026."
    assert told(promise, ("2026-08-01", later, "restated", "owner")) == set()
    assert told(promise, ("2026-08-01", later, "delayed", "owner")) == set()


def test_working_days_are_five_in_a_week() -> None:
    promise = "The cluster answers every question within fifteen working days."
    assert told(promise, ("2026-08-01", "It took three weeks to the day.", "contradicted", "other")) == set()
    longer = "It took five weeks to the day."
    assert told(promise, ("2026-08-01", longer, "contradicted", "other")) == {("duration", promise, longer)}


def test_unequal_parts_and_a_part_of_the_whole_are_told_where_they_are_of_the_promise() -> None:
    equal = "Parterna delar kostnaden lika."
    parts = "Norrby betalar 70 procent av kostnaden."
    assert told(equal, ("2026-08-01", parts, "underway", "owner")) == {("share", equal, parts)}
    halves = "Norrby betalar 50 procent av kostnaden."
    assert told(equal, ("2026-08-01", halves, "underway", "owner")) == set()
    whole = "Travel to the clinic is refunded in full."
    refunded = "Patients have got 60 per cent of their travel back."
    assert told(whole, ("2026-08-01", refunded, "underway", "owner")) == {("share", whole, refunded)}


def test_a_sum_that_was_lowered_and_a_price_that_was_raised_are_told() -> None:
    promise = "Regionen ger uppdraget 48 miljoner kronor under 2026."
    less = "I budgeten minskades medlen för uppdraget till 39 miljoner kronor."
    assert told(promise, ("2026-08-01", less, "underway", "other")) == {("sum", promise, less)}
    kept = "The price to hospitals will not be raised in 2026."
    rise = "The price to hospitals was raised from 212 to 238 kronor."
    assert told(kept, ("2026-08-01", rise, "contradicted", "other")) == {("sum", kept, rise)}
    stays = "The price to hospitals has not been raised from 212 kronor."
    assert told(kept, ("2026-08-01", stays, "underway", "other")) == set()
