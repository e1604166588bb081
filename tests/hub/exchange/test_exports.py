from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from responses_read import closed_after

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey
from handslag_hub.accounts.actors import Actor
from handslag_hub.exchange.formats.delimited import csv_lines
from handslag_hub.exchange.giving_out import formats_of, response_with
from handslag_hub.exchange.selection import Selection, public_eye
from handslag_hub.exchange.tables import TABLES
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Action, Document, Fact, FactPassage
from handslag_hub.store.queries import known_facts
from handslag_hub.store.services import TypedFact, change_visibility, keep_reading, review_fact, type_facts

pytestmark = pytest.mark.django_db
BASE = "https://hub.example.org"
EXPORTS = [(table, form) for table in (*TABLES, "all") for form in formats_of(table)]


def taken(table: str, form: str, chosen: Selection, **options: bool) -> bytes:
    response = response_with(table, form, chosen, BASE, keys=options.pop("keys", True), **options)
    with closed_after(response):
        return b"".join(response)


def csv_rows(table: str, chosen: Selection) -> list[dict[str, str]]:
    text = taken(table, "csv", chosen, mark=False).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def typed(name: str, what: str, *, uid: str = "typed1") -> ClaimedFact:
    key = EntityKey("commitment", uid, what)
    claims = (Claim(predicate="what", value=what, normal=what), Claim(predicate="cue", value=name, normal=name))
    return ClaimedFact(uid=uid, kind="commitment", subject=key, claims=claims)


def test_every_fact_of_the_database_is_a_row_with_its_passage(sample_documents, reader: Actor):
    chosen = Selection(actor=reader)
    # Milestones and what was reported of them are typed only: tests/hub/briefs.
    for table in sorted(table.key for table in TABLES.values() if table.kind not in {"", "milestone", "assessment"}):
        rows = {row["fact"]: row for row in csv_rows(table, chosen)}
        facts = list(known_facts(reader, AsKnown()).filter(kind=TABLES[table].kind).select_related("document"))
        assert facts
        assert rows.keys() == {fact.uid for fact in facts}
        assert list(rows) == sorted(rows)
        for fact in facts:
            row = rows[fact.uid]
            lead = FactPassage.objects.filter(fact=fact, passage__document=fact.document).order_by("rank").first()
            assert row["quote"].removeprefix("'") == lead.passage.quote
            assert (
                row["passage_address"] == f"{BASE}/passages/{fact.document.uid}/{lead.passage.start}-{lead.passage.end}"
            )
            assert row["said_on"] == (fact.said_on.isoformat() if fact.said_on else "")
            assert (row["status"], row["certainty"]) == (fact.status, fact.certainty)
            assert row["read_by"].startswith("handslag ")


def test_excel_has_the_same_cells_as_csv_with_dates_and_numbers_typed(sample_documents, reader: Actor):
    chosen = Selection(actor=reader)
    for table in sorted(TABLES):
        rows = csv_rows(table, chosen)
        content = taken(table, "xlsx", chosen)
        read = list(load_workbook(io.BytesIO(content)).active.iter_rows())
        header = [cell.value for cell in read[0]]
        assert header == [column.key for column in TABLES[table].columns]
        assert len(read) - 1 == len(rows)
        for cells, row in zip(read[1:], rows, strict=True):
            for column, cell in zip(TABLES[table].columns, cells, strict=True):
                value = cell.value.date() if hasattr(cell.value, "date") else cell.value
                assert ("" if value is None else str(value)) == row[column.key].removeprefix("'")
                if column.type == "day" and value is not None:
                    assert isinstance(value, date)
                    assert cell.is_date
        if rows:
            by_calamine = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            assert by_calamine[0] == header
            assert len(by_calamine) == len(read)


@pytest.mark.parametrize("words", ["=1+1", "+46 8", "-5", "@SUM(A1)", "\tx", "\r=1", "\n=1", "=cmd|'/c calc'!A1"])
def test_what_a_spreadsheet_would_take_for_a_formula_stays_words(words, reviewer: Actor):
    type_facts(reviewer, [TypedFact(typed(words, words), "row 1")])
    chosen = Selection(actor=reviewer)
    (row,) = csv_rows("commitments", chosen)
    assert row["what"] == f"'{words}"
    assert row["cue"] == f"'{words}"
    sheet = load_workbook(io.BytesIO(taken("commitments", "xlsx", chosen))).active
    cell = next(cell for cell in sheet[2] if sheet.cell(1, cell.column).value == "what")
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.replace("_x000D_", "\r").strip() == words.strip()


