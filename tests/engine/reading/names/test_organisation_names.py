"""How mentions become organisations: what ran on behind a name is cut."""

from __future__ import annotations

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
