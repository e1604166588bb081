"""Commitments: what a found span becomes. The judges are set by hand here; how well they judge is measured elsewhere."""

from __future__ import annotations

import json
from datetime import date

import pytest

from handslag.language.cues import FIRMNESS
from handslag.reading import analysis as steps
from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.context import SentenceContext, sentence_contexts
from handslag.reading.facts.commitments.find import commitments_of, is_only_wished
from handslag.reading.facts.commitments.judging import deciding_for
from handslag.reading.facts.commitments.themes import theme_of
from handslag.reading.facts.commitments.when import date_candidates, tense_of
from handslag.reading.models import Models, Span
from handslag.reading.page import Sentence, page_of
from handslag.reading.results import CommitmentFact


def judge(classes: list[str], bias: list[float]) -> bytes:
    return json.dumps({"classes": classes, "weights": {}, "bias": bias}).encode()


def always(firmness: str) -> Models:
    """Models for which every span is a commitment of this firmness and every date near it is its own."""
    yes = judge(["no", "yes"], [5.0])
    return Models(
        {
            "commitments-firmness.json": judge(list(FIRMNESS), [9.0 * (each == firmness) for each in FIRMNESS]),
            "commitments.json": yes,
            "commitments-when.json": yes,
            "commitments-who.json": yes,
        }
    )


def analysis_of(text: str, *zones: str, said_on: date | None = None, firmness: str = "agreed") -> Analysis:
    """The analysis of a text with these zones (body, where none are given) up to its dates."""
    analysis = steps.start(text, always(firmness))
    steps.add_languages(analysis)
    lines = text.split("\n")
    analysis.page.zones = list(zones) or ["body" if line.strip() else "" for line in lines]
    assert len(analysis.page.zones) == len(lines)
    steps.pass_on_zones(analysis.page)
    analysis.said_on = said_on
    steps.add_dates(analysis)
    return analysis


def spot(analysis: Analysis, what: str) -> tuple[Sentence, Span]:
    """The span of these words, with its sentence."""
    page = analysis.page
    start = page.text.index(what)
    inside = [i for i, token in enumerate(page.tokens) if token.start < start + len(what) and token.end > start]
    sentence = page.sentences[page.sentence_of[inside[0]]]
    return sentence, Span(inside[0], inside[-1] + 1, "WHAT", 0.9)


def commitment(
    text: str, what: str, *zones: str, said_on: date | None = None, firmness: str = "agreed"
) -> CommitmentFact:
    analysis = analysis_of(text, *zones, said_on=said_on, firmness=firmness)
    (found,) = commitments_of(analysis, sentence_contexts(analysis.page), [spot(analysis, what)])
    assert all(passage.holds_in(text) for passage in found.fact.evidence)
    return found.fact


@pytest.mark.parametrize(
    ("text", "what", "cue", "firmness"),
    [
        ("Samarbetet kan omfatta gemensam upphandling.", "gemensam upphandling", "kan omfatta", "possible"),
        ("The cooperation may include joint procurement.", "joint procurement", "may include", "possible"),
        ("Regionen lovar att svara, och Almi kan omfatta mer.", "svara", "lovar att", "promised"),
        ("The board has decided to set money aside.", "set money aside", "has decided to", "agreed"),
        ("We’ll answer all questions.", "answer all questions", "We’ll", "promised"),
    ],
)
def test_the_deciding_words_are_shown_as_printed(text: str, what: str, cue: str, firmness: str) -> None:
    fact = commitment(text, what, firmness=firmness)
    assert (fact.what, fact.cue, fact.firmness) == (what, cue, firmness)


def test_an_item_of_a_list_has_the_deciding_words_of_the_line_that_introduces_it() -> None:
    text = "Samarbetet kan omfatta:\n- hälsodata\n- gemensam upphandling"
    fact = commitment(text, "gemensam upphandling", "body", "list", "list", firmness="possible")
    assert fact.cue == "kan omfatta"
    assert fact.evidence[0].quote == "gemensam upphandling"
    assert "Samarbetet kan omfatta:" in [passage.quote for passage in fact.evidence]


