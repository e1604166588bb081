"""The date grammar: what it finds in Swedish and English, what it leaves alone, and which period it means."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.periods import first_day, is_period, last_day, parse_period
from handslag.language.dates import NOTHING, DateMention, find_dates, resolve
from handslag.language.dates.resolve import easter_sunday, midsummer_eve

SAID = date(2026, 10, 8)  # a Thursday

# Text, then each date in it: the words, the period if told of the past, and if told of the future where that differs.
SWEDISH = [
    ("Vi ses den 24:e december.", [("den 24:e december", "2025-12-24", "2026-12-24")]),
    ("torsdag den 24:e december 2026", [("torsdag den 24:e december 2026", "2026-12-24")]),
    ("Torsdagen den 12 november kl. 13.00 ses vi.", [("Torsdagen den 12 november", "2025-11-12", "2026-11-12")]),
    ("den 1 februari", [("den 1 februari", "2026-02-01", "2027-02-01")]),
    ("senast 1 feb. 2027", [("senast 1 feb. 2027", "2027-02-01")]),
    ("Lunch den 8 oktober.", [("den 8 oktober", "2026-10-08")]),
    ("19–20 november 2026", [("19–20 november 2026", "2026-11-19/2026-11-20")]),
    ("den 3 och 4 december", [("den 3 och 4 december", "2025-12-03/2025-12-04", "2026-12-03/2026-12-04")]),
    ("den 3 och 10 december 2026", [("den 3", "2026-12-03"), ("10 december 2026", "2026-12-10")]),
    ("den 30 november–2 december 2026", [("den 30 november–2 december 2026", "2026-11-30/2026-12-02")]),
    ("28 december–3 januari 2027", [("28 december–3 januari 2027", "2026-12-28/2027-01-03")]),
    ("från den 1 mars till den 30 april 2027", [("från den 1 mars till den 30 april 2027", "2027-03-01/2027-04-30")]),
    (
        "Kontoret är stängt mellan den 22 december och 7 januari.",
        [("den 22 december och 7 januari", "2025-12-22/2026-01-07", "2026-12-22/2027-01-07")],
    ),
    ("8/10 2026", [("8/10 2026", "2026-10-08")]),
    ("den 17/9 och den 22/9", [("den 17/9", "2026-09-17", "2027-09-17"), ("den 22/9", "2026-09-22", "2027-09-22")]),
    ("Anmälan senast 14/11!", [("senast 14/11", "2025-11-14", "2026-11-14")]),
    ("Möte 18.3.2027 kl. 10.00", [("18.3.2027", "2027-03-18")]),
    ("2026-10-08 08:30", [("2026-10-08", "2026-10-08")]),
    ("2025-10-01 – 2028-09-30", [("2025-10-01 – 2028-09-30", "2025-10-01/2028-09-30")]),
    ("Datum: 20261008", [("20261008", "2026-10-08")]),
    ("i maj 2027", [("maj 2027", "2027-05")]),
    ("i mitten av maj", [("i mitten av maj", "2026-05", "2027-05")]),
    ("under januari–mars 2027", [("januari–mars 2027", "2027-01/2027-03")]),
    ("mars till maj 2027", [("mars till maj 2027", "2027-03/2027-05")]),
    ("månadsskiftet maj/juni 2027", [("maj/juni 2027", "2027-05/2027-06")]),
    ("Hon tillträder i mars.", [("mars", "2026-03", "2027-03")]),
    ("våren 2027", [("våren 2027", "2027-spring")]),
    ("höst 2026", [("höst 2026", "2026-autumn")]),
    ("vintern 2026/27", [("vintern 2026/27", "2026-winter")]),
    ("vårterminen 2027", [("vårterminen 2027", "2027-spring")]),
    ("läsåret 2026/27", [("2026/27", "2026/2027")]),
    ("Under hösten inleds arbetet", [("hösten", "2026-autumn")]),
    ("i våras", [("i våras", "2026-spring")]),
    ("i somras", [("i somras", "2026-summer")]),
    ("i höstas", [("i höstas", "2025-autumn")]),
    ("i vintras", [("i vintras", "2025-winter")]),
    ("Det händer i höst.", [("i höst", "2026-autumn")]),
    ("Beslut tas i vår.", [("i vår", "2026-spring", "2027-spring")]),
    ("Det står i vår strategi.", []),
    ("nästa vår", [("nästa vår", "2027-spring")]),
    ("förra hösten", [("förra hösten", "2025-autumn")]),
    ("tredje kvartalet 2025", [("tredje kvartalet 2025", "2025-Q3")]),
    ("under fjärde kvartalet", [("fjärde kvartalet", "2026-Q4")]),
    ("första kvartalet nästa år", [("första kvartalet nästa år", "2027-Q1")]),
    ("första halvåret 2027", [("första halvåret 2027", "2027-H1")]),
    ("andra halvåret", [("andra halvåret", "2026-H2")]),
    ("Q1 2026", [("Q1 2026", "2026-Q1")]),
    ("Q1–Q3 2026", [("Q1–Q3 2026", "2026-Q1/2026-Q3")]),
    ("i Q2", [("Q2", "2026-Q2", "2027-Q2")]),
    ("H2 2026", [("H2 2026", "2026-H2")]),
    ("vecka 24", [("vecka 24", "2026-W24", "2027-W24")]),
    ("v. 19", [("v. 19", "2026-W19", "2027-W19")]),
    ("v 46", [("v 46", "2025-W46", "2026-W46")]),
    ("v. 28–31", [("v. 28–31", "2026-W28/2026-W31", "2027-W28/2027-W31")]),
    ("vecka 10 2027", [("vecka 10 2027", "2027-W10")]),
    ("vecka 3 nästa år", [("vecka 3 nästa år", "2027-W03")]),
    ("i dag", [("i dag", "2026-10-08")]),
    ("Idag, imorgon och i går", [("Idag", "2026-10-08"), ("imorgon", "2026-10-09"), ("i går", "2026-10-07")]),
    ("i övermorgon", [("i övermorgon", "2026-10-10")]),
    ("i torsdags", [("i torsdags", "2026-10-01")]),
    ("i tisdags kväll", [("i tisdags", "2026-10-06")]),
    ("på måndag", [("måndag", "2026-10-12")]),
    ("på torsdag", [("torsdag", "2026-10-15")]),
    ("nästa fredag", [("nästa fredag", "2026-10-09")]),
    ("senast fredag nästa vecka", [("senast fredag nästa vecka", "2026-10-16")]),
    ("förra veckan", [("förra veckan", "2026-W40")]),
    ("nästa månad", [("nästa månad", "2026-11")]),
    ("förra året", [("förra året", "2025")]),
    ("senare i år", [("senare i år", "2026")]),
    ("i fjol", [("i fjol", "2025")]),
    ("i april i år", [("april i år", "2026-04")]),
    ("den 15 december i år", [("den 15 december i år", "2026-12-15")]),
    ("i mars nästa år", [("mars nästa år", "2027-03")]),
    ("inom 30 dagar", [("inom 30 dagar", "2026-11-07")]),
    ("inom en månad", [("inom en månad", "2026-11-08")]),
    ("inom tio arbetsdagar", [("inom tio arbetsdagar", "2026-10-22")]),
    ("inom 30 dagar från undertecknandet", [("inom 30 dagar", "")]),
    ("om två veckor", [("om två veckor", "", "2026-W43")]),
    ("om fem år", [("om fem år", "", "2031")]),
    ("för fyra år sedan", [("för fyra år sedan", "2022")]),
    ("för tre veckor sedan", [("för tre veckor sedan", "2026-W38")]),
    ("före jul", [("före jul", "2025-12-24", "2026-12-24")]),
    ("till påsk 2027", [("till påsk 2027", "2027-03-28")]),
    ("före midsommar", [("före midsommar", "2026-06-19", "2027-06-25")]),
    ("till Lucia", [("till Lucia", "2025-12-13", "2026-12-13")]),
    ("Lucia Berg tar över.", []),
    ("vid årsskiftet", [("årsskiftet", "2025-12-31", "2026-12-31")]),
    ("från årsskiftet", [("från årsskiftet", "2026-01-01", "2027-01-01")]),
    ("årsskiftet 2027/2028", [("årsskiftet 2027/2028", "2027-12-31")]),
    ("vid utgången av 2026", [("utgången av 2026", "2026-12-31")]),
    ("före årets slut", [("före årets slut", "2026-12-31")]),
    ("i slutet av året", [("i slutet av året", "2026")]),
    ("senast i slutet av mars 2027", [("senast i slutet av mars 2027", "2027-03-31")]),
    ("till och med den 31 december 2026", [("till och med den 31 december 2026", "2026-12-31")]),
    ("fr.o.m. 1 mars 2027", [("fr.o.m. 1 mars 2027", "2027-03-01")]),
    ("2027–2030", [("2027–2030", "2027/2030")]),
    ("från 2026 till 2028", [("från 2026 till 2028", "2026/2028")]),
    ("åren 2027 och 2028", [("2027 och 2028", "2027/2028")]),
    ("mellan 2018 och 2022", [("2018 och 2022", "2018/2022")]),
    ("under 2027", [("2027", "2027")]),
    ("Almedalen 2026", [("2026", "2026")]),
    ("varje vår", [("varje vår", "yearly")]),
    ("årligen", [("årligen", "yearly")]),
    ("kvartalsvis", [("kvartalsvis", "quarterly")]),
    ("vartannat år", [("vartannat år", "biennial")]),
    ("två gånger per år", [("två gånger per år", "half-yearly")]),
    ("var tredje månad", [("var tredje månad", "quarterly")]),
    ("varje tisdag", [("varje tisdag", "weekly")]),
    ("varannan vecka", [("varannan vecka", "")]),
    ("fyra gånger om året", [("fyra gånger om året", "quarterly")]),
    (
        "mötet flyttas från den 10 december till den 12 januari",
        [("den 10 december", "2025-12-10", "2026-12-10"), ("den 12 januari", "2026-01-12", "2027-01-12")],
    ),
    (
        "öppnar den 28 september, inte den 21:a",
        [("den 28 september", "2026-09-28", "2027-09-28"), ("den 21:a", "2026-09-21", "2027-09-21")],
    ),
    ("styrgruppen den 15:e", [("den 15:e", "2026-09-15", "2026-10-15")]),
    ("i början av 2027", [("i början av 2027", "2027")]),
    ("tidigast 2029", [("tidigast 2029", "2029")]),
    ("halvårsskiftet 2027", [("halvårsskiftet 2027", "2027-06-30")]),
    ("sedan 2019", [("sedan 2019", "2019")]),
    ("hela året ut", [("året ut", "2026-12-31")]),
    ("under sommaren", [("sommaren", "2026-summer", "2027-summer")]),
    ("den 29 februari", [("den 29 februari", "2024-02-29", "2028-02-29")]),
    ("den 29 februari 2027", [("2027", "2027")]),
    ("den 31 juni", []),
    ("SFS 2010:659 och lagen (2018:218)", []),
    ("Dnr 2026/04417", []),
    ("08-405 00 00", []),
    ("232100-0180", []),
    ("öppet 24/7", []),
    ("§ 118/2025", []),
    ("Möte 2/2027", []),
    ("1 950 kr och 2000 deltagare", []),
    ("2 026 personer", []),
    ("kl. 13.00–14.30", []),
    ("Horisont 2020", []),
    ("version 2.0 av appen", []),
    ("fas 1/2-studien", []),
    ("Kostnaden är 2 000 kronor", []),
    ("SEK 2026", []),
    ("Jan Björklund och Maj Sjöwall", []),
    ("ISO 2015:9001", []),
]

ENGLISH = [
    ("Thursday, 24 September 2026", [("Thursday, 24 September 2026", "2026-09-24")]),
    ("Sept 24th", [("Sept 24th", "2026-09-24", "2027-09-24")]),
    ("24 Sept", [("24 Sept", "2026-09-24", "2027-09-24")]),
    ("19–20 Nov", [("19–20 Nov", "2025-11-19/2025-11-20", "2026-11-19/2026-11-20")]),
    ("October 10, 2026", [("October 10, 2026", "2026-10-10")]),
    ("10 October", [("10 October", "2025-10-10", "2026-10-10")]),
    ("by 10 October", [("by 10 October", "2025-10-10", "2026-10-10")]),
    ("on the 10th of June 2027", [("the 10th of June 2027", "2027-06-10")]),
    ("November 4th to 6th", [("November 4th to 6th", "2025-11-04/2025-11-06", "2026-11-04/2026-11-06")]),
    ("May 30 – June 2, 2027", [("May 30 – June 2, 2027", "2027-05-30/2027-06-02")]),
    ("30 May – 2 June 2027", [("30 May – 2 June 2027", "2027-05-30/2027-06-02")]),
    (
        "from 1 November 2023 until 31 October 2025",
        [("from 1 November 2023 until 31 October 2025", "2023-11-01/2025-10-31")],
    ),
    ("between 1 March and 31 May 2027", [("1 March and 31 May 2027", "2027-03-01/2027-05-31")]),
    ("26/09/2026 09:14", [("26/09/2026", "2026-09-26")]),
    ("10/25/2026", [("10/25/2026", "2026-10-25")]),
    ("30-Oct-25", [("30-Oct-25", "2025-10-30")]),
    ("21.10.2025", [("21.10.2025", "2025-10-21")]),
    ("2026-10-08T08:30", [("2026-10-08", "2026-10-08")]),
    ("by the end of 2026", [("by the end of 2026", "2026-12-31")]),
    ("by the end of the year", [("by the end of the year", "2026-12-31")]),
    ("by the end of next year", [("by the end of next year", "2027-12-31")]),
    ("before year-end", [("before year-end", "2026-12-31")]),
    ("at the end of June 2027", [("the end of June 2027", "2027-06-30")]),
    ("mid-October", [("mid-October", "2026-10")]),
    ("early 2027", [("early 2027", "2027")]),
    ("late next year", [("late next year", "2027")]),
    ("later this year", [("later this year", "2026")]),
    ("in early autumn 2027", [("early autumn 2027", "2027-autumn")]),
    ("Q1 2026", [("Q1 2026", "2026-Q1")]),
    ("in Q4", [("Q4", "2026-Q4")]),
    ("the third quarter of 2025", [("third quarter of 2025", "2025-Q3")]),
    ("in the fourth quarter", [("fourth quarter", "2026-Q4")]),
    ("the second half of the year", [("second half of the year", "2026-H2")]),
    ("H1 2027", [("H1 2027", "2027-H1")]),
    ("in the first half they led", []),
    ("week 38", [("week 38", "2026-W38", "2027-W38")]),
    ("weeks 42–43", [("weeks 42–43", "2025-W42/2025-W43", "2026-W42/2026-W43")]),
    ("yesterday", [("yesterday", "2026-10-07")]),
    ("next spring", [("next spring", "2027-spring")]),
    ("last Thursday", [("last Thursday", "2026-10-01")]),
    ("on Friday", [("Friday", "2026-10-02", "2026-10-09")]),
    ("On Thursday last week", [("Thursday last week", "2026-10-01")]),
    ("by Thursday next week", [("by Thursday next week", "2026-10-15")]),
    ("next month", [("next month", "2026-11")]),
    ("this autumn", [("this autumn", "2026-autumn")]),
    ("in the spring", [("spring", "2026-spring", "2027-spring")]),
    ("host the spring meeting", [("spring", "2026-spring", "2027-spring")]),
    ("Spring Statement", []),
    ("water from a spring", []),
    ("prices fall in June", [("June", "2026-06", "2027-06")]),
    ("before Christmas", [("before Christmas", "2025-12-25", "2026-12-25")]),
    ("by Easter 2027", [("by Easter 2027", "2027-03-28")]),
    ("by New Year", [("by New Year", "2025-12-31", "2026-12-31")]),
    ("from the new year", [("from the new year", "2026-01-01", "2027-01-01")]),
    ("within 30 days", [("within 30 days", "2026-11-07")]),
    ("within 45 days of signing", [("within 45 days", "")]),
    ("within 45 days of today", [("within 45 days", "2026-11-22"), ("today", "2026-10-08")]),
    ("in two weeks", [("in two weeks", "", "2026-W43")]),
    ("in five years' time", [("in five years' time", "", "2031")]),
    ("three weeks ago", [("three weeks ago", "2026-W38")]),
    ("six months ago", [("six months ago", "2026-04")]),
    ("since May 2025", [("since May 2025", "2025-05")]),
    ("You may apply in May.", [("May", "2026-05", "2027-05")]),
    ("They march on. March is cold, in March it thaws.", [("March", "2026-03", "2027-03")]),
    ("April Jones and June Smith met August Strindberg", []),
    ("the 2026/27 season", [("2026/27", "2026/2027")]),
    ("2027–2030", [("2027–2030", "2027/2030")]),
    ("from 2026 to 2028", [("from 2026 to 2028", "2026/2028")]),
    ("in March this year", [("March this year", "2026-03")]),
    ("winter of 2026–27", [("winter of 2026–27", "2026-winter")]),
    ("every spring", [("every spring", "yearly")]),
    ("annually", [("annually", "yearly")]),
    ("every two years", [("every two years", "biennial")]),
    ("twice a year", [("twice a year", "half-yearly")]),
    ("every six months", [("every six months", "half-yearly")]),
    ("on Fridays", [("Fridays", "weekly")]),
    ("every four months", [("every four months", "")]),
    ("once a month", [("once a month", "monthly")]),
    ("closes at noon on 13 November", [("13 November", "2025-11-13", "2026-11-13")]),
    (
        "moved from November to 11 February",
        [("November", "2025-11", "2026-11"), ("11 February", "2026-02-11", "2027-02-11")],
    ),
    (
        "on 18 Sept. I had said the 11th; legal",
        [("18 Sept.", "2026-09-18", "2027-09-18"), ("the 11th", "2026-09-11", "2027-09-11")],
    ),
    ("the 11th floor and the 30th anniversary", []),
    ("no later than 1 October", [("no later than 1 October", "2026-10-01", "2027-10-01")]),
    ("10 October 2026 at the latest", [("10 October 2026 at the latest", "2026-10-10")]),
    ("2027 onwards", [("2027 onwards", "2027")]),
    ("as of 1 May 2027", [("as of 1 May 2027", "2027-05-01")]),
    (
        "roundtables on 30 June, 7 July and 14 July",
        [
            ("30 June", "2026-06-30", "2027-06-30"),
            ("7 July", "2026-07-07", "2027-07-07"),
            ("14 July", "2026-07-14", "2027-07-14"),
        ],
    ),
    ("10, 11 and 12 June 2027", [("10, 11 and 12 June 2027", "2027-06-10/2027-06-12")]),
    ("10, 12 and 14 June 2027", [("10", "2027-06-10"), ("12", "2027-06-12"), ("14 June 2027", "2027-06-14")]),
    ("Horizon 2020, Regulation 2017/745, ratio 3/4, call 24/7", []),
    ("page 3/11", []),
    ("5.3 and 1.2.2027.4", []),
    ("2000 patients and 1999 shares", []),
    ("by 2030, patients will benefit", [("by 2030", "2030")]),
    ("GX-2027 and ID2026", []),
    ("10 may be enough", []),
    ("£2026", []),
    ("Nordic Days 2027", [("2027", "2027")]),
    ("the last week of May", [("May", "2026-05", "2027-05")]),
    ("in the week of 12 October 2026", [("12 October 2026", "2026-10-12")]),
    ("Tue, 19 Aug 2025 16:44", [("Tue, 19 Aug 2025", "2025-08-19")]),
    ("Oct. 8, 2026", [("Oct. 8, 2026", "2026-10-08")]),
    ("8th October 2026", [("8th October 2026", "2026-10-08")]),
    ("the end of the month", [("the end of the month", "2026-10-31")]),
    ("this month", [("this month", "2026-10")]),
    ("the coming year", [("coming year", "2027")]),
    ("by summer 2027", [("by summer 2027", "2027-summer")]),
    ("tomorrow", [("tomorrow", "2026-10-09")]),
    ("Summer 2027", [("Summer 2027", "2027-summer")]),
]


def read(text: str, language: str) -> list[tuple[str, str, str]]:
    """The dates of a text as (words, period in the past, period in the future), said on SAID."""
    return [
        (text[m.start : m.end], resolve(m, SAID, "past").period, resolve(m, SAID, "future").period)
        for m in find_dates(text, language)
    ]


@pytest.mark.parametrize(("text", "expected"), SWEDISH)
def test_swedish_dates_are_found_and_resolved(text: str, expected: list[tuple[str, ...]]) -> None:
    assert read(text, "sv") == [(one[0], one[1], one[-1]) for one in expected]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_dates_are_found_and_resolved(text: str, expected: list[tuple[str, ...]]) -> None:
    assert read(text, "en") == [(one[0], one[1], one[-1]) for one in expected]


@pytest.mark.parametrize(
    ("text", "bounded"),
    [
        ("senast den 15 december 2026", "/2026-12-15"),
        ("by 10 October 2026", "/2026-10-10"),
        ("no later than 2029", "/2029"),
        ("före 2030", "/2029-12-31"),
        ("before May 2027", "/2027-04-30"),
        ("before the end of May 2027", "/2027-05-31"),
        ("after June 2027", "2027-07-01/"),
        ("efter den 31 december 2026", "2027-01-01/"),
        ("från och med den 1 september 2027", "2027-09-01/"),
        ("since May 2025", "2025-05/"),
        ("tidigast 2029", "2029/"),
        ("till och med 2028", "/2028"),
        ("until the end of 2028", "/2028-12-31"),
        ("till 2030", "/2030"),
        ("till sommaren 2027", "/2027-summer"),
        ("under 2027", "2027"),
        ("2027–2030", "2027/2030"),
        ("årligen", "yearly"),
    ],
)
def test_an_open_end_is_told_apart_from_the_bare_date(text: str, bounded: str) -> None:
    [mention] = find_dates(text, "sv")
    assert resolve(mention, None).bounded == bounded
    assert resolve(mention, None).basis == "printed"


def test_a_day_without_a_year_is_completed_only_from_the_day_said_and_the_tense() -> None:
    [mention] = find_dates("den 17 mars", "sv")
    assert resolve(mention, None, "future") == NOTHING
    assert resolve(mention, SAID, "unclear") == NOTHING
    past, future = resolve(mention, SAID, "past"), resolve(mention, SAID, "future")
    assert (past.period, past.basis) == ("2026-03-17", "inferred")
    assert (future.period, future.basis) == ("2027-03-17", "inferred")
    same_day = resolve(mention, date(2026, 3, 17), "past"), resolve(mention, date(2026, 3, 17), "future")
    assert {one.period for one in same_day} == {"2026-03-17"}


def test_the_direction_in_the_words_overrules_the_tense() -> None:
    for text, period in (("i torsdags", "2026-10-01"), ("next spring", "2027-spring"), ("i våras", "2026-spring")):
        [mention] = find_dates(text, "sv")
        assert {resolve(mention, SAID, tense).period for tense in ("past", "future", "unclear")} == {period}


def test_a_relative_date_without_a_day_said_is_unknown() -> None:
    for text in ("i dag", "last week", "nästa år", "within 30 days", "i våras", "before Christmas"):
        [mention] = find_dates(text, "sv")
        assert resolve(mention, None, "future") == NOTHING


def test_a_span_from_another_day_counts_from_that_day_alone() -> None:
    [mention] = find_dates("within 30 days of signature", "en")
    assert resolve(mention, SAID, "future") == NOTHING
    assert resolve(mention, SAID, "future", anchor=date(2027, 1, 31)).bounded == "/2027-03-02"


def test_a_range_over_the_turn_of_the_year_begins_in_the_year_before() -> None:
    [mention] = find_dates("28 december–3 januari", "sv")
    assert resolve(mention, date(2027, 1, 2), "past").period == "2026-12-28/2027-01-03"
    assert resolve(mention, date(2026, 12, 1), "future").period == "2026-12-28/2027-01-03"


def test_an_event_that_goes_on_is_this_one_and_not_next_years() -> None:
    [mention] = find_dates("21–22 October", "en")
    assert resolve(mention, date(2026, 10, 22), "future").period == "2026-10-21/2026-10-22"
    assert resolve(mention, date(2026, 10, 21), "past").period == "2026-10-21/2026-10-22"


@given(st.integers(1900, 2200))
def test_easter_and_midsummer_lie_where_they_must(year: int) -> None:
    easter, midsummer = easter_sunday(year), midsummer_eve(year)
    assert easter.isoweekday() == 7
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
    assert midsummer.isoweekday() == 5
    assert date(year, 6, 19) <= midsummer <= date(year, 6, 25)


def test_known_easters() -> None:
    known = [(1961, 4, 2), (2000, 4, 23), (2008, 3, 23), (2024, 3, 31), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
    assert [easter_sunday(year) for year, _, _ in known] == [date(*one) for one in known]


FRAGMENTS = st.sampled_from(
    "den 3 31 29 februari mars May may 2026 2027 19–20 – - / . , : till to from från senast by i in på on the of slutet av "
    "end mid- early hösten spring vecka v. w. q3 h2 kvartalet tredje second half nästa next last i\u00a0våras torsdag Thursday "
    "fre inom within 30 dagar days om two weeks ago sedan varje every var tredje månad year's jul Easter årsskiftet new year "
    "8/10 18.3.2027 2026-10-08 2027-W53 20261008 1 950 kr § 24/7 \n \n\n \t   ( ) ’26 21:a 24th och and mellan between İ ﬁ ß".split(
        " "
    )
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(FRAGMENTS, max_size=14).map(" ".join), st.lists(FRAGMENTS, max_size=8).map("".join)
)


@given(TEXTS, st.sampled_from(["sv", "en", ""]), st.dates(date(1, 1, 1), date(9999, 12, 31)))
def test_any_text_gives_ordered_mentions_and_valid_periods(text: str, language: str, said: date) -> None:
    mentions = find_dates(text, language)
    assert mentions == find_dates(text, language)
    previous = 0
    for mention in mentions:
        assert previous <= mention.start <= mention.core < mention.end <= len(text)
        assert text[mention.start : mention.end].strip()
        previous = mention.end
        for tense in ("past", "future", "unclear"):
            for day in (said, None):
                found = resolve(mention, day, tense, anchor=day)
                assert not found.period or (is_period(found.period) and is_period(found.bounded))
                assert bool(found.period) == bool(found.basis)


@given(TEXTS, st.integers(-5, 90), st.integers(-5, 90))
def test_a_part_of_a_text_gives_offsets_into_the_whole(text: str, start: int, end: int) -> None:
    piece = text[max(0, start) : max(0, end)]
    inside = [(m.start, m.end) for m in find_dates(text, "sv", start, end)]
    assert inside == [
        (m.start + min(max(0, start), len(text)), m.end + min(max(0, start), len(text)))
        for m in find_dates(piece, "sv")
    ]


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_every_printed_day_reads_back(day: date, said: date) -> None:
    months = "januari februari mars april maj juni juli augusti september oktober november december".split()
    for text in (
        f"den {day.day} {months[day.month - 1]} {day.year}",
        f"{day.strftime('%A')}, {day.day} {day.strftime('%B %Y')}",
        f"{day.strftime('%B')} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day}/{day.month} {day.year}",
        day.isoformat(),
    ):
        [mention] = find_dates(text, "sv")
        assert resolve(mention, said, "past").period == day.isoformat()
        assert resolve(mention, None).basis == "printed"


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.dates(date(1950, 1, 1), date(2080, 12, 31)))
def test_a_completed_day_is_the_nearest_on_its_side(day: date, said: date) -> None:
    [mention] = find_dates(f"den {day.day} {day.strftime('%B').lower()}" if day.month != 5 else f"{day.day} May", "en")
    past, future = last_day(resolve(mention, said, "past").period), first_day(resolve(mention, said, "future").period)
    assert past is not None
    assert future is not None
    assert past <= said <= future
    assert (past.month, past.day) == (future.month, future.day) == (day.month, day.day)
    leap = (day.month, day.day) == (2, 29)
    assert past == future or future - past <= timedelta(days=2922 if leap else 366)


def test_mentions_are_values() -> None:
    [mention] = find_dates("den 3 maj 2027", "sv")
    assert isinstance(mention, DateMention)
    assert mention.is_full_day
    assert mention.year == 2027
    assert hash(mention) == hash(find_dates("den 3 maj 2027", "sv")[0])
    assert parse_period(resolve(mention, None).period).precision == "day"
