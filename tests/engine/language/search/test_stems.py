from __future__ import annotations

import pytest

from handslag.language.search.folding import fold
from handslag.language.search.stems import english_stem, swedish_stem


@pytest.mark.parametrize(
    "forms",
    [
        "avtal avtalet avtalen avtals avtalets avtalens",
        "samverkan samverkans samverka samverkar",
        "sjukhus sjukhuset sjukhusen sjukhusets sjukhusens",
        "forskare forskaren forskarna forskares forskarnas",
        "läkemedel läkemedlet läkemedlen läkemedels",
        "register registret registren registers registrets",
        "skola skolan skolor skolans skolorna",
        "hälsa hälsan hälsans",
        "handlingsplan handlingsplanen handlingsplaner handlingsplanerna",
        "strategi strategin strategier strategins",
        "möte mötet möten mötena mötenas",
        "kluster klustret klustren klusters",
        "program programmet programmen programmets",
        "partner partnern partners",
        "plats platsen platser",
        "center centret centrum",
        "arbetslös arbetslöst arbetslösa",
        "organ organet organen",
        "myndighet myndigheten myndigheterna myndigheternas",
    ],
)
def test_the_forms_of_a_swedish_word_have_one_stem(forms: str) -> None:
    assert len({swedish_stem(fold(form)) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        "agreement agreements",
        "hospital hospitals",
        "university universities",
        "sign signed signing signs",
        "study studies studied",
    ],
)
def test_the_forms_of_an_english_word_have_one_stem(forms: str) -> None:
    assert len({english_stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("avtal", "avgift"),
        ("register", "regering"),
        ("skola", "skuld"),
        ("handlingsplan", "handling"),
        ("kommun", "kommission"),
    ],
)
def test_different_swedish_words_keep_different_stems(one: str, other: str) -> None:
    assert swedish_stem(one) != swedish_stem(other)