def test_the_passage_that_carries_the_claim_comes_first_and_the_whole_sentence_after_it() -> None:
    text = "Parterna ska under nästa år avsätta 14 miljoner\nkronor till en testbädd. Sedan händer inget."
    fact = commitment(text, "avsätta 14 miljoner\nkronor")
    assert [passage.quote for passage in fact.evidence] == [
        "avsätta 14 miljoner\nkronor",
        text.split(". ", maxsplit=1)[0] + ".",
    ]
    assert fact.what == "avsätta 14 miljoner kronor"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Om staten betalar, ska regionen bygga.", "Om staten betalar"),
        ("Regionen ska bygga under förutsättning att staten betalar.", "under förutsättning att staten betalar"),
        ("If the state pays, the region will build.", "If the state pays"),
        ("The region will build unless the state objects.", "unless the state objects"),
        ("The region will build, provided that the state pays.", "provided that the state pays"),
        ("The region will build, subject to approval.", "subject to approval"),
        ("Regionen ska bygga.", ""),
        ("Regionen ska bygga vidare på avtalet om hälsodata.", ""),
        ("Stiftelsen ska berätta om planerna.", ""),
        ("The region, which has provided funding, will build.", ""),
        ("The region provided funding and will build.", ""),
        ("The region will build as if nothing had happened.", ""),
    ],
)
def test_a_condition_is_kept_in_its_own_words_and_no_other_clause_is_one(text: str, condition: str) -> None:
    what = next(word for word in ("bygga", "build", "berätta") if word in text)
    assert commitment(text, what).condition == condition


@pytest.mark.parametrize(
    ("text", "firmness", "when", "basis"),
    [
        ("Almi ska svara senast den 1 november 2026.", "promised", "2026-11-01", "printed"),
        ("Almi ska svara den 1 november.", "promised", "2026-11-01", "inferred"),
        ("Almi ska svara den 1 september.", "promised", "2027-09-01", "inferred"),
        ("Almi svarade den 1 september.", "done", "2026-09-01", "inferred"),
        ("Almi svarade den 1 november.", "done", "2025-11-01", "inferred"),
        ("Almi will answer by 1 November 2026.", "promised", "2026-11-01", "printed"),
        ("Almi will answer.", "promised", "", ""),
    ],
)
def test_a_day_without_a_year_lies_behind_what_is_done_and_ahead_of_all_else(
    text: str, firmness: str, when: str, basis: str
) -> None:
    what = next(word for word in ("svara", "answer") if word in text)
    fact = commitment(text, what, said_on=date(2026, 10, 8), firmness=firmness)
    # "by" a day may be given as the day itself or as its open period
    assert (fact.when.removeprefix("/"), fact.basis) == (when, basis)
    assert not fact.when_text or fact.when_text in text


def test_without_the_documents_day_a_day_without_a_year_is_not_completed() -> None:
    assert commitment("Almi ska svara den 1 november.", "svara").when == ""


@pytest.mark.parametrize("firmness", FIRMNESS)
def test_only_what_is_done_lies_behind(firmness: str) -> None:
    assert tense_of(firmness) == ("past" if firmness == "done" else "future")


COLUMNS = """\
Stiftelsen Dalhamn ska avsätta medel       Deadline 1 May 2027 for the parties to
till en testbädd för hälsodata under       send in their plans, as agreed on 2 May
de tre år som avtalet gäller. Alla         by the chair of the group and signed by
ska även svara på frågor om det            all before summer. The office says that
varje år som går.                          nothing else will change next year."""


def test_a_date_of_the_other_column_is_no_date_of_the_sentence() -> None:
    analysis = analysis_of(COLUMNS, said_on=date(2026, 10, 8))
    sentence, _ = spot(analysis, "avsätta medel")
    assert analysis.page.sentence_text(sentence).endswith("som avtalet gäller.")
    assert [m for m in analysis.dates_in(sentence) if "May" in COLUMNS[m.start : m.end]] == []
    english, _ = spot(analysis, "send in their plans")
    assert [m.first for m in analysis.dates_in(english) if "1 May" in COLUMNS[m.start : m.end]]


