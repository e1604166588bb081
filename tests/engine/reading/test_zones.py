"""Zones: what each line of flattened text is, in both languages, told by the installed model."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.example_counts import examples

from handslag.reading.line_features import page_features
from handslag.reading.loading.document import TAGS
from handslag.reading.models import installed_models
from handslag.reading.page import page_of
from handslag.reading.zones import ZONES, find_zones

PAGES = {
    "sv": """\
Hem  Om oss  Nyheter  Kontakt
Logga in
Almi och Region Österdalen skriver avtal om testbädd
Publicerad: 3 oktober 2026 Text: Karin Söderfalk
Region Österdalen och Almi har skrivit avtal om en gemensam testbädd för hälsodata i Almvik. Avtalet gäller i tre år.
Enligt avtalet ska parterna under nästa år avsätta 14 miljoner kronor till nya tjänster och en ny byggnad i Almvik.
– Vi lovar att svara alla bolag inom tio dagar, säger Karin Söderfalk, vd för stiftelsen.
Regionen räknar med att anställa tre forskare. Hela planen ska vara klar till sommaren, skriver parterna.
Samarbetet omfattar:
• gemensam upphandling av utrustning
• utbildning av personal
• utbyte av data mellan parterna
Läs mer
Dela på LinkedIn  Facebook
Vi använder kakor för att förbättra webbplatsen. Godkänn alla kakor
© 2026 Region Österdalen""",
    "en": """\
Home  About us  News  Contact
Log in
Almi and the Osterdalen Region sign agreement on test bed
Published: 3 October 2026 Text: Karin Holt
The Osterdalen Region and Almi have signed an agreement on a joint test bed for health data in Almvik. It runs for three years.
Under the agreement the parties will next year set aside SEK 14 million for new positions and a new building in Almvik.
"We promise to answer every company within ten days," says Karin Holt, CEO of the foundation.
The region expects to hire three researchers. The whole plan is to be ready by the summer, the parties write.
The cooperation covers:
• joint procurement of equipment
• training of staff
• exchange of data between the parties
Read more
Share on LinkedIn  Facebook
We use cookies to improve the website. Accept all cookies
© 2026 Osterdalen Region""",
}


def zones_of(text: str, tags: list[str] | None = None) -> list[str]:
    return find_zones(page_of(text), installed_models(), tags or [])


@pytest.mark.parametrize("language", PAGES)
def test_menus_notices_and_sharing_are_furniture_and_running_text_is_not(language: str) -> None:
    zones = zones_of(PAGES[language])
    furniture = [number for number, zone in enumerate(zones) if zone == "furniture"]
    # how well is measured elsewhere (bench/reading.md); here: mostly
    assert len({0, 1, 13, 14, 15} & set(furniture)) >= 3
    assert not {2, 4, 5, 6, 7, 9, 10, 11} & set(furniture)


@pytest.mark.parametrize("language", PAGES)
def test_the_parts_of_an_article_are_told_apart(language: str) -> None:
    zones = zones_of(PAGES[language])
    assert zones[2] == "headline"
    assert {zones[4], zones[5]} <= {"lead", "body"}
    assert zones[6] in {"quote", "body"}
    assert zones[9:12] == ["list"] * 3


@pytest.mark.parametrize("language", PAGES)
def test_blank_lines_have_no_zone_and_change_little(language: str) -> None:
    spaced = PAGES[language].replace("\n", "\n \n")
    zones = zones_of(spaced)
    assert set(zones[1::2]) == {""}
    assert "" not in zones[::2]
    assert (zones[0], zones[4], zones[-1]) == ("furniture", "headline", "furniture")


def test_the_files_own_structure_is_heeded() -> None:
    text = "Forskning\nUtbildning\nSamverkan\nInnovation"
    found = {tag: zones_of(text, [tag] * 4) for tag in ("furniture", "headline", "list", "table")}
    for tag, zones in found.items():
        assert zones.count(tag) == max(others.count(tag) for others in found.values()), tag
    assert len({tuple(zones) for zones in found.values()}) > 2


def test_hints_that_are_not_for_these_lines_are_not_heeded() -> None:
    assert zones_of(PAGES["sv"], ["headline"]) == zones_of(PAGES["sv"])


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n\u00a0"])
def test_a_text_without_words_has_no_zones(text: str) -> None:
    assert set(zones_of(text)) == {""}


LINES = st.lists(
    st.sampled_from([*PAGES["sv"].split("\n"), *PAGES["en"].split("\n"), "", " ", "\t", "|", "§ 1", "–", "”", "1."])
    | st.text(max_size=30)
)


@settings(max_examples=examples(40))
@given(LINES, st.sampled_from(sorted(TAGS)))
def test_every_line_with_words_has_a_zone_and_no_other_line(lines: list[str], tag: str) -> None:
    text = "\n".join(lines)
    page = page_of(text)
    filled = [bool(text[line.start : line.end].strip()) for line in page.lines]
    assert len(page_features(text, page.lines)) == sum(filled)
    for tags in ([], [tag] * len(filled)):
        zones = find_zones(page, installed_models(), tags)
        assert [bool(zone) for zone in zones] == filled
        assert set(zones) <= {"", *ZONES}


@pytest.mark.parametrize(
    "line",
    ["”" + " " * 100_000 + "x", " " * 100_000 + "1x", "a " * 50_000, "1." * 50_000, "-" * 100_000, "( " * 50_000],
)
def test_a_long_line_takes_its_length_not_its_square(line: str) -> None:
    page = page_of(line)
    # With the square of 100,000 the time limit of the test run would end this.
    assert len(page_features(line, page.lines)) == 1
