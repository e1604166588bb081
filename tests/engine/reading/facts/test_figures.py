"""Figures: their values, units, sources and passages."""

from __future__ import annotations

import pytest

from handslag.language.dates import find_dates
from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis, Voice
from handslag.reading.facts.figures import find_figures
from handslag.reading.facts.figures.candidates import Candidate, scene_of
from handslag.reading.facts.figures.finding import evidence_of
from handslag.reading.facts.figures.nouns import label_noun
from handslag.reading.facts.figures.stated import Sources
from handslag.reading.facts.figures.units import add_units
from handslag.reading.facts.figures.what import what_of
from handslag.reading.models import Judge, Models, installed_models
from handslag.reading.names.people import Person
from handslag.reading.names.tagger import Mention
from handslag.reading.results import FigureFact

# A judge that takes the first word after a number for what it counts.
FIRST_WORD = Judge(["end", "none", "on"], {}, [1.0, 0.0, 0.0])


def page(text: str, language: str, zone: str = "body", models: Models | None = None) -> Analysis:
    """The analysis of a text whose lines all have one zone, as far as figures need it."""
    analysis = steps.start(text, models or Models({}))
    analysis.page.language = language
    filled = [bool(text[line.start : line.end].strip()) for line in analysis.page.lines]
    analysis.page.languages = [language if here else "" for here in filled]
    analysis.page.zones = [zone if here else "" for here in filled]
    steps.pass_on_zones(analysis.page)
    analysis.dates = find_dates(text, language)
    return analysis


def numbers(text: str, language: str, judge: Judge = FIRST_WORD) -> list[Candidate]:
    scene = scene_of(page(text, language))
    add_units(scene, judge)
    return scene.candidates


def units(text: str, language: str) -> list[tuple[float, str]]:
    return [(c.mention.value, c.unit) for c in numbers(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Bolaget får 12,5 miljoner kronor.", "sv", [(12_500_000, "SEK")]),
        ("The grant is EUR 3 million.", "en", [(3_000_000, "EUR")]),
        ("Omsättningen steg med 8 procent.", "sv", [(8, "percent")]),
        ("Stiftelsen har 42 medlemmar.", "sv", [(42, "medlemmar")]),
        ("They want 30 more nurses.", "en", [(30, "nurses")]),
        ("Två av bolagen flyttar in.", "sv", [(2, "bolagen")]),
        ("Six of our members have moved.", "en", [(6, "members")]),
    ],
)
def test_the_unit_is_a_currency_percent_or_the_counted_noun(
    text: str, language: str, expected: list[tuple[float, str]]
) -> None:
    assert units(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Vi tog emot 27 bolag, mot 11 förra året.", "sv", [(27, "bolag"), (11, "bolag")]),
        ("We admitted 14 companies (11).", "en", [(14, "companies"), (11, "companies")]),
        ("Antalet ansökningar ökade från 118 till 197.", "sv", [(118, "ansökningar"), (197, "ansökningar")]),
        ("The number of trials has grown from 40 to 62.", "en", [(40, "trials"), (62, "trials")]),
        ("Jag har besökt 14 av 21 regioner.", "sv", [(14, "regioner"), (21, "regioner")]),
        ("Projects: 6–8", "en", [(6, "Projects"), (8, "Projects")]),
    ],
)
def test_a_noun_that_is_left_out_is_found_beside_the_number(
    text: str, language: str, expected: list[tuple[float, str]]
) -> None:
    assert units(text, language) == expected


def test_a_table_gives_its_scale_and_its_labels() -> None:
    text = (
        "Flerårsöversikt (tkr)        2025     2024\n"
        "Nettoomsättning            31 480   27 905\n"
        "Antal hyresgäster              21       18\n"
        "Soliditet (%)                  41       46\n"
    )
    assert units(text, "sv") == [
        (31_480_000, "SEK"),
        (27_905_000, "SEK"),
        (21, "hyresgäster"),
        (18, "hyresgäster"),
        (41, "percent"),
        (46, "percent"),
    ]


