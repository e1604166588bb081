"""How mentions become organisations: what ran on behind a name is cut."""

from __future__ import annotations

import re

import pytest

from handslag.kernel.errors import HandslagError
from handslag.reading.names.gazetteer import check_gazetteer, kinds_given
from handslag.reading.names.organisations import resolve_organisations
from handslag.reading.names.tagger import Mention
from handslag.reading.page import page_of


def names_in(text: str, *phrases: str) -> list[str]:
    page = page_of(text)
    for sentence in page.sentences:
        sentence.zone, sentence.language = "body", "en"
    forms = [token.form for token in page.tokens]
    mentions = []
    start = 0
    for phrase in phrases:
        words = phrase.split()
        first = next(i for i in range(start, len(forms)) if forms[i : i + len(words)] == words)
        start = first + len(words)
        mentions.append(Mention(first, start, "ORG", 0.9))
    return [organisation.name for organisation in resolve_organisations(page, mentions)]


def test_a_study_behind_a_known_name_is_no_part_of_it() -> None:
    names = names_in(
        "Fjordlys Pharma is based in Bergen. The Fjordlys Pharma phase 2 study begins.",
        "Fjordlys Pharma",
        "Fjordlys Pharma phase 2 study",
    )
    assert names == ["Fjordlys Pharma"]


def test_the_longer_name_of_a_body_is_kept() -> None:
    names = names_in(
        "Fjordlys Pharma is small. Fjordlys Pharma Foundation is large.",
        "Fjordlys Pharma",
        "Fjordlys Pharma Foundation",
    )
    assert "Fjordlys Pharma Foundation" in names


def test_a_title_behind_a_name_belongs_to_the_person() -> None:
    names = names_in("For Fjordlys Pharma Dr Eva Lind signed.", "Fjordlys Pharma Dr")
    assert names == ["Fjordlys Pharma"]


@pytest.mark.parametrize(
    ("gazetteer", "told"),
    [
        ({5: "company"}, "found the name 5"),
        ({"and": "company"}, "found the name 'and', expected text with a capital or digit"),
        ({"": "company"}, "found the name ''"),
        ({"Almi": "bank"}, "found the kind 'bank' for 'Almi', expected one of person, agency"),
        ({"Almi": None}, "found the kind None"),
        ({"Almi": ["company"]}, "found the kind"),
    ],
)
def test_a_gazetteer_that_holds_no_names_and_kinds_is_refused(gazetteer: dict[str, str], told: str) -> None:
    with pytest.raises(HandslagError, match=re.escape(told)):
        check_gazetteer(gazetteer)


def test_names_and_kinds_of_every_sort_are_taken() -> None:
    check_gazetteer(
        {"Almi": "investor", "3M": "company", "iZettle": "company", "Eva Lind": "person", "Övrigt": "other"}
    )


def test_the_kind_that_the_caller_gives_goes_before_the_names_own() -> None:
    for kind in ("investor", "foundation"):
        known = kinds_given({"Wexmoor University": kind, "Eva Lind": "person"})
        page = page_of("Wexmoor University has signed.")
        (found,) = resolve_organisations(page, [Mention(0, 2, "ORG", 0.9)], known)
        assert found.kind == kind
    (found,) = resolve_organisations(page_of("Wexmoor University has signed."), [Mention(0, 2, "ORG", 0.9)])
    assert found.kind == "university"
