"""Labels, dates and numbers in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.periods import RHYTHMS, SEASONS
from handslag.reading.report import Pair, amount, counted, label, period_in_words, sentence
from handslag.vocabulary.load import vocabulary

# The closed lists of formats/reading.md, as printed there.
CONTRACT = {
    "firmness": "done, underway, agreed, promised, assigned, planned, aim, possible",
    "certainty": "certain, probable, weak",
    # The last is the hub's own.
    "basis": "printed, inferred, told directly",
    "said_basis": "given, printed, metadata, unknown",
    "zone": "headline, lead, body, byline, caption, list, quote, table, teaser, feed, member_news, furniture",
    "organisation_kind": (
        "company, university, hospital, agency, ministry, government, region, municipality, association, foundation, "
        "cluster, investor, programme, other, unknown"
    ),
    "tense": "current, former, coming, leaving",
    "event_status": "planned, held, moved, cancelled, unknown",
    "agreement_status": "concluded, planned, denied, ended",
    "qualifier": "nearly, over, about, at least, at most, from, to",
    "signal_kind": (
        "ceo_change, appointment, departure, layoff, funding, grant, listing, approval, rejection, recommendation, "
        "trial_start, trial_result, trial_hold, agreement, agreement_ended, acquisition, facility, closure, delivery, "
        "launch, financial_report, policy, price, consultation"
    ),
    "rhythm": ", ".join(RHYTHMS),
    "season": ", ".join(SEASONS),
}


@pytest.mark.parametrize("group", CONTRACT)
def test_every_key_of_the_contract_has_a_label_in_its_order(group: str) -> None:
    assert list(vocabulary("labels")[group]) == CONTRACT[group].split(", ")


def test_every_language_that_is_recognised_has_a_name() -> None:
    assert set(vocabulary("function_words")) <= set(vocabulary("labels")["language"])


def test_themes_are_those_of_the_contract(shared: Path) -> None:
    themes = yaml.safe_load((shared / "formats" / "themes.yaml").read_text(encoding="utf-8"))
    assert vocabulary("labels")["theme"] == themes


@pytest.mark.parametrize("file", ["labels", "report_texts"])
def test_every_text_is_there_in_both_languages(file: str) -> None:
    def check(node: object, path: str) -> int:
        assert isinstance(node, dict), path
        if "sv" in node and set(node) != set(vocabulary("labels")["language"]):
            assert set(node) == {"sv", "en"}, path
            assert all(isinstance(text, str) and text.strip() for text in node.values()), path
            return 1
        return sum(check(inner, f"{path}.{key}") for key, inner in node.items())

    assert check({key: node for key, node in vocabulary(file).items() if key != "warnings"}, file) > 50


def test_a_key_that_nobody_knows_is_shown_as_it_stands() -> None:
    assert label("zone", "margin_note") == Pair("margin_note", "margin_note")


def test_braces_in_a_value_are_no_placeholders() -> None:
    assert sentence("fact", "said_by", name="{n} {0} {name}").en == "said by {n} {0} {name}"


@pytest.mark.parametrize(
    ("count", "sv", "en"),
    [
        (0, "0 åtaganden", "0 commitments"),
        (1, "ett åtagande", "one commitment"),
        (1234, "1\u00a0234 åtaganden", "1,234 commitments"),
    ],
)
def test_counts_are_words_of_the_language(count: int, sv: str, en: str) -> None:
    assert counted("commitments", count) == Pair(sv, en)


@pytest.mark.parametrize(
    ("period", "sv", "en"),
    [
        ("2026", "2026", "2026"),
        ("2026-10", "oktober 2026", "October 2026"),
        ("2026-10-08", "8\u00a0oktober 2026", "8\u00a0October 2026"),
        ("2026-W41", "vecka 41 2026", "week 41, 2026"),
        ("2026-Q4", "fjärde kvartalet 2026", "fourth quarter of 2026"),
        ("2026-H2", "andra halvåret 2026", "second half of 2026"),
        ("2026-autumn", "hösten 2026", "autumn 2026"),
        ("/2026-10-08", "senast 8\u00a0oktober 2026", "by 8\u00a0October 2026"),
        ("2026-Q1/", "från första kvartalet 2026", "from first quarter of 2026"),
        ("2026-10-08/2026-10-10", "8–10\u00a0oktober 2026", "8–10\u00a0October 2026"),
        ("2026-10-30/2026-11-02", "30\u00a0oktober – 2\u00a0november 2026", "30\u00a0October – 2\u00a0November 2026"),
        (
            "2026-12-30/2027-01-02",
            "30\u00a0december 2026 – 2\u00a0januari 2027",
            "30\u00a0December 2026 – 2\u00a0January 2027",
        ),
        ("2026-09/2026-11", "september–november 2026", "September–November 2026"),
        ("2026/2028", "2026–2028", "2026–2028"),
        ("monthly", "varje månad", "monthly"),
        ("i höst", "i höst", "i höst"),
        ("", "", ""),
    ],
)
def test_periods_are_said_as_people_say_them(period: str, sv: str, en: str) -> None:
    assert period_in_words(period) == Pair(sv, en)


@given(st.text(max_size=12))
def test_what_is_no_period_is_shown_as_it_stands(text: str) -> None:
    words = period_in_words(text)
    assert isinstance(words.sv, str)
    if not any(letter.isdigit() for letter in text) and text not in RHYTHMS:
        assert words == Pair(text, text)


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "sv", "en"),
    [
        (6_400_000, "SEK", "", "6\u00a0400\u00a0000\u00a0SEK", "6,400,000\u00a0SEK"),
        (12.5, "percent", "over", "över 12,5\u00a0%", "over 12.5%"),
        (-3, "", "", "\u22123", "\u22123"),
        (3.0, "sjukhus", "at least", "minst 3\u00a0sjukhus", "at least 3\u00a0sjukhus"),
        (1234.5678, "", "", "1\u00a0234,5678", "1,234.5678"),
        (float("inf"), "", "", "inf", "inf"),
        (10**30, "", "", "1" + "\u00a0000" * 10, "1" + ",000" * 10),
    ],
)
def test_amounts_are_written_as_each_language_writes_them(
    value: float, unit: str, qualifier: str, sv: str, en: str
) -> None:
    assert amount(value, unit, qualifier) == Pair(sv, en)