def test_a_table_that_has_lost_its_columns_is_still_one() -> None:
    text = "Budget (EUR)\nNorthlab 1 260 000 610 000\nSouthlab 890 000 750 000\n"
    assert units(text, "en") == [(1_260_000, "EUR"), (610_000, "EUR"), (890_000, "EUR"), (750_000, "EUR")]


@pytest.mark.parametrize(
    ("label", "noun"),
    [
        ("Antal hyresgäster", "hyresgäster"),
        ("Number of employees", "employees"),
        ("Employees, average", "Employees"),
        ("Medelantal anställda (helår)", "anställda"),
        ("• Deltagare:", "Deltagare"),
        ("Projects in the clean rooms", "Projects"),
    ],
)
def test_what_a_row_counts(label: str, noun: str) -> None:
    assert label_noun(label) == noun


def test_furniture_and_keys_give_no_candidates() -> None:
    assert scene_of(page("Antal besökare: 1 200 personer", "sv", zone="furniture")).candidates == []
    assert scene_of(page("2\ufe0f\u20e3 Vi flyttar till Umeå", "sv")).candidates == []


def test_the_passage_is_the_number_with_its_unit() -> None:
    text = "Under året kom cirka 5 400 deltagare till mötet i Luleå."
    scene = scene_of(page(text, "sv"))
    add_units(scene, FIRST_WORD)
    passages = evidence_of(scene, scene.candidates[0])
    assert [p.quote for p in passages] == ["5 400 deltagare"]
    assert all(p.holds_in(text) for p in passages)
    assert what_of(scene, scene.candidates[0]) == "Under året kom cirka 5 400 deltagare till mötet i Luleå"


def test_a_number_in_a_quotation_is_its_speakers() -> None:
    text = "”Vi anställer 40 personer”, säger Disa Holmkvist."
    analysis = page(text, "sv")
    tokens = [token.form for token in analysis.page.tokens]
    at = tokens.index("Disa")
    analysis.people = [Person("Disa Holmkvist", [Mention(at, at + 2, "PER", 1.0)])]
    analysis.voices = [Voice(1, text.index("”,"), "Disa Holmkvist", "")]
    scene = scene_of(analysis)
    name, passages = Sources(scene).of(scene.candidates[0], Judge(["no", "yes"], {}, [0.0]))
    assert (name, [p.quote for p in passages]) == ("Disa Holmkvist", ["Disa Holmkvist"])


def read(text: str, language: str) -> list[FigureFact]:
    return [s.fact for s in find_figures(page(text, language, models=installed_models())) if s.probability >= 0.5]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        (
            "Regionen satsar 24 miljoner kronor och anställer minst 15 sjuksköterskor.",
            "sv",
            [(24_000_000, "SEK", ""), (15, "sjuksköterskor", "at least")],
        ),
        (
            "The company raised EUR 7 million and will create nearly 60 new jobs.",
            "en",
            [(7_000_000, "EUR", ""), (60, "new jobs", "nearly")],
        ),
        (
            "Mellan 20 och 30 procent av patienterna omfattas.",
            "sv",
            [(20, "percent", "from"), (30, "percent", "to")],
        ),
    ],
)
def test_figures_of_a_short_page(text: str, language: str, expected: list[tuple[float, str, str]]) -> None:
    assert [(f.value, f.unit, f.qualifier) for f in read(text, language)] == expected


def test_a_figure_that_is_told_twice_is_one_fact() -> None:
    text = (
        "Biolab får 46 miljoner kronor\n\n"
        "Biolab i Umeå får 46 miljoner kronor av staten. Pengarna, 46 miljoner kronor, betalas i höst.\n"
    )
    assert [f.value for f in read(text, "sv")] == [46_000_000]


def test_every_passage_stands_in_the_text() -> None:
    text = "The fund has 12 partners.\nStaff      9\nMembers    (%)   40\nSome 1,200 people, 300 of\nthem nurses, took part.\n"
    for scored in find_figures(page(text, "en", models=installed_models())):
        assert all(passage.holds_in(text) for passage in scored.fact.evidence)
        assert 0 <= scored.probability <= 1
