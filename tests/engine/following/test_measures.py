"""A promised measure beside a told one: reached or short, within a limit or beyond it; and what tells of none."""

from __future__ import annotations

import hashlib

import pytest

from handslag.following.documents import Document, Stretch
from handslag.following.seeing.measures import Verdict, promised_measures, verdict_of
from handslag.following.seeing.telling import Sentence, read_sentence


def sentence(language: str, text: str) -> Sentence:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    stretch = Stretch(0, len(text), "body", language)
    document = Document("a.txt", sha256, text, language, "2026-05-05", "day", (stretch,))
    return read_sentence(document, stretch)


def verdict(language: str, promised: str, told: str) -> Verdict | None:
    return verdict_of(promised_measures(sentence(language, promised)), sentence(language, told))


TOLD = [
    ("sv", "Under året startar vi tolv studier.", "Fjorton studier startades.", "reached"),
    ("en", "Within a year we hire 40 nurses.", "We have hired 44 nurses.", "reached"),
    ("sv", "Regionen sänker avgiften till högst 200 kronor.", "Avgiften blev 300 kronor.", "beyond"),
    ("sv", "Navet ska ha fem egna forskningssköterskor på plats", "Tre av fem tjänster är tillsatta på navet.", "short"),
    ("sv", "Minst tolv studier ska tas emot under året", "Navet tog under året emot fjorton nya studier.", "reached"),
    ("en", "We guarantee every company eight meetings.", "Each company had 11 meetings.", "reached"),
    ("sv", "Notan stannar på 18 miljoner kronor", "Kostnaden blev till slut 26,4 miljoner kronor.", "beyond"),
    ("sv", "Notan stannar på 18 miljoner kronor", "Kostnaden landar på 18, precis som jag sa.", "within"),
    ("en", "The Fund will pay the Unit £4 million.", "The Unit has received £2 million.", "short"),
    ("sv", "Region Norr svarar inom 28 dagar", "Väntan var i snitt 71 dagar.", "beyond"),
    ("en", "The agency shall answer within ten days.", "An answer came after nine days.", "within"),
    ("sv", "Minst 70 procent av pengarna går till forskning", "I fjol gick 45 procent till forskning.", "short"),
    ("sv", "Alla patienter får en fast läkarkontakt på orten", "Av 3 100 patienter på öarna har 1 240 en läkarkontakt.", "short"),
    ("en", "The pool will have 30 mentors.", "There are twelve mentors instead of thirty.", "short"),
    ("en", "By May we will have trained 200 surgeons.", "One hundred and forty-three surgeons are trained.", "short"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "promised", "told", "outcome"), TOLD)
def test_a_told_measure_is_weighed_against_the_promised_one(
    language: str, promised: str, told: str, outcome: str
) -> None:
    found = verdict(language, promised, told)
    assert found is not None
    assert (found.outcome, found.is_plain) == (outcome, True)


@pytest.mark.parametrize(
    ("language", "promised", "told"),
    [
        ("en", "The hospital will open a clinic in May.", "Twelve nurses were hired."),
        ("en", "The fund contributes 12 million euros.", "The hospital paid SEK 30 million for a roof."),
        ("en", "The agency shall answer within ten days.", "The agency has a new head."),
        ("en", "The pool will have 30 mentors.", "The pool opened on Monday."),
    ],
)
def test_nothing_is_weighed_where_no_measure_of_the_kind_is_told(language: str, promised: str, told: str) -> None:
    assert verdict(language, promised, told) is None


def test_another_number_alone_is_not_plainly_of_the_same_thing() -> None:
    found = verdict("en", "The pool will have 30 mentors.", "Nineteen bicycles stand outside.")
    assert found is not None
    assert not found.is_plain


def test_what_is_to_fall_by_a_sum_is_reached_by_a_larger_fall() -> None:
    found = verdict("en", "The hospital will cut its costs by SEK 30 million.", "Costs fell by SEK 37 million.")
    assert found is not None
    assert found.outcome == "reached"