@pytest.mark.parametrize(
    "words", ["#REF!", "\x01\x07bell", "x" * 40_000, '"; DROP', "a\r\nb", "\u202eevil", "]]><script>"]
)
def test_hostile_words_leave_every_format_whole(words, reviewer: Actor):
    type_facts(reviewer, [TypedFact(typed("cue", words))])
    chosen = Selection(actor=reviewer)
    (row,) = csv_rows("commitments", chosen)
    assert row["what"] == words
    sheet = load_workbook(io.BytesIO(taken("commitments", "xlsx", chosen))).active
    assert sheet.max_row == 2
    assert {cell.data_type for cell in sheet[2]} <= {"s", "n", "d"}


# Each table in the format that is quickest made, and all tables in each.
FEW = [*((table, "csv") for table in TABLES), *(("all", form) for form in formats_of("all"))]


@pytest.mark.parametrize("exports", [pytest.param(FEW, id="few"), pytest.param(EXPORTS, id="all", marks=pytest.mark.long)])  # fmt: skip
def test_the_same_state_gives_the_same_bytes(exports, sample_documents, reader: Actor):
    chosen = Selection(actor=reader)
    for table, form in exports:
        assert taken(table, form, chosen) == taken(table, form, chosen), f"{table}.{form}"


def test_nothing_of_a_document_that_one_may_not_see_goes_out(reader: Actor, reviewer: Actor, read_text):
    hidden_name = "Nordvalla Hemlighet AB"
    public = keep_reading(reviewer, read_text("Region Väst ska öppna en testbädd senast den 3 maj 2027.")).document
    hidden = keep_reading(
        reviewer, read_text(f"{hidden_name} ska bygga en fabrik i Umeå under 2027. Sten Hemligsson är vd för {hidden_name}."),
        address="https://hemlig.example.org/plan",
    ).document  # fmt: skip
    change_visibility(reviewer, hidden, 2)

    def shown(actor: Actor, table: str, form: str) -> str:
        content = taken(table, form, Selection(actor=actor))
        if form == "xlsx":
            book = load_workbook(io.BytesIO(content))
            return str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
        return content.decode()

    for table, form in EXPORTS:
        for actor in (reader, public_eye(reviewer)):
            content = shown(actor, table, form)
            assert "emlig" not in content, f"{table}.{form}"
            assert hidden.uid not in content, f"{table}.{form}"
        if table in {"commitments", "organisations", "documents", "evidence", "sources", "all"}:
            to_reviewer = shown(reviewer, table, form)
            assert "emlig" in to_reviewer or hidden.uid in to_reviewer, f"{table}.{form}"
        if table == "documents":
            assert public.uid in shown(reader, table, form), form


def test_what_is_handed_out_does_not_name_who_typed_or_reviewed(reviewer: Actor):
    type_facts(reviewer, [TypedFact(typed("cue", "Bygga en bro"), "row 3 of Ruts lista.xlsx")])
    review_fact(reviewer, Fact.objects.get(), "accept")
    (row,) = csv_rows("commitments", Selection(actor=reviewer))
    assert (row["read_by"], row["reviewed_by"], row["origin"]) == (
        "Rut Granskare",
        "Rut Granskare",
        "row 3 of Ruts lista.xlsx",
    )
    for form in ("csv", "jsonld"):
        assert "Rut" not in taken("commitments", form, Selection(actor=public_eye(reviewer))).decode()
    (row,) = csv_rows("commitments", Selection(actor=public_eye(reviewer)))
    assert (row["read_by"], row["status"]) == ("by hand", "accepted")