def test_a_date_in_the_same_row_is_a_candidate() -> None:
    analysis = analysis_of("Svara alla\tAlmi\t2026-11-01", "table", said_on=date(2026, 10, 8))
    sentence, _ = spot(analysis, "Svara alla")
    assert [candidate.resolved.period for candidate in date_candidates(analysis, sentence, "planned")] == ["2026-11-01"]


def contexts(text: str, *zones: str) -> list[SentenceContext]:
    return list(sentence_contexts(analysis_of(text, *zones).page).values())


def test_a_list_knows_its_introduction_and_its_heading() -> None:
    *_, item = contexts("Mål\nVi ska:\n- svara\n- bygga", "headline", "body", "list", "list")
    assert (item.intro_sentence, item.heading_sentence) == (1, 0)


def test_a_paragraph_in_between_ends_an_introduction() -> None:
    *_, item = contexts("Vi ska:\n- svara\nDet var allt om det.\n- bygga", "body", "list", "body", "list")
    assert item.intro_sentence == -1


def test_furniture_has_no_context() -> None:
    assert len(contexts("Vi ska svara.\n\nKakor ska accepteras.", "body", "", "furniture")) == 1


def test_the_cells_of_a_row_share_their_cues() -> None:
    first, second, third = contexts("Svara\tAlmi\tpågår", "table")
    assert "underway" in first.row_cues
    assert first.row_cues == second.row_cues == third.row_cues


@pytest.mark.parametrize(
    ("text", "what", "phrase"),
    [
        ("Regionen lovar att bygga, medan Almi kan omfatta mer", "bygga", "lovar att"),
        ("Almi avser att inleda det som är klart", "inleda", "avser att"),
        ("Bygget pågår", "Bygget", "pågår"),
        ("Regionen har en skog", "skog", None),
    ],
)
def test_the_deciding_words_are_those_before_the_span_else_the_next_after(
    text: str, what: str, phrase: str | None
) -> None:
    (context,) = contexts(text)
    first = context.words.index(what.lower())
    near = deciding_for(context, first, first + 1)
    assert (" ".join(context.words[near.first : near.last]) if near else None) == phrase


@pytest.mark.parametrize(
    ("what", "theme"),
    [
        ("sekundäranvändning av hälsodata", "health_data"),
        ("secondary use of health data", "health_data"),
        ("gemensam upphandling", "procurement"),
        ("inleda en klinisk prövning", "clinical_trials"),
        ("start a clinical trial", "clinical_trials"),
        ("avsätta 14 miljoner kronor", "financing"),
        ("använda AI i vården", "care"),
        ("en ”biobank”", "biobanks"),
        # words that only begin like a theme's
        ("genomföra det genom möten", "cooperation"),
        ("den europeiska sekreteraren", ""),
        ("be careful with the investigation", ""),
        ("ett studiebesök", ""),
        ("", ""),
    ],
)
def test_a_theme_is_told_by_whole_words_and_stems(what: str, theme: str) -> None:
    assert theme_of(what, []) == theme


def test_the_sentence_tells_the_theme_where_the_commitment_itself_does_not() -> None:
    assert theme_of("svara i maj", "om upphandling ska de svara i maj".split()) == "procurement"


@pytest.mark.parametrize(
    ("sentence", "word", "wished"),
    [
        ("Regionen hoppas att fler bolag ska komma hit", "fler", True),
        ("The board recommends that the ward be closed", "that", True),
        ("Bolaget ska bygga ett labb", "bygga", False),
        ("We hope it rains; we will build a lab", "build", False),
    ],
)
def test_what_is_only_hoped_for_or_recommended_is_known_by_the_nearest_cue(
    sentence: str, word: str, wished: bool
) -> None:
    page = page_of(sentence)
    page.zones = ["body"]
    page.languages = ["sv"]
    context = sentence_contexts(page)[0]
    assert is_only_wished(context, context.words.index(word)) is wished
