from __future__ import annotations

import pytest

from handslag.register.meaning import meaning_of, telling_words
from handslag.vocabulary.load import vocabulary


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Göteborgs universitet", "The University of Gothenburg"),
        ("Länsstyrelsen i Skåne", "Scania County Administrative Board"),
        ("Ekby III", "Ekby 3"),
        ("Svensk förening för hälsa", "Swedish Association for Health"),
    ],
)
def test_a_name_means_the_same_in_both_languages(one: str, other: str) -> None:
    assert meaning_of(one) == meaning_of(other)


def test_what_tells_two_bodies_apart_is_told() -> None:
    meant = meaning_of("Västra Ekby sjukhus i Lund, Sverige, avdelning 4")
    assert (set(meant.places), set(meant.compass), set(meant.numbers)) == ({"lund"}, {"vastra"}, {"4"})
    assert meant.countries == meaning_of("Sweden").countries != frozenset()
    # the longest name wins: this is a county, no point of the compass
    assert meaning_of("Region Västra Götaland").compass == frozenset()


def test_a_known_body_is_known_by_each_of_its_names() -> None:
    for group in vocabulary("name_pairs")["bodies"]:
        assert {meaning_of(name).body for name in group} == {group[0]}
    assert meaning_of("The Swedish Research Council").body == "vetenskapsrådet"
    assert meaning_of("Ekby").body == ""


@pytest.mark.parametrize("kind", ["words", "places", "countries", "compass", "numbers", "bodies", "roles"])
def test_no_name_is_in_two_groups(kind: str) -> None:
    names = [name for group in vocabulary("name_pairs")[kind] for name in group]
    assert sorted(names) == sorted(set(names))


def test_telling_words_keep_new_and_drop_the() -> None:
    assert telling_words("The New Ekby Foundation, Inc.") == ("new", "ekby", "foundation")