def test_an_export_as_known_on_a_day_has_what_had_been_said(reviewer: Actor, read_text):
    keep_reading(
        reviewer,
        read_text("Region Väst ska öppna en testbädd under 2027.", "2026-03-01"),
        address="https://example.org/1",
    )
    keep_reading(
        reviewer,
        read_text("Region Väst ska öppna en testbädd under 2028.", "2026-09-01"),
        address="https://example.org/2",
    )
    now = csv_rows("commitments", Selection(actor=reviewer))
    then = csv_rows("commitments", Selection(actor=reviewer, known=AsKnown(date(2026, 5, 1))))
    assert len(now) == 2
    assert [row["said_on"] for row in then] == ["2026-03-01"]


def test_headers_and_keys_are_in_the_readers_language_unless_keys_are_asked_for(client: Client, sample_documents):
    english = b"".join(client.get("/export/commitments.csv")).decode()
    assert english.startswith("\ufeffFact,Address,Who,")
    assert "promised" in english
    keys = b"".join(client.get("/export/commitments.csv?columns=keys")).decode()
    assert keys.startswith("fact,address,who,who_address,what,firmness,")


def test_each_export_is_in_the_trail_and_a_look_is_not(client: Client, sample_documents):
    assert client.head("/export/commitments.csv").status_code == 200
    assert not Action.objects.filter(verb="export").exists()
    with closed_after(client.get("/export/commitments.xlsx?visibility=public&on=2026-10-08")) as response:
        assert response["Content-Disposition"].startswith(
            'attachment; filename="handslag-commitments-known-2026-10-08-public-'
        )
    action = Action.objects.get(verb="export")
    assert action.details == {"table": "commitments", "format": "xlsx", "known": "on=2026-10-08", "public": True}
    assert action.actor == "me"


@pytest.mark.parametrize("query", ["status=great", "said_from=yesterday", "visibility=secret", "theme=gossip"])
def test_what_is_asked_wrongly_is_refused_and_not_passed_over(query, client: Client):
    assert client.get(f"/export/commitments.csv?{query}").status_code == 400


@pytest.mark.parametrize(
    "address", ["/export/nothing.csv", "/export/all.csv", "/export/conflicts.jsonld", "/export/commitments.exe"]
)
def test_there_is_no_such_export(address, client: Client):
    assert client.get(address).status_code == 404


def test_filters_narrow_an_export(sample_documents, reader: Actor):
    document = sample_documents["ministry-mou.html"]
    rows = csv_rows("commitments", Selection(actor=reader, document=document))
    assert {row["fact"] for row in rows} == set(
        Fact.objects.filter(document=document, kind="commitment").values_list("uid", flat=True)
    )
    firmness = csv_rows("commitments", Selection(actor=reader, firmness="promised"))
    assert {row["firmness"] for row in firmness} == {"promised"}


def test_queries_do_not_grow_with_rows(reviewer: Actor, read_text, sample_documents):
    def counts() -> dict[str, int]:
        found = {}
        for table in sorted(TABLES):
            with CaptureQueriesContext(connection) as seen:
                list(TABLES[table].rows(Selection(actor=reviewer), BASE))
            found[table] = len(seen)
        return found

    few = counts()
    for number in range(5):
        keep_reading(reviewer, read_text(f"Region Nord ska öppna testbädd {number} den 3 maj 2027. Eva Sten, vd för Bolag {number} AB, säger: ”Vi ska bygga.”"), address=f"https://n{number}.example.org/")  # fmt: skip
    assert Document.objects.count() > len(sample_documents)
    assert counts() == few


def test_lines_are_made_one_by_one():
    asked: list[int] = []

    def rows():
        for number in range(10**9):
            asked.append(number)
            yield {"source": str(number)}

    lines = csv_lines(TABLES["sources"].columns, rows(), None, mark=False)
    assert [next(lines), next(lines)] == ["source,publisher,kind,licence\r\n", "0,,,\r\n"]
    assert asked == [0]


def test_the_page_lists_every_table_and_carries_the_day(client: Client, sample_documents):
    page = client.get("/export/?on=2026-10-08&entity=abc").content.decode()
    for table in (*TABLES, "all"):
        for form in formats_of(table):
            assert f"/export/{table}.{form}?" in page
    assert "on=2026-10-08" in page
    assert "entity=abc" in page
