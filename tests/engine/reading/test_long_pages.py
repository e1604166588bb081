"""Long pages: reading ends when its time is up, and the work grows with the page, not with its square."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest

from handslag.kernel.errors import UnreadableFile
from handslag.language.dates import find_dates
from handslag.reading import analysis as steps
from handslag.reading.deadline import Deadline
from handslag.reading.facts.events.scene import Scene
from handslag.reading.facts.events.tagger import Spot
from handslag.reading.facts.organisations import name_overlaps
from handslag.reading.facts.people import role_choice
from handslag.reading.facts.people.reach import PeopleAround
from handslag.reading.loading import LoadedDocument
from handslag.reading.loading.refusal import Refusal
from handslag.reading.models import installed_models
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention
from handslag.reading.page import page_of
from handslag.reading.reader import BuiltinReader, read_loaded

PAGE = """Norrvik Hospital and Lindhaga University sign an agreement

Norrvik Hospital and Lindhaga University signed an agreement on Monday. The hospital will build a new ward before May 2027.

"We are very glad", says Anna Berg, director of Norrvik Hospital. The annual summit takes place in Malmö on 3 May 2027, and
about 400 people are expected to come.
"""


def document(text: str) -> LoadedDocument:
    return LoadedDocument("page.txt", "", "txt", text)


def ticking() -> Callable[[], float]:
    """A clock that is a second later whenever it is looked at."""
    ticks = count()
    return lambda: float(next(ticks))


def test_a_document_is_refused_with_its_name_once_the_time_is_up() -> None:
    with pytest.raises(UnreadableFile, match=r"page\.txt: takes longer than 3 seconds to read; split it"):
        read_loaded(document(PAGE), deadline=Deadline(3, ticking()))


def test_a_document_that_is_read_in_time_is_read_as_without_a_limit() -> None:
    assert read_loaded(document(PAGE), deadline=Deadline(1e9, ticking())) == read_loaded(document(PAGE))


def test_whenever_the_time_is_up_reading_ends_with_the_same_error() -> None:
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        return 0.0

    read_loaded(document(PAGE), deadline=Deadline(1, clock))
    assert looks > 15
    for seconds in range(1, looks - 1):
        with pytest.raises(UnreadableFile):
            read_loaded(document(PAGE), deadline=Deadline(seconds - 0.5, ticking()))


def test_every_kind_of_fact_looks_at_the_time() -> None:
    """A long list of one thing, of any kind, gives at least one look for each."""
    for line in (
        "Anna {} is director of Firm{} Ltd. ",
        "The Summit {} takes place in Malmö on 3 May. ",
        "We will build {} in May.\n",
    ):
        looks = []
        for lines in (20, 60):
            text = PAGE + "\n" + "".join(line.replace("{}", "Berg" + chr(97 + n % 26) * 3) for n in range(lines))
            seen = count()
            read_loaded(document(text), deadline=Deadline(1, lambda seen=seen: 0.0 * next(seen)))
            looks.append(next(seen))
        assert looks[1] - looks[0] >= 40


def test_the_search_for_dates_can_be_broken_off() -> None:
    with pytest.raises(Refusal):
        find_dates("3, 4, " * 100, "en", check=Deadline(50, ticking()).check)


def test_a_list_of_days_is_one_range_and_a_column_of_numbers_is_none() -> None:
    assert [(d.kind, d.start) for d in find_dates("on 10, 11 and 12 June 2026", "en")] == [("range", 3)]
    assert find_dates("3, 4, " * 2_000, "en") == []


def test_a_phrase_is_weighed_for_those_named_near_it_and_for_the_nearest() -> None:
    page = page_of("\n\n".join(f"Anna Berg{n} works here." for n in range(200)))
    firsts = [sentence.first for sentence in page.sentences]
    people = [Person(f"Anna Berg{n}", [Mention(first, first + 2, "PER", 1.0)]) for n, first in enumerate(firsts)]
    around = PeopleAround(page, people)
    assert around.of((firsts[100] + 2, firsts[100] + 3)) == list(range(94, 107))
    alone = PeopleAround(page, [people[0], people[1], people[199]])
    assert alone.of((firsts[100], firsts[100] + 1)) == [0, 1, 2]


def test_persons_and_phrases_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    nearest = role_choice.nearest

    def counting(*arguments: object) -> object:
        nonlocal compared
        compared += 1
        return nearest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(role_choice, "nearest", counting)
    given = "Anna Eva Karin Lars Erik Johan Maria Peter Nils Sara".split()
    family = "Berg Lind Holm Ek Sandberg Nyman Hedlund Falk Strand Dahl".split()
    names = [f"{one} {other}" for one in given for other in family]
    text = (
        PAGE
        + "\n"
        + "\n\n".join(f"{name} is the director of Norrvik Hospital and leads its work on care." for name in names)
    )
    assert len(read_loaded(document(text)).facts.people) > 80
    assert 0 < compared < 30 * 100


def test_a_name_inside_another_is_told_for_both() -> None:

    analysis = steps.start("", installed_models())
    analysis.organisations = [Organisation(name) for name in ("Norrvik", "Norrvik Hospital", "Lindhaga AB", "Berg AB")]
    analysis.people = [Person("Anna Berg AB", []), Person("Lind", [])]
    assert name_overlaps(analysis) == {
        "Norrvik": ["inside another"],
        "Norrvik Hospital": ["holds another"],
        "Lindhaga AB": ["person too"],
        "Berg AB": ["person too"],
    }


def test_rivals_of_an_event_are_those_nearer_to_the_date() -> None:

    analysis = BuiltinReader().prepare("one two three four five six seven eight nine ten.")
    spots = [Spot(0, 1, "EVENT", 0.9), Spot(2, 3, "EVENT", 0.9), Spot(4, 5, "EVENT", 0.9)]
    scene = Scene(analysis, [], spots, [], likely=spots, firsts=[spot.first for spot in spots])
    assert [scene.rivals(spot, 6, 7) for spot in spots] == [2, 1, 0]
    assert [scene.rivals(spot, 1, 2) for spot in spots] == [0, 0, 2]
