"""The number grammar: values in base units, units, qualifiers, ranges; and the numbers that are no figures."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.language.dates import find_dates
from handslag.language.numbers import NumberMention, TableScale, find_numbers, row_scale, scaled, table_scale
from handslag.language.numbers.mention import KINDS, QUALIFIERS, ROLES

# Text, then each figure in it: the words, the value, the unit, the qualifier.
SWEDISH = [
    ("184 miljoner kronor", [("184 miljoner kronor", 184000000, "SEK", "")]),
    ("omkring 45 nya tjänster", [("45", 45, "", "about")]),
    ("21,5 miljoner om året", [("21,5 miljoner", 21500000, "SEK", "")]),
    ("1 200 kvadratmeter", [("1 200", 1200, "", "")]),
    ("1\xa0200\xa0000 kr", [("1\xa0200\xa0000 kr", 1200000, "SEK", "")]),
    ("1\u202f200 deltagare", [("1\u202f200", 1200, "", "")]),
    ("4,2 procent", [("4,2 procent", 4.2, "percent", "")]),
    ("50 % av kostnaden", [("50 %", 50, "percent", "")]),
    ("minst 50%", [("50%", 50, "percent", "at least")]),
    ("två procentenheter", [("två procentenheter", 2, "percent", "")]),
    ("4,2 mnkr", [("4,2 mnkr", 4200000, "SEK", "")]),
    ("12 Mkr", [("12 Mkr", 12000000, "SEK", "")]),
    ("MSEK 12,5", [("MSEK 12,5", 12500000, "SEK", "")]),
    ("12 MSEK", [("12 MSEK", 12000000, "SEK", "")]),
    ("640 tkr", [("640 tkr", 640000, "SEK", "")]),
    ("1,3 mdkr", [("1,3 mdkr", 1300000000, "SEK", "")]),
    ("2 miljarder kronor", [("2 miljarder kronor", 2000000000, "SEK", "")]),
    ("50 öre per prov", [("50 öre", 0.5, "SEK", "")]),
    ("4 900:-", [("4 900:-", 4900, "SEK", "")]),
    ("ca 210 000 euro", [("210 000 euro", 210000, "EUR", "about")]),
    ("12 miljoner norska kronor", [("12 miljoner norska kronor", 12000000, "NOK", "")]),
    ("EUR 2,9 miljoner", [("EUR 2,9 miljoner", 2900000, "EUR", "")]),
    ("mellan 5 och 20 miljoner kronor", [("5", 5000000, "SEK", "from"), ("20 miljoner kronor", 20000000, "SEK", "to")]),
    ("10–15 miljoner", [("10", 10000000, "SEK", "from"), ("15 miljoner", 15000000, "SEK", "to")]),
    ("8–10 projekt", [("8", 8, "", "from"), ("10", 10, "", "to")]),
    ("från 17 till 34 procent", [("17", 17, "percent", "from"), ("34 procent", 34, "percent", "to")]),
    ("från 92 till 55 kronor", [("92", 92, "SEK", "from"), ("55 kronor", 55, "SEK", "to")]),
    (
        "14 000 000 – 19 000 000 SEK",
        [("14 000 000", 14000000, "SEK", "from"), ("19 000 000 SEK", 19000000, "SEK", "to")],
    ),
    ("sex till åtta per år", [("sex", 6, "", "from"), ("åtta", 8, "", "to")]),
    ("268 miljoner i stället för 240.", [("268 miljoner", 268000000, "SEK", ""), ("240", 240000000, "SEK", "")]),
    ("57,3 mnkr mot 51,6.", [("57,3 mnkr", 57300000, "SEK", ""), ("51,6", 51600000, "SEK", "")]),
    ("95 miljoner i år mot 180 förra året", [("95 miljoner", 95000000, "SEK", ""), ("180", 180000000, "SEK", "")]),
    ("Intäkter 31,8 Mkr (27,4).", [("31,8 Mkr", 31800000, "SEK", ""), ("27,4", 27400000, "SEK", "")]),
    ("27 anmälda bolag mot 11 förra året", [("27", 27, "", ""), ("11", 11, "", "")]),
    ("drygt 2 900 vårdplatser", [("2 900", 2900, "", "over")]),
    (
        "nästan 30 bolag, knappt 40, närmare 50",
        [("30", 30, "", "nearly"), ("40", 40, "", "nearly"), ("50", 50, "", "nearly")],
    ),
    ("fler än 50 anställda", [("50", 50, "", "over")]),
    ("färre än tio anställda", [("tio", 10, "", "at most")]),
    ("högst en tredjedel", [("en tredjedel", 33, "percent", "at most")]),
    ("en dryg tredjedel", [("en dryg tredjedel", 33, "percent", "over")]),
    ("knappt hälften", [("hälften", 50, "percent", "nearly")]),
    ("två tredjedelar", [("två tredjedelar", 67, "percent", "")]),
    ("en femtedel", [("en femtedel", 20, "percent", "")]),
    ("åtta av tio ansökningar", [("åtta av tio", 80, "percent", "")]),
    ("var fjärde hälsocentral", [("var fjärde", 25, "percent", "")]),
    ("14 av 21 regioner", [("14", 14, "", ""), ("21", 21, "", "")]),
    ("ett sjuttiotal projekt", [("ett sjuttiotal", 70, "", "about")]),
    ("ett tiotal bolag", [("ett tiotal", 10, "", "about")]),
    ("ett 20-tal företag", [("20-tal", 20, "", "about")]),
    ("hundratals företag", []),
    ("några hundra meter", []),
    ("tjugotre dagar", [("tjugotre", 23, "", "")]),
    ("hundrafyrtio personer", [("hundrafyrtio", 140, "", "")]),
    ("tvåhundratjugotre prov", [("tvåhundratjugotre", 223, "", "")]),
    ("tolv tjänster, trettio dagar", [("tolv", 12, "", ""), ("trettio", 30, "", "")]),
    ("en miljon kronor", [("en miljon kronor", 1000000, "SEK", "")]),
    ("en halv miljon kronor", [("en halv miljon kronor", 500000, "SEK", "")]),
    ("en och en halv miljard kronor", [("en och en halv miljard kronor", 1500000000, "SEK", "")]),
    ("tre miljoner människor", [("tre miljoner", 3000000, "", "")]),
    ("7,8 miljoner rör", [("7,8 miljoner", 7800000, "", "")]),
    ("en tjänst och ett avtal", []),
    ("ett resultat på –1 204 tkr", [("–1 204 tkr", -1204000, "SEK", "")]),
    ("Rörelseresultat   −88,7   −61,4", [("−88,7", -88.7, "", ""), ("−61,4", -61.4, "", "")]),
    ("100 eller fler deltagare", [("100", 100, "", "at least")]),
    ("upp till 10 Mkr", [("10 Mkr", 10000000, "SEK", "at most")]),
    ("inte överstiga 12 000 kronor", [("12 000 kronor", 12000, "SEK", "at most")]),
    ("inom 30 dagar", [("30", 30, "", "at most")]),
    ("minst\n60 miljoner kronor", [("60 miljoner kronor", 60000000, "SEK", "at least")]),
    ("0,125 mg", [("0,125", 0.125, "", "")]),
    ("1.200 kr", [("1.200 kr", 1200, "SEK", "")]),
    ("610 000 610 000", [("610 000", 610000, "", ""), ("610 000", 610000, "", "")]),
    ("€3m och £40k", [("€3m", 3000000, "EUR", ""), ("£40k", 40000, "GBP", "")]),
    ("12 kvm", [("12", 12, "", "")]),
    ("100-årig stiftelse", [("100", 100, "", "")]),
    ("den 8 oktober 2026 kl. 13.00–14.30", []),
    ("08-405 00 00, +46 31 000 11 22, växel 010-000 00 00", []),
    ("§ 148, kap. 6, avsnitt 6.4, fas 2, punkt 3", []),
    ("Org.nr 232100-0032, 611 88 Nyköping", []),
    ("Dnr RS2026-0731, 2026/04417, RS 1187-2026", []),
    ("1. Första\n2. Andra\n2.1 Tredje", []),
    ("GX-101, COVID-19, ISO 13485, Horisont 2020, BIO15", []),
    ("Sida 7 (23)", []),
    ("Gjuterigatan 9, 553 18 Jönköping", []),
    ("Ålder: 51", []),
    ("SFS 2018:218", []),
    ("den 2:a och 3:e gången", []),
    ("1:e vice ordförande", []),
    ("Tel 0155-24 50 00", []),
    ("nr 5", []),
    ("v. 28–31", []),
    ("pdf 214 kB", []),
    ("Nära vård 2.0", []),
    ("1177 Vårdguiden svarar på 1177.", []),
    ("kl 14, klockan sex", []),
    ("Fas 2-studien", []),
    ("Avsnitt 88 och fas 1 och 2", []),
    ("I dag 34 patienter", [("34", 34, "", "")]),
]

ENGLISH = [
    ("SEK 4.2 million", [("SEK 4.2 million", 4200000, "SEK", "")]),
    ("€3m", [("€3m", 3000000, "EUR", "")]),
    ("£40k", [("£40k", 40000, "GBP", "")]),
    ("USD 1.5bn", [("USD 1.5bn", 1500000000, "USD", "")]),
    ("US$2.5 million", [("US$2.5 million", 2500000, "USD", "")]),
    ("DKK 8.5 million", [("DKK 8.5 million", 8500000, "DKK", "")]),
    ("up to USD 88m", [("USD 88m", 88000000, "USD", "at most")]),
    ("SEK12m", [("SEK12m", 12000000, "SEK", "")]),
    ("7,727,272 shares", [("7,727,272", 7727272, "", "")]),
    ("1,200 people", [("1,200", 1200, "", "")]),
    ("184.5 per cent", [("184.5 per cent", 184.5, "percent", "")]),
    ("22% of you", [("22%", 22, "percent", "")]),
    ("two percentage points", [("two percentage points", 2, "percent", "")]),
    ("more than 900 meetings", [("900", 900, "", "over")]),
    ("just over 140 firms", [("140", 140, "", "over")]),
    ("nearly 30,000 jobs", [("30,000", 30000, "", "nearly")]),
    ("some 260,000 people", [("260,000", 260000, "", "about")]),
    ("fewer than 50 employees", [("50", 50, "", "at most")]),
    ("at least four countries", [("four", 4, "", "at least")]),
    ("not less than £220,000", [("£220,000", 220000, "GBP", "at least")]),
    ("one hundred and forty-three surgeons", [("one hundred and forty-three", 143, "", "")]),
    ("one hundred and fifty million euros", [("one hundred and fifty million euros", 150000000, "EUR", "")]),
    ("one hundred and twenty thousand patients", [("one hundred and twenty thousand", 120000, "", "")]),
    ("a hundred twelve beds", [("a hundred twelve", 112, "", "")]),
    ("between one hundred and two hundred", [("one hundred", 100, "", "from"), ("two hundred", 200, "", "to")]),
    ("between a hundred and fifty", [("a hundred", 100, "", "from"), ("fifty", 50, "", "to")]),
    ("5–10 million euros", [("5", 5000000, "EUR", "from"), ("10 million euros", 10000000, "EUR", "to")]),
    ("€5–10m", [("€5", 5000000, "EUR", "from"), ("10m", 10000000, "EUR", "to")]),
    ("between 5 and 10 companies", [("5", 5, "", "from"), ("10", 10, "", "to")]),
    ("between EUR 2 and 3 million", [("EUR 2", 2000000, "EUR", "from"), ("3 million", 3000000, "EUR", "to")]),
    ("from 38 to 45", [("38", 38, "", "from"), ("45", 45, "", "to")]),
    ("voted 15 to 6", [("15", 15, "", ""), ("6", 6, "", "")]),
    ("10 to 12 percent", [("10", 10, "percent", "from"), ("12 percent", 12, "percent", "to")]),
    ("two million pounds", [("two million pounds", 2000000, "GBP", "")]),
    ("half a million kronor", [("half a million kronor", 500000, "SEK", "")]),
    ("a quarter of a million", [("a quarter of a million", 250000, "", "")]),
    (
        "£180,000 is down from a quarter of a million we had",
        [("£180,000", 180000, "GBP", ""), ("a quarter of a million", 250000, "GBP", "")],
    ),
    ("1.7 billion Norwegian kroner", [("1.7 billion Norwegian kroner", 1700000000, "NOK", "")]),
    ("In Norway it cost 45 million kroner", [("45 million kroner", 45000000, "NOK", "")]),
    ("Denmark pays 45 million kroner", [("45 million kroner", 45000000, "DKK", "")]),
    ("twenty-five members and thirty one guests", [("twenty-five", 25, "", ""), ("thirty one", 31, "", "")]),
    ("a third of the money", [("a third", 33, "percent", "")]),
    ("almost a third came", [("a third", 33, "percent", "nearly")]),
    ("three quarters of them", [("three quarters", 75, "percent", "")]),
    ("half of the speakers", [("half", 50, "percent", "")]),
    ("cut by half.", [("half", 50, "percent", "")]),
    ("the first half, half a year, half-time, a third party", []),
    ("one visit in four", [("one visit in four", 25, "percent", "")]),
    ("two out of three", [("two out of three", 67, "percent", "")]),
    ("61 of 80 patients", [("61", 61, "", ""), ("80", 80, "", "")]),
    ("five of the six sites", [("five", 5, "", ""), ("six", 6, "", "")]),
    ("sixty (60) days", [("sixty", 60, "", "")]),
    ("a 15-year lease and a two-page report", [("15", 15, "", ""), ("two", 2, "", "")]),
    ("a dozen firms", [("a dozen", 12, "", "about")]),
    ("one company, one more", []),
    ("one million people", [("one million", 1000000, "", "")]),
    ("SEK –870 thousand", [("SEK –870 thousand", -870000, "SEK", "")]),
    (
        "A further 10 million will be released, NOK 24 million before",
        [("10 million", 10000000, "NOK", ""), ("NOK 24 million", 24000000, "NOK", "")],
    ),
    ("EUR 1 894 100 (65 %)", [("EUR 1 894 100", 1894100, "EUR", ""), ("65 %", 65, "percent", "")]),
    ("€40,000 (£33,500)", [("€40,000", 40000, "EUR", ""), ("£33,500", 33500, "GBP", "")]),
    ("20 or more companies, 10 or so guests", [("20", 20, "", "at least"), ("10", 10, "", "about")]),
    ("within 45 days", [("45", 45, "", "at most")]),
    ("at 11:59pm, 07.30 CEST, 6 p.m.", []),
    ("on 24 September 2026, by 2030", []),
    ("Tel. +44 20 7946 0000", []),
    ("Section 7, Table 7, Phase II, phase 2, WP3, D4.1", []),
    ("12 Artillery Row, 39 Victoria Street", []),
    ("page 3 of 5", []),
    ("the 22nd edition", []),
    ("ISO 13485 and Horizon 2020", []),
    ("v1.3 and 1.2.3", []),
    ("24/7", []),
    ("aged 52", []),
    ("no. 5", []),
    ("7.1  The Board\n7.2  The rest under 7.1.", []),
    ("heart patch filing to 20...", []),
]


def read(text: str, language: str) -> list[tuple[str, int | float, str, str]]:
    """The figures of a text as (words, value, unit, qualifier)."""
    return [(text[m.start : m.end], m.value, m.unit, m.qualifier) for m in find_numbers(text, language)]


@pytest.mark.parametrize(("text", "expected"), SWEDISH)
def test_swedish_figures(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert read(text, "sv") == expected


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_figures(text: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert read(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("den 8 oktober 2026", "date"),
        ("kl. 13.00", "time"),
        ("08-405 00 00", "phone"),
        ("§ 148", "section"),
        ("GX-101", "code"),
        ("Sida 7", "page"),
        ("1. Första", "list"),
        ("den 2:a gången", "ordinal"),
        ("Ålder: 51", "age"),
        ("Gjuterigatan 9", "address"),
        ("214 kB", "size"),
        ("187 delningar", "social"),
    ],
)
def test_other_numbers_are_given_with_their_role_on_request(text: str, role: str) -> None:
    assert find_numbers(text, "sv") == []
    assert {mention.role for mention in find_numbers(text, "sv", with_roles=True)} == {role}


def test_a_qualifier_is_kept_as_printed_with_its_place() -> None:
    text = "Drygt 2 900 platser"
    [mention] = find_numbers(text, "sv")
    assert (mention.qualifier, mention.qualifier_text) == ("over", "Drygt")
    assert text[mention.qualifier_start : mention.qualifier_end] == "Drygt"


def test_the_halves_of_a_range_know_each_other() -> None:
    first, second = find_numbers("mellan 5 och 20 miljoner kronor", "sv")
    assert (first.partner, second.partner) == (second.start, first.start)
    assert {first.unit_basis, second.unit_basis} == {"printed"}


def test_a_unit_that_stands_elsewhere_is_inferred() -> None:
    printed, compared = find_numbers("57,3 mnkr mot 51,6.", "sv")
    assert (printed.unit_basis, compared.unit_basis) == ("printed", "inferred")


def test_number_words_belong_to_their_language() -> None:
    assert read("sex register", "sv") == [("sex", 6, "", "")]
    assert read("age and sex", "en") == []
    assert read("sex and ten", "") == [("ten", 10, "", "")]


def test_durations_shares_and_points_have_a_kind_of_their_own() -> None:
    text = "26 dagar, en tredjedel, två procentenheter, 5 kr, 5 procent, 5 bolag"
    assert [m.kind for m in find_numbers(text, "sv")] == ["duration", "share", "points", "money", "percent", "count"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Flerårsöversikt (tkr)", (1000, "SEK")),
        ("Net income, SEK thousand", (1000, "SEK")),
        ("Mkr   Q3 2026   Q3 2025", (1_000_000, "SEK")),
        ("USDm                 Upfront    Milestones (max)", (1_000_000, "USD")),
        ("(EUR million)", (1_000_000, "EUR")),
        ("MSEK", (1_000_000, "SEK")),
        ("ANNEX B – BUDGET (EUR)", (1, "EUR")),
        ("Soliditet (%)", (1, "percent")),
        ("Share of women founders, %", (1, "percent")),
        ("Key figures", None),
        ("Employees, average", None),
        ("", None),
    ],
)
def test_the_scale_that_a_table_prints(header: str, expected: tuple[int, str] | None) -> None:
    assert table_scale(header) == expected


def test_a_row_of_persons_is_not_scaled_by_the_tables_head() -> None:
    head = table_scale("Flerårsöversikt (tkr)")
    assert row_scale("Nettoomsättning", head) == (1000, "SEK")
    assert row_scale("Antal hyresgäster", head) is None
    assert row_scale("Soliditet (%)", head) == (1, "percent")


def test_a_tables_figures_in_base_units() -> None:
    mentions = find_numbers("Resultat               –1 204       318       –77", "sv")
    assert [scaled(m, TableScale(1000, "SEK")).value for m in mentions] == [-1204000, 318000, -77000]
    [own] = find_numbers("12 procent", "sv")
    assert scaled(own, TableScale(1000, "SEK")) == own


def test_the_dates_at_hand_are_used_instead_of_looked_for() -> None:
    text = "Den 3 maj 2027 kom 40 gäster."
    assert find_numbers(text, "sv", dates=find_dates(text, "sv")) == find_numbers(text, "sv")
    assert [m.value for m in find_numbers(text, "sv", dates=[])] == [3, 2027, 40]
    late = find_numbers(text, "sv", 4, dates=find_dates(text, "sv"))
    assert [text[m.start : m.end] for m in late][-1] == "40"


def test_the_marked_figures_are_found(shared: Path) -> None:
    """Recall of the printed values; those of tables in thousands count with their scale."""
    found = total = 0
    for gold in sorted((shared / "data" / "reading").glob("*.json")):
        page = json.loads(gold.read_text(encoding="utf-8"))
        values = [m.value for m in find_numbers(gold.with_suffix(".txt").read_text(encoding="utf-8"), page["lang"])]
        for figure in page["figures"]:
            total += 1
            fits = [v for v in values if any(abs(v * k - figure["value"]) < 1e-6 for k in (1, 1000, 1_000_000))]
            if fits:
                found += 1
                values.remove(fits[0])
    assert total > 300
    assert found / total >= 0.97


FRAGMENTS = st.sampled_from(
    "1 200 000 1,200 1.200 21,5 0 00 4.2 – - −5 SEK € $ kr kronor kroner MSEK mkr tkr miljoner million bn m k procent % per cent "
    "procentenheter två ten half a third hälften en dryg tredjedel av of in one tio mellan och between and från till from to mot "
    "( ) + (27,4) minst at least över fler än or more ett tiotal quarter of million 15-year 3B 22nd 2:a § kl. 13.00 08-405 00 00 "
    "\n \n\n \u00a0 \u202f 2026 maj 99999999999999999999999 ... … İ ﬁ ² ٣ 👍".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(FRAGMENTS, max_size=14).map(" ".join), st.lists(FRAGMENTS, max_size=8).map("".join)
)


@given(TEXTS, st.sampled_from(["sv", "en", ""]))
def test_any_text_gives_ordered_figures(text: str, language: str) -> None:
    mentions = find_numbers(text, language, with_roles=True)
    assert mentions == find_numbers(text, language, with_roles=True)
    assert [m for m in mentions if not m.role] == find_numbers(text, language)
    previous = 0
    for mention in mentions:
        assert previous <= mention.start < mention.end <= len(text)
        previous = mention.end
        assert mention.kind in KINDS
        assert mention.qualifier in QUALIFIERS
        assert mention.role in ROLES
        assert (
            text[mention.qualifier_start : mention.qualifier_end] == mention.qualifier_text
            or mention.qualifier_start < 0
        )
        assert abs(mention.value) < 1e30
        assert mention.partner < 0 or any(other.start == mention.partner for other in mentions)


@given(st.integers(0, 10**9), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_thousands_read_back_in_both_conventions(value: int, space: str) -> None:
    for text, language in ((f"{value:,}".replace(",", space), "sv"), (f"{value:,}", "en")):
        [mention] = find_numbers(f"{text} kronor", language)
        assert mention.value == value
        assert mention.unit == "SEK"


@given(st.decimals(min_value=0, max_value=999, places=1))
def test_decimals_read_back_in_both_conventions(value: object) -> None:
    for text, language in ((str(value).replace(".", ","), "sv"), (str(value), "en")):
        [mention] = find_numbers(f"{text} %", language)
        assert mention.value == float(str(value))


def test_mentions_are_values() -> None:
    [mention] = find_numbers("12 Mkr", "sv")
    assert isinstance(mention, NumberMention)
    assert hash(mention) == hash(find_numbers("12 Mkr", "sv")[0])


@pytest.mark.parametrize("text", ["2(026", "2)026", "2:026", "2?026", "12\t345", "12\n345"])
def test_only_a_space_parts_thousands(text: str) -> None:
    assert all(mention.value < 2000 for mention in find_numbers(text, "sv"))
