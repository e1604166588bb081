"""The day that a page prints as its own: known, or left unknown; a wrong one is much worse than none."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handslag.kernel.periods import parse_period
from handslag.language.dates import find_page_day, find_page_day_beside

PAGE_DAYS = [
    ("Publicerad: 3 okt 2026 | Uppdaterad: 5 okt 2026\nText".split("\n"), "2026-10-03"),
    ("Rubrik\nPublished: Thursday, October 8, 2026\nText".split("\n"), "2026-10-08"),
    ("08 oktober 2026 • Pressmeddelande\nRubrik".split("\n"), "2026-10-08"),
    ("PRESS RELEASE – Lund, Sweden – October 8, 2026\nText".split("\n"), "2026-10-08"),
    ("Rubrik\nStockholm, October 8, 2026 – Company X today announced".split("\n"), "2026-10-08"),
    ("Rubrik\nStockholm (October 8, 2026) – Company X today announced".split("\n"), None),
    ("Inbjudan: frukostseminarium 12 november 2026\nVälkommen".split("\n"), None),
    ("Konferensen hålls den 12 november 2026 i Lund.".split("\n"), None),
    ("Beslutsdatum: 2026-10-08\nDnr 2026/123".split("\n"), "2026-10-08"),
    ("Skapad: 2026-10-01".split("\n"), None),
    ("Gäller från: 2026-01-01".split("\n"), None),
    ("Ansök senast 2026-10-31".split("\n"), None),
    ("Sista ansökningsdag: 2026-10-31".split("\n"), None),
    ("Projekt X\nStartdatum\n2026-10-01\nSlutdatum\n2027-10-01".split("\n"), None),
    ("Start date\n2026-10-01".split("\n"), None),
    ("Från: A\nSkickat: den 8 oktober 2026 13:45\nTill: B".split("\n"), "2026-10-08"),
    ("Protokoll fört vid styrelsemöte den 8 oktober 2026\nNärvarande: A".split("\n"), "2026-10-08"),
    ("Kallelse till årsstämma den 8 oktober 2026".split("\n"), None),
    ("Konferens 12 maj 2027\nText".split("\n"), None),
    ("Workshop, 3 June 2027\nText".split("\n"), None),
    ("Investerardag, 12 maj 2027".split("\n"), None),
    ("Invigning den 3 maj 2027".split("\n"), None),
    ("8 oktober 2026\nRubrik A\n7 oktober 2026\nRubrik B".split("\n"), None),
    ("Publicerad 2026-10-01   Sista ansökningsdag 2026-10-31".split("\n"), "2026-10-01"),
    ("Uppdaterad 2026-10-08, först publicerad 2026-10-01".split("\n"), "2026-10-01"),
    ("Lund 2026-10-08\nTill regeringen".split("\n"), "2026-10-08"),
    ("Anna Ek\nFödd 12 maj 1970\nForskare".split("\n"), None),
    ("Avtal\nmellan A och B\nDetta avtal gäller från den 1 januari 2026 till den 31 december 2028.".split("\n"), None),
    ("Nyhet\nVi öppnar 3 maj 2027\nText".split("\n"), None),
    ("Rubrik\nAv Anna Ek\n2026-10-08\nText".split("\n"), "2026-10-08"),
    ("Rubrik\n8 October 2026 | News\nText".split("\n"), "2026-10-08"),
    ("News\n8 Oct 2026\nHeadline".split("\n"), "2026-10-08"),
    ("Date: 8 October 2026\nTo: All\nSubject: X".split("\n"), "2026-10-08"),
    ("Datum: 8 oktober 2026\nTid: 13–15\nPlats: Lund".split("\n"), None),
    ("Minutes\nDate: 8 October 2026\nPlace: London\nPresent: A".split("\n"), "2026-10-08"),
    ("Senaste nytt\n2026-10-08: Ny vd\n2026-10-07: Avtal".split("\n"), None),
    (
        "Årsredovisning 2025\nStyrelsen avger\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nx\nUmeå den 27 mars 2026\nAnna Ek\nOrdförande".split(
            "\n"
        ),
        "2026-03-27",
    ),
    ("Vitalis 2027\n5–7 maj 2027\nSvenska Mässan".split("\n"), None),
    ("Demo Day\n14 May 2027\nLindholmen".split("\n"), None),
    ("Last modified: 2026-10-08T08:30".split("\n"), "2026-10-08"),
    ("2026-10-08 | Lästid 3 min\nText".split("\n"), "2026-10-08"),
    ("Torsdag den 8 oktober 2026\nVeckobrev".split("\n"), "2026-10-08"),
    ("Delårsrapport januari–september 2026\nStockholm den 5 november 2026\nText".split("\n"), "2026-11-05"),
    (["Av Disa Norén | Publicerad 8/10 2026", "Dela: Facebook"], "2026-10-08"),
    (["Nyheter", "LUND, 3 mars 2026 –", "Text om något."], "2026-03-03"),
    (["15 September 2026", "Dear members,"], "2026-09-15"),
    (["2026-10-08 08:30", "Rubrik"], "2026-10-08"),
    (["Published on 21 March 2023", "Last updated on 4 April 2023"], "2023-03-21"),
    (["Datum", "2026-03-17", "Närvarande: Anna"], "2026-03-17"),
    (["From: A", "Date: Tue, 19 Aug 2025 16:44:03 +0200", "Subject: Moved"], "2025-08-19"),
    (
        ["Minutes of the sixth meeting (final, circulated 11 February 2025)", "Date: Tuesday 28 January 2025"],
        "2025-02-11",
    ),
    (["Årsberättelse", "Text.", "", "Luleå den 31 mars 2026", "Anna Ek"], "2026-03-31"),
    (["Avsikt", "Text.", "Göteborg den 1 december 2025     Halmstad den 27 november 2025"], "2025-12-01"),
    (["Senast granskad: 3 mars 2025. Svar som ändrats är märkta."], "2025-03-03"),
    (["Region X, årsredovisning 2025", "Behandlas av regionfullmäktige den 12 februari 2026", "Text"], "2026-02-12"),
    (["Tillsynsverket", "Granskningsrapport, 14 januari 2026 (sammanfattning)", "Text"], "2026-01-14"),
    (["Hamnklustret", "Blog: What the harbours told us (9 October 2025)", "Text"], "2025-10-09"),
    (
        ["Registerförbundet", "Newsletter 2/2025", "8 July 2025", "Save the date: assembly, 16 October 2025."],
        "2025-07-08",
    ),
    (["Nyhet", "Projekten ska lämna en gemensam lägesrapport den 1 december 2026. Sedan granskas den."], None),
    # an event's day, a deadline, a feed, a period, a day without a year, signatures far apart
    (["Investerardag", "12 maj 2027", "Plats: Slagthuset", "Anmäl dig"], None),
    (["Webinar on HTA", "Date: 14 March 2027", "Time: 13:00", "Place: online"], None),
    (["Sista dag för ansökan", "2027-06-07"], None),
    (
        ["Nyheter", "Publicerad 3 mars 2026", "Rubrik", "Publicerad 2 mars 2026", "Rubrik", "Publicerad 1 mars 2026"],
        None,
    ),
    (["Projektperiod", "2025-10-01 – 2028-09-30"], None),
    (["Turku, Finland · 26–28 January 2027 · Logomo"], None),
    (["Updated 6 May", "Text"], None),
    (["Name: P H", "Date: 3/11/2025", "Name: J R", "Date: 4/11/2025"], None),
    (["Avtalet undertecknades den 3 mars 2025 och gäller till 2028."], None),
    (["3 feb 2027  Invigning av testbädden  Jönköping", "9 feb 2027  Frukostmöte  Nässjö"], None),
    ([], None),
]


@pytest.mark.parametrize(("lines", "expected"), PAGE_DAYS)
def test_a_pages_own_day_is_known_or_left_unknown(lines: list[str], expected: str | None) -> None:
    found = find_page_day(lines, "sv")
    assert (found.period if found else None) == expected
    if found:
        assert lines[found.line][found.mention.start : found.mention.end].strip()


@pytest.mark.parametrize(
    ("lines", "days", "expected"),
    [
        (
            ["Bioflödet – senaste rubrikerna, tisdag 31 mars", "", "17.20 Rubrik"],
            ["2026-01-14", "2026-09-14"],
            "2026-03-31",
        ),
        (["Hälsorubriker onsdag 1 oktober", "Text"], ["2025-06-10"], "2025-10-01"),
        (["Nyheter, tisdag 31 mars", "Text"], ["2023-01-14"], None),  # no Tuesday in the years around
        (["Nyheter, 31 mars", "Text"], ["2026-01-14"], None),  # no weekday to tell the year by
        (["Invigning tisdag 31 mars", "Text"], ["2026-01-14"], None),
        (["Nyheter, torsdag 29 februari", "Text"], ["2023-11-01"], "2024-02-29"),
        (["Nyheter, tisdag 31 mars", "Text"], [], None),
    ],
)
def test_a_day_without_a_year_is_told_by_its_weekday_and_the_pages_around(
    lines: list[str], days: list[str], expected: str | None
) -> None:
    found = find_page_day_beside(lines, "sv", [date.fromisoformat(day) for day in days])
    assert (found.period if found else None) == expected


def test_the_marked_pages_days_are_found_and_none_is_wrong(shared: Path) -> None:
    right = wrong = 0
    for gold in sorted((shared / "data" / "reading").glob("*.json")):
        page = json.loads(gold.read_text(encoding="utf-8"))
        found = find_page_day(gold.with_suffix(".txt").read_text(encoding="utf-8").splitlines(), page["lang"])
        right += found is not None and found.period == page["date"]
        wrong += found is not None and found.period != page["date"]
    assert wrong == 0
    assert right >= 54  # of the 61 pages that have a day; the other seven print none with a year


LINES = st.sampled_from(
    [
        "Publicerad 8/10 2026",
        "Datum:",
        "2026-10-08",
        "Lund, 3 mars 2026 –",
        "Plats: Lund",
        "Protokoll",
        "",
        "   ",
        "\u00a0",
        "12 maj 2027",
    ]
)


@given(st.lists(st.one_of(st.text(max_size=40), LINES), max_size=12), st.sampled_from(["sv", "en", ""]))
def test_any_lines_give_one_printed_day_or_none(lines: list[str], language: str) -> None:
    found = find_page_day(lines, language)
    assert found == find_page_day(lines, language)
    if found is not None:
        assert parse_period(found.period).precision == "day"
        assert 0 <= found.mention.start < found.mention.end <= len(lines[found.line])


@pytest.mark.parametrize("before", ["\x0c", "\u2003", "\x0b ", "\u00a0"])
def test_white_space_of_any_kind_before_a_day_is_nothing(before: str) -> None:
    found = find_page_day(["Regeringsbeslut", f"{before}2026-10-08"], "sv")
    assert found is not None
    assert found.period == "2026-10-08"
