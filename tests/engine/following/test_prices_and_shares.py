"""What is charged, spent or shared on a later page, beside what was promised; and what is of something else."""

from __future__ import annotations

import pytest
from tests.engine.following.made_story import story

from handslag.following.documents import Commitment
from handslag.following.following import follow

LATER = "Norrby Allehanda\n\n2 december 2026\n\n{}\n"


def told(promise: str, later: str) -> list[str]:
    """The kinds of contradictions between the promise and what a later page says."""
    home = f"Vårdklustret Nord\n\n5 maj 2026\n\n{promise}\n"
    documents, _ = story((home, "2026-05-05"), (LATER.format(later), "2026-12-02"))
    start = documents[0].text.index(promise)
    place = documents[0].place(start, start + len(promise))
    given = Commitment("c1", (place,), ("Vårdklustret Nord",), promise, "promised")
    followed = follow(documents, [given], "2026-12-31", are_given=True)
    return [one.kind for one in followed.contradictions if one.a == place]


@pytest.mark.parametrize(
    ("promise", "later", "kind"),
    [
        (
            "Vårdklustret Nords årsavgift blir högst 900 kronor.",
            "Vårdklustret Nord tog i år 1 400 kronor i årsavgift.",
            "sum",
        ),
        (
            "Vårdklustret Nord bygger huset för 340 miljoner kronor och inte mer.",
            "Slutkostnaden för Vårdklustret Nords hus: 371 miljoner kronor.",
            "sum",
        ),
        (
            "The price of a vial is fixed at 41 euros until the end of 2027.",
            "Vårdklustret Nord has charged 47 euros a vial since October.",
            "sum",
        ),
        (
            "Medlemmar i Vårdklustret Nord går in gratis på stämman.",
            "Medlemmar fick betala 450 kronor i dörren på Vårdklustret Nords stämma.",
            "price",
        ),
        (
            "Vårdklustret Nord lends alarm watches to every patient free of charge.",
            "Patients were charged 240 euros for the alarm watches.",
            "price",
        ),
        (
            "Vårdklustret Nord will spend no more than 5 per cent on administration.",
            "Vårdklustret Nord spent 10.9 per cent on administration.",
            "share",
        ),
    ],
)
def test_more_than_was_promised_is_told(promise: str, later: str, kind: str) -> None:
    assert told(promise, later) == [kind]


@pytest.mark.parametrize(
    ("promise", "later"),
    [
        ("Vårdklustret Nords årsavgift blir högst 900 kronor.", "Vårdklustret Nord tog i år 900 kronor i årsavgift."),
        ("Vårdklustret Nords årsavgift blir högst 900 kronor.", "Konkurrenten tar 1 400 kronor i årsavgift."),
        ("Vårdklustret Nords årsavgift blir högst 900 kronor.", "Vårdklustret Nord omsatte 41 miljoner kronor."),
        (
            "Priset ligger fast på 89 kronor per patient och månad.",
            "Er faktura visar en kostnad på 140 kronor per klocka.",
        ),
        ("Medlemmar i Vårdklustret Nord går in gratis på stämman.", "Annonsera i Allehanda: det kostar 990 kronor."),
        (
            "Vårdklustret Nord lends alarm watches to every patient free of charge.",
            "The cluster awarded a prize of 20,000 euros to a painter.",
        ),
        (
            "Vårdklustret Nord will spend no more than 5 per cent on administration.",
            "Vårdklustret Nord spent 4 per cent on administration.",
        ),
        (
            "Vårdklustret Nord will spend no more than 5 per cent on administration.",
            "Sales of bicycles rose by 12 per cent in Norrby.",
        ),
    ],
)
def test_what_is_within_or_of_something_else_is_not_told(promise: str, later: str) -> None:
    assert told(promise, later) == []
