"""Commitments that somebody gives: found by their passage, refused with the entry's number where they are not as the contract has it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.engine.following.made_story import DONE, PROMISE, story

from handslag.following.following import follow
from handslag.following.given import given_commitments
from handslag.kernel.errors import HandslagError

ENTRY = {
    "id": "c1", "document": "1.txt", "who": "Region Österdalen", "what": "öppna en testbädd", "firmness": "promised",
    "when": "2026-06", "passage": "Region Österdalen ska öppna en testbädd för hemdialys i Almvik senast i juni 2026.",
}  # fmt: skip
NURSES = ENTRY | {
    "id": "c2", "what": "anställa fyra dialyssköterskor", "when": "",
    "passage": "Region Österdalen ska också anställa fyra dialyssköterskor före sommaren.",
}  # fmt: skip


def test_a_given_commitment_is_followed_under_its_own_id() -> None:
    documents, _ = story((PROMISE, "2026-01-14"), (DONE, "2026-06-02"))
    given = given_commitments([ENTRY, NURSES], documents, "list.json")
    following = follow(documents, given, "2026-12-31", are_given=True)
    assert [item.commitment.id for item in following.commitments] == ["c1", "c2"]
    assert following.commitments[0].state.state == "reported done"
    assert following.commitments[0].state.due_passed is True


def test_line_ends_in_a_passage_may_differ() -> None:
    documents, _ = story((PROMISE, "2026-01-14"))
    entry = ENTRY | {"passage": str(ENTRY["passage"]).replace(" testbädd ", "\n testbädd\n")}
    assert given_commitments([entry], documents, "list.json")[0].evidence[0].quote == ENTRY["passage"]


def test_a_rhythm_in_words_of_its_own_is_no_period() -> None:
    documents, _ = story((PROMISE, "2026-01-14"))
    given = given_commitments(
        [ENTRY | {"when": "every term"}, ENTRY | {"id": "c2", "when": "yearly, spring"}], documents, "x"
    )
    assert [commitment.when for commitment in given] == ["", "yearly"]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({}, "expected a list"),
        ([3], "commitment 1: found int"),
        ([ENTRY | {"id": ""}], "id is missing"),
        ([ENTRY | {"firmness": "sworn"}], "firmness is 'sworn'"),
        ([ENTRY | {"document": "9.txt"}], "no document is called '9.txt'"),
        ([ENTRY | {"passage": "nothing of the kind"}], "does not stand in 1.txt"),
        ([ENTRY, ENTRY], "commitment 2: the id 'c1' stands twice"),
        ([ENTRY | {"who": 4}], "who is 4, expected text"),
    ],
)
def test_what_is_not_as_the_contract_has_it_is_told(value: Any, told: str) -> None:
    documents, _ = story((PROMISE, "2026-01-14"))
    with pytest.raises(HandslagError, match=told):
        given_commitments(value, documents, "list.json")
