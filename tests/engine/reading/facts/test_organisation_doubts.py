"""What makes a body's name doubtful: its ends, its neighbours, a line's break."""

from __future__ import annotations

from handslag.reading.facts.organisation_doubts import organisation_doubts, own_mentions
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.tagger import Mention
from handslag.reading.page import Page, page_of


def doubts(text: str, printed: str, name: str = "", probability: float = 1.0) -> list[str]:
    page = page_of(text)
    wanted = printed.split()
    mentions = [
        Mention(i, i + len(wanted), "ORG", probability)
        for i in range(len(page.tokens))
        if [token.form for token in page.tokens[i : i + len(wanted)]] == wanted
    ]
    return _doubts(page, Organisation(name or printed, mentions=mentions))


def _doubts(page: Page, organisation: Organisation) -> list[str]:
    own, is_ended = own_mentions(page, organisation)
    return organisation_doubts(page, organisation, own, is_ended)


def test_clear_name_raises_no_doubt() -> None:
    assert doubts("Avtalet med Granviks Sjukhus gäller från maj.", "Granviks Sjukhus") == []


def test_ends_are_in_doubt_beside_capitals() -> None:
    assert doubts("The funds of the Royal Lindby Academy were used.", "Lindby Academy") == ["capital beside"]
    assert doubts("They met at Lindby Academy of Arts last week.", "Lindby Academy") == ["goes on"]


def test_one_clear_mention_is_enough() -> None:
    text = "The funds of the Royal Lindby Academy were used. A letter from Lindby Academy came late."
    assert doubts(text, "Lindby Academy") == []


def test_name_that_is_only_printed_as_a_genitive() -> None:
    assert doubts("I dag blev Granviks lokaler klara.", "Granviks", "Granvik") == ["only genitive"]


def test_broken_joined_and_unsure_names() -> None:
    assert doubts("De skrev till Granviks\nSjukhus i går.", "Granviks Sjukhus") == ["broken"]
    assert doubts("De skrev till Granvik och Lindby i går.", "Granvik och Lindby", probability=0.6) == [
        "unsure",
        "joined",
    ]
