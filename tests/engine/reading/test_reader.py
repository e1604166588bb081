"""Readers: the built-in one and any other, from a loaded document to facts, through one gate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from handslag.kernel.errors import HandslagError
from handslag.kernel.passages import Passage
from handslag.reading.loading import LoadedDocument, Region
from handslag.reading.loading.document import Tag
from handslag.reading.output import as_json
from handslag.reading.reader import BuiltinReader, Document, Reader, read_loaded, tags_of_lines
from handslag.reading.results import Facts, FigureFact, OrganisationFact, Reading

MakeDocument = Callable[..., LoadedDocument]
Check = Callable[[Reading], None]

PAGES = {
    "sv": """\
Hem   Om oss   Kontakt   Sök

Dalhamn och Region Österdalen skriver avtal om testbädd

Publicerad: 3 oktober 2026

Stiftelsen Dalhamn och Region Österdalen har i dag skrivit avtal om en
gemensam testbädd för hälsodata i Almvik. Parterna ska under 2027
avsätta 14 miljoner kronor.

– Vi lovar att svara alla bolag inom tio dagar, säger Karin Söderfalk, vd för Stiftelsen Dalhamn.

Region Österdalen kommer att anställa tre forskare under våren 2027.

Vi använder kakor. Läs mer om kakor.
© 2026 Stiftelsen Dalhamn""",
    "en": """\
Home   About us   Contact   Search

Dalhamn and Osterdalen sign agreement on a test bed

Published: 3 October 2026

The Dalhamn Foundation and the Osterdalen Region have today signed an agreement on a
joint test bed for health data in Almvik. In 2027 the parties will set aside
SEK 14 million.

"We promise to answer every company within ten days," says Karin Holt, CEO of the Dalhamn Foundation.

The Osterdalen Region will hire three researchers in the spring of 2027.

We use cookies. Read more about cookies.
© 2026 The Dalhamn Foundation""",
}
FOREIGN = {
    "fi": """\
Yliopisto ja alue sopivat yhteistyöstä

Dalhamnin säätiö ja Österdalenin alue ovat sopineet, että ne aloittavat yhteistyön ensi vuoden alussa.
Se on hyvä, mutta se ei ole vielä valmis, sanoo toimitusjohtaja Karin Söderfalk.
Hanke maksaa 14 miljoonaa euroa ja se alkaa, kun rahoitus on varmistunut.""",
    "de": """\
Universität und Region vereinbaren Zusammenarbeit

