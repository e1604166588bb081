from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from handslag.kernel.errors import HandslagError
from handslag_hub.accounts.actors import Actor
from handslag_hub.exchange.models import ListImport
from handslag_hub.exchange.services.lists import (
    bring_list,
    change_understanding,
    import_list,
    opened_list,
    rows_of,
    undo_import,
)
from handslag_hub.exchange.sheets.opening import open_list
from handslag_hub.exchange.sheets.understanding import Understanding, words_to_choose
from handslag_hub.store.checking import differences
from handslag_hub.store.models import Action, Assertion, Document, Entity, Fact, Statement
from handslag_hub.store.services import keep_reading, undo_action

pytestmark = pytest.mark.django_db

GOOD = """Vad;Vem;Status;Senast;Tema
Öppna en testbädd för hälsodata;Region Väst;lovat;2027-05-03;hälsodata
Anställa två samordnare;"Region Syd; Nordvalla AB";planerad;3 maj 2027;
Utreda frågan;Region Väst;på gång;våren;
Bygga ett center;Region Väst;utlovat;någon gång;
;Region Väst;utlovat;2027;
"""


def brought(actor: Actor, text: str | bytes, kind: str = "commitments", name: str = "löften.csv") -> ListImport:
    content = text.encode() if isinstance(text, str) else text
    return bring_list(actor, name, content, kind, visibility=1, language="sv")


def faults_of(found: ListImport) -> dict[int, list[tuple[str, str]]]:
    rows = rows_of(found, opened_list(found))
    return {row.line: [(fault.column, fault.found) for fault in row.faults] for row in rows if row.faults}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_is_opened_in_any_usual_encoding_and_with_any_usual_separator(encoding, separator):
    lines = [["Vad", "Vem", "När"], ["Öppna; en, testbädd", "Region Väst", "våren"], ["Två\nrader", "Å", "2027"]]
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(lines)
    opened = open_list("x.csv", text.getvalue().encode(encoding))
    assert opened.headers == ("Vad", "Vem", "När")
    assert [cells for _line, cells in opened.rows] == [tuple(line) for line in lines[1:]]
    assert [line for line, _cells in opened.rows] == [2, 3]


def test_excel_is_opened_with_dates_as_days_and_the_line_of_each_row():
    book = Workbook()
    book.active.append(["What", "Due", "Number"])
    book.active.append([])
    book.active.append(["Öppna", date(2027, 5, 3), 12.0])
    file = io.BytesIO()
    book.save(file)
    opened = open_list("x.xlsx", file.getvalue())
    assert opened.headers == ("What", "Due", "Number")
    assert opened.rows == ((3, ("Öppna", "2027-05-03", "12")),)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 no workbook", b"\x89PNG\r\n\x1a\n\x00", b"a;b\n" * 20_003])  # fmt: skip
def test_what_is_no_list_or_too_long_a_one_is_refused_with_its_name(content):
    with pytest.raises(HandslagError, match=r"x\.csv"):
        open_list("x.csv", content)


def test_a_cell_with_nul_is_taken_without_it():
    assert open_list("x.csv", b"What;Due\nOpen\x00 a clinic;2027\n").rows == ((2, ("Open a clinic", "2027")),)


def test_what_cannot_be_understood_is_told_by_line_and_column_and_nothing_is_guessed(reviewer: Actor):
    found = brought(reviewer, GOOD)
    assert faults_of(found) == {
        4: [("Status", "på gång"), ("Senast", "våren")],
        5: [("Senast", "någon gång")],
        6: [("Vad", "")],
    }
    understood = Understanding.from_json(found.understanding)
    assert words_to_choose(opened_list(found), understood) == {"firmness": ["på gång"]}
    chosen = Understanding("commitments", understood.columns, {"firmness": {"på gång": "underway"}}, "sv")
    change_understanding(reviewer, found, chosen)
    assert faults_of(found)[4] == [("Senast", "våren")]


def test_a_list_becomes_facts_that_join_what_was_read(reviewer: Actor, read_text):
    keep_reading(reviewer, read_text("Region Väst ska öppna en testbädd senast den 3 maj 2027."))
    region = Entity.objects.get(kind="organisation", label="Region Väst")
    found = import_list(reviewer, brought(reviewer, GOOD))
    assert (found.imported, found.refused) == (2, 3)
    facts = Fact.objects.filter(extractor__is_human=True).order_by("pk")
    values = [{s.predicate: s.value for s in fact.statements.all()} for fact in facts]
    assert (
        values[0]
        | {
            "what": "Öppna en testbädd för hälsodata",
            "firmness": "promised",
            "theme": "health_data",
            "when": "2027-05-03",
        }
        == values[0]
    )
    assert (values[1]["when"], values[1]["when_text"], values[1]["firmness"]) == ("2027-05-03", "3 maj 2027", "planned")
    assert Statement.objects.filter(fact=facts[0], predicate="who", object=region).exists()
    assert [s.value for s in facts[1].statements.filter(predicate="who")] == ["Region Syd", "Nordvalla AB"]
    assert {fact.level for fact in facts} == {1}
    assert Assertion.objects.get(fact=facts[0]).cause == "row 2 of löften.csv"
    assert list(differences()) == []