Die Dalhamn Stiftung und die Region Osterdalen haben sich auf eine Zusammenarbeit geeinigt.
"Das ist ein guter Tag für die Region", sagt Karin Holt, die Direktorin der Stiftung.
Das Projekt kostet 14 Millionen Euro und wird im Januar 2027 mit dem Bau beginnen.""",
}

UNNAMED = {
    "lv": (
        "Rīgas slimnīca un universitāte šodien parakstīja līgumu par jaunu laboratoriju. "
        "Mēs to uzbūvēsim līdz 2027. "
        "gadam, saka direktore Anna Bērziņa. "
        "Projekts tiek finansēts no Eiropas Savienības līdzekļiem, un tajā strādās simts pētnieku. "
    ),
    "hu": (
        "A szegedi kórház és az egyetem ma megállapodást írt alá egy új laboratóriumról. "
        "Azt mondja Kovács Anna igazgató, hogy 2027-ig meg is épül. "
        "A projektet az Európai Unió is támogatja, és száz kutató dolgozik majd benne. "
    ),
    "la": (
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua. "
        "Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea commodo consequat. "
    ),
}


def codes(reading: Reading) -> list[str]:
    return [notice.code for notice in reading.warnings]


@pytest.mark.parametrize("language", PAGES)
def test_a_page_gives_who_is_there_what_was_said_and_what_was_promised(
    language: str, document: MakeDocument, assert_sound: Check
) -> None:
    reading = read_loaded(document(PAGES[language]))
    assert_sound(reading)
    region, name = ("Region Österdalen", "Karin Söderfalk") if language == "sv" else ("Osterdalen Region", "Karin Holt")
    assert region in [organisation.name for organisation in reading.organisations]
    assert [person.name for person in reading.people] == [name]
    assert [quote.speaker for quote in reading.quotes] == [name]
    hires = [c for c in reading.commitments if "2027-spring" in c.when]
    assert [(c.firmness, c.cue) for c in hires] == [("promised", "kommer att" if language == "sv" else "will")]
    assert (reading.document.language, reading.document.said_on) == (language, "2026-10-03")
    assert codes(reading) == []


@pytest.mark.parametrize("language", PAGES)
def test_menus_and_cookies_are_furniture_and_the_text_is_not(language: str, document: MakeDocument) -> None:
    zones = [line.zone for line in read_loaded(document(PAGES[language])).lines]
    assert (zones[0], zones[-1]) == ("furniture", "furniture")
    assert zones[2] == "headline"
    assert "furniture" not in zones[6:13]


def test_the_title_is_the_files_own_or_the_first_headline(document: MakeDocument) -> None:
    page = PAGES["sv"]
    assert read_loaded(document(page)).document.title == page.split("\n")[2]
    assert read_loaded(document(page, title="Avtal")).document.title == "Avtal"


@pytest.mark.parametrize("language", FOREIGN)
def test_a_page_in_another_language_gives_lines_no_facts_and_a_warning(
    language: str, document: MakeDocument, assert_sound: Check
) -> None:
    reading = read_loaded(document(FOREIGN[language]))
    assert_sound(reading)
    assert reading.facts == Facts()
    assert codes(reading) == ["language"]
    assert reading.document.language == language
    assert {line.language for line in reading.lines if line.zone} == {language}


@pytest.mark.parametrize(
    "text",
    [
        "Hem\nOm oss\nKontakt\nSök\nLogga in",
        "Hem | Om oss | Kontakt\nVi använder kakor.\n© 2026 Dalhamn. Alla rättigheter förbehållna.",
        "Home\nAbout us\nContact\nCookies\nPrivacy policy\nLog in",
    ],
)
def test_a_page_of_furniture_alone_gives_no_facts_and_a_warning(
    text: str, document: MakeDocument, assert_sound: Check
) -> None:
    reading = read_loaded(document(text))
    assert_sound(reading)
    assert reading.facts == Facts()
    assert len(reading.warnings) == 1


@pytest.mark.parametrize(
    "entries",
    [
        ["Hem", "Om oss", "Nyheter", "Kontakta oss", "Region Skåne", "Karolinska Institutet", "Logga in"],
        ["Home", "About us", "News", "European Commission", "Karolinska Institutet", "Terms of use"],
        ["Hem   Om oss och vårt arbete   Karolinska Institutet   Kontakta oss", "Nyheter   Sök   Vinnova   Dela"],
    ],
    ids=["Swedish", "English", "in columns"],
)
def test_ten_thousand_lines_of_menu_give_their_lines_no_facts_and_a_warning(
    entries: list[str], document: MakeDocument, assert_sound: Check
) -> None:
    lines = (entries * (10_000 // len(entries) + 1))[:10_000]
    reading = read_loaded(document("\n".join(lines)))
    assert len(reading.lines) == 10_000
    assert_sound(reading)
    assert reading.facts == Facts()
    assert codes(reading) == ["only-furniture"]


def test_a_page_that_says_nothing_of_note_says_so(document: MakeDocument) -> None:
    reading = read_loaded(document(PAGES["sv"]), reader=ForeignReader(Facts()))
    assert codes(reading) == ["nothing-found"]


@pytest.mark.parametrize("text", ["", "\n\n", "\u00a0", "Almi Vinnova", "12 345", "."])
def test_a_text_with_too_little_to_read_gives_no_facts_and_a_warning(
    text: str, document: MakeDocument, assert_sound: Check
) -> None:
    reading = read_loaded(document(text))
    assert_sound(reading)
    assert reading.facts == Facts()
    assert len(reading.warnings) == 1


@pytest.mark.parametrize("language", PAGES)
def test_reading_twice_gives_the_same(language: str, document: MakeDocument) -> None:
    loaded = document(PAGES[language])
    assert as_json(read_loaded(loaded)) == as_json(read_loaded(loaded))


def test_what_was_read_before_leaves_no_trace(document: MakeDocument) -> None:
    alone = read_loaded(document(PAGES["sv"]))
    read_loaded(document(PAGES["en"]))
    assert read_loaded(document(PAGES["sv"])) == alone


def test_the_loaders_warnings_come_first(document: MakeDocument) -> None:
    reading = read_loaded(document(PAGES["sv"], warnings=(("encoding", "guessed"),)), said_on="2026-10-01")
    assert codes(reading) == ["encoding", "day-differs"]
    assert reading.document.said_on == "2026-10-01"
    assert reading.document.said_printed == "3 oktober 2026"


def test_relative_days_count_from_the_documents_day_and_are_unknown_without(document: MakeDocument) -> None:
    page = PAGES["sv"].replace("Publicerad: 3 oktober 2026\n", "")
    for said_on, when in (("2026-10-03", "2026-10-13"), (None, "")):
        reading = read_loaded(document(page), said_on=said_on)
        promised = [c for c in reading.commitments if "svara" in c.what]
        assert [c.when for c in promised] in ([when], [""])


@dataclass
class ForeignReader:
    """A reader from elsewhere, which says what it is told to say and remembers what it was asked."""

    facts: Facts
    asked: list[Document] = field(default_factory=list)

    @property
    def name(self) -> str:
        return "foreign 2"

    def read(self, document: Document) -> Facts:
        self.asked.append(document)
        return self.facts


def organisation(start: int, quote: str, name: str = "Påhittat AB") -> OrganisationFact:
    return OrganisationFact(name=name, evidence=(Passage(start, start + len(quote), quote),), certainty="certain")


def test_a_foreign_reader_is_a_reader() -> None:
    readers: list[Reader] = [ForeignReader(Facts()), BuiltinReader()]
    assert all(reader.name for reader in readers)


def test_a_foreign_reader_gets_no_fact_past_the_gate_whose_words_are_not_in_the_text(
    document: MakeDocument, assert_sound: Check
) -> None:
    page = PAGES["sv"]
    true = page.index("Region Österdalen")
    proposed = Facts(
        organisations=(
            organisation(true, "Region Österdalen", "Region Österdalen"),
            organisation(true, "Region Osterdalen"),
            organisation(true + 1, "Region Österdalen"),
            organisation(0, "Påhittat AB"),
            organisation(len(page), "Påhittat AB"),
            OrganisationFact(name="Ingenstans", evidence=()),
        ),
        figures=(FigureFact(value=7, evidence=(Passage(-3, -1, page[-3:-1]),)),),
    )
    reading = read_loaded(document(page), reader=ForeignReader(proposed))
    assert_sound(reading)
    assert [fact.name for fact in reading.organisations] == ["Region Österdalen"]
    assert reading.figures == ()
    assert reading.dropped == 6
    assert codes(reading) == ["dropped"]
    assert "6" in reading.warnings[0].message
    assert reading.document.reader == "foreign 2"


def test_a_foreign_reader_gets_nothing_out_of_furniture(document: MakeDocument) -> None:
    reading = read_loaded(document(PAGES["sv"]), reader=ForeignReader(Facts(organisations=(organisation(0, "Hem"),))))
    assert reading.facts == Facts()


def test_a_foreign_reader_is_given_the_text_with_zones_the_day_and_the_known_names(document: MakeDocument) -> None:
    reader = ForeignReader(Facts())
    reading = read_loaded(document(PAGES["en"]), reader=reader, gazetteer={"Almvik": "municipality"})
    (asked,) = reader.asked
    assert asked.text == PAGES["en"]
    assert tuple(asked.lines) == reading.lines
    assert (asked.language, asked.said_on) == ("en", date(2026, 10, 3))
    assert asked.gazetteer == {"Almvik": "municipality"}


@pytest.mark.parametrize("text", [FOREIGN["fi"], "Hem\nOm oss\n" * 200, ""], ids=["Finnish", "menu", "empty"])
def test_a_foreign_reader_is_not_asked_about_a_page_that_is_not_to_be_read(text: str, document: MakeDocument) -> None:
    reader = ForeignReader(Facts(organisations=(organisation(0, text[:4]),)))
    assert read_loaded(document(text), reader=reader).facts == Facts()
    assert reader.asked == []


def test_the_builtin_reader_reads_a_document_like_any_other(document: MakeDocument) -> None:
    loaded = document(PAGES["sv"])
    by_itself = read_loaded(loaded)
    assert read_loaded(loaded, reader=BuiltinReader()) == by_itself


@pytest.mark.parametrize(
    ("regions", "tags"),
    [
        ((), []),
        (((0, 3, "headline"),), ["headline", "", "", ""]),
        (((0, 3, "furniture"), (5, 12, "list")), ["furniture", "", "list", "list"]),
        (((2, 12, "body"),), ["", "body", "body", "body"]),
    ],
)
def test_a_line_has_the_hint_of_the_region_that_holds_its_middle(
    regions: tuple[tuple[int, int, Tag], ...], tags: list[str], document: MakeDocument
) -> None:
    loaded: LoadedDocument = document("Hem\n\nEtt\nTvå", regions=tuple(Region(*region) for region in regions))
    found = tags_of_lines(loaded)
    assert [tag if line else "" for tag, line in zip(found, loaded.text.split("\n"), strict=bool(found))] == [
        tag if line else "" for tag, line in zip(tags, loaded.text.split("\n"), strict=bool(tags))
    ]


@pytest.mark.parametrize("said_on", ["nonsense", "", "2026-W40", "20261003", "2026-02-30", "monthly"])
def test_a_given_day_that_is_none_is_refused(said_on: str, document: MakeDocument) -> None:
    with pytest.raises(HandslagError, match="expected a day as YYYY-MM-DD"):
        read_loaded(document(PAGES["sv"]), said_on=said_on)


def test_the_callers_kind_of_a_body_is_in_the_facts(document: MakeDocument) -> None:
    for kind in ("investor", "cluster"):
        reading = read_loaded(document(PAGES["en"]), gazetteer={"Osterdalen Region": kind})
        assert {o.name: o.kind for o in reading.organisations}["Osterdalen Region"] == kind
    with pytest.raises(HandslagError, match="gazetteer"):
        read_loaded(document(PAGES["en"]), gazetteer={"and": "company"})


@pytest.mark.parametrize("times", [1, 6])
@pytest.mark.parametrize("language", ["lv", "hu", "la"])
def test_a_page_in_a_language_without_name_gives_no_facts(
    language: str, times: int, document: MakeDocument, assert_sound: Check
) -> None:
    reading = read_loaded(document("\n\n".join([UNNAMED[language]] * times)))
    assert_sound(reading)
    assert reading.facts == Facts()
    assert (codes(reading), reading.document.language) == (["language"], "")
    assert "neither Swedish nor English" in reading.warnings[0].message


@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg is the CEO of Ekbacka Ltd. We will build a plant in Lund by 3 May 2027, says Anna Berg.",
        "Anna Berg är vd för Ekbacka AB. Vi ska bygga en fabrik i Lund till den 3 maj 2027, säger Anna Berg.",
    ],
)
def test_a_text_on_one_line_is_read(sentence: str, document: MakeDocument) -> None:
    reading = read_loaded(document(sentence))
    assert [person.name for person in reading.people] == ["Anna Berg"]