def test_an_import_is_one_action_undone_as_one_and_brought_back(reviewer: Actor):
    found = import_list(reviewer, brought(reviewer, GOOD))
    assert Action.objects.filter(verb="import").count() == 1
    facts = set(Fact.objects.filter(shown=True).values_list("uid", flat=True))
    undo_import(reviewer, found)
    assert not Fact.objects.filter(shown=True).exists()
    assert list(differences()) == []
    import_list(reviewer, found)
    assert set(Fact.objects.filter(shown=True).values_list("uid", flat=True)) == facts
    assert Fact.objects.count() == len(facts)
    assert list(differences()) == []
    undo_action(reviewer, Action.objects.filter(verb="import").order_by("pk").last())
    assert not Fact.objects.filter(shown=True).exists()


def test_the_same_file_again_is_a_no_op_unless_forced_and_then_gives_the_same_facts(reviewer: Actor):
    import_list(reviewer, brought(reviewer, GOOD))
    counts = (Fact.objects.count(), Statement.objects.count(), Action.objects.count())
    again = brought(reviewer, GOOD)
    with pytest.raises(HandslagError, match="imported already"):
        import_list(reviewer, again)
    assert (Fact.objects.count(), Statement.objects.count(), Action.objects.count()) == counts
    import_list(reviewer, again, again=True)
    assert (Fact.objects.count(), Statement.objects.count()) == counts[:2]


def test_people_and_organisations_join_those_that_documents_name(reviewer: Actor, read_text):
    import_list(reviewer, brought(reviewer, "Namn,Titel,Organisation\nEva Stensson,vd,Nordvalla AB\n", "people"))
    import_list(reviewer, brought(reviewer, "Name,Kind,Abbreviation\nNordvalla AB,företag,NVAB\n", "organisations"))
    keep_reading(reviewer, read_text("Eva Stensson är vd för Nordvalla AB. Nordvalla AB ska bygga en fabrik 2027."))
    assert Entity.objects.filter(kind="organisation").count() == 1
    assert Entity.objects.filter(kind="person").count() == 1
    assert set(Fact.objects.filter(kind="organisation").values_list("about__label", flat=True)) == {"Nordvalla AB"}


def test_how_a_list_was_understood_is_remembered_for_its_headers(reviewer: Actor):
    first = brought(reviewer, "Kolumn A;Kolumn B\nBygga en bro;lovat\n")
    assert faults_of(first)
    change_understanding(reviewer, first, Understanding("commitments", {"what": 0, "firmness": 1}, {}, "sv"))
    import_list(reviewer, first)
    second = brought(reviewer, "Kolumn A;Kolumn B\nBygga en tunnel;utlovat\n")
    assert faults_of(second) == {}


def test_a_column_that_is_missing_must_be_chosen_for_all_rows(reviewer: Actor):
    found = brought(reviewer, "Vad\nBygga en bro\n")
    assert faults_of(found) == {2: [("Firmness", "")]}
    change_understanding(
        reviewer, found, Understanding("commitments", {"what": 0}, {"firmness": {"": "planned"}}, "sv")
    )
    assert faults_of(found) == {}


def test_the_pages_take_a_list_from_file_to_facts_and_back(client: Client):
    answer = client.post("/lists/", {"file": SimpleUploadedFile("../löften.csv", GOOD.encode()), "kind": "commitments", "language": "sv", "visibility": "1"})  # fmt: skip
    address = answer["Location"]
    page = client.get(address).content.decode()
    assert "på gång" in page
    assert "2 rows can be imported" in page
    form = {"kind": "commitments", "language": "sv", "column-what": "0", "column-who": "1", "column-firmness": "2",
            "word-firmness": "på gång", "means-firmness": "underway"}  # fmt: skip
    client.post(address, form)
    assert "4 rows can be imported" in client.get(address).content.decode()
    text = b"".join(client.get(f"{address}/faults.csv")).decode("utf-8-sig")
    (row,) = list(csv.DictReader(io.StringIO(text)))
    assert row["Line"] == "6"
    assert "Vad" in row["What is wrong"]
    assert client.post(f"{address}/import").status_code == 302
    assert Fact.objects.filter(shown=True).count() == 4
    client.post(f"{address}/undo")
    assert Fact.objects.filter(shown=True).count() == 0
    assert Document.objects.count() == 0


def test_hostile_cells_stay_words_on_the_page(client: Client):
    hostile = "Vad;Status\n<script>alert(1)</script>;=cmd|'/c calc'!A1\n"
    answer = client.post("/lists/", {"file": SimpleUploadedFile("<b>.csv", hostile.encode()), "kind": "commitments"})
    page = client.get(answer["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "<b>" not in page
    assert "'=cmd" in b"".join(client.get(f"{answer['Location']}/faults.csv")).decode()


def test_a_reader_brings_no_lists_in(client: Client, settings, reader: Actor):
    with pytest.raises(Exception, match="reviewer"):
        brought(reader, GOOD)


def test_a_long_list_is_imported_in_few_queries(reviewer: Actor):
    def queries(rows: int) -> int:
        text = "Vad;Vem;Status\n" + "".join(f"Sak {rows} {n};Region {n % 7};lovat\n" for n in range(rows))
        found = brought(reviewer, text)
        with CaptureQueriesContext(connection) as seen:
            import_list(reviewer, found)
        return len(seen)

    queries(3)
    assert queries(200) - queries(10) <= 12
