"""Events kept in workbooks and CSV files."""

from datetime import UTC, datetime

import openpyxl
import pytest

from handslag.partnering import AnyOf, BadFormat, Person, Place, Side
from handslag.partnering.sheets import Table, event_of_sheets, read_tables, template_tables, write_tables

DAY = datetime(2027, 3, 9, tzinfo=UTC).replace(tzinfo=None)
PEOPLE = [["Name", "Company"], ["Alva", "Kuusi"], ["Bror", "Kuusi"], ["Cilla", "Norrholm"], ["Dag", ""]]
TIMES = [["Name", "2027-03-09 09:00", "2027-03-09 09:30"], ["Cilla", "away", ""]]
REQUESTS = [
    ["Who", "With", "Priority"],
    ["Kuusi", "Cilla", "3"],
    ["Alva; Bror", "Dag", ""],
    ["Alva | Dag", "Norrholm", "2"],
]


def tables(**changed):
    sheets = {"People": PEOPLE, "Availability": TIMES, "Requests": REQUESTS} | changed
    return [Table(name, tuple(tuple(row) for row in rows)) for name, rows in sheets.items() if rows]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("target", ["event.xlsx", "event"])
def test_the_template_is_an_event_in_either_language_and_form(tmp_path, language, target):
    made = template_tables(language)
    write_tables(made, tmp_path / target)
    event = event_of_sheets(read_tables(tmp_path / target), "example")
    assert len(event.problem.people) == 6
    assert len(event.problem.meetings) == 5
    assert event.problem.people[0] == Person("Alva Lindkvist", "Norrholm Biotech", (), 6, 3)
    assert event.problem.places[1].host == "Norrholm Biotech"
    assert {slot.day for slot in event.problem.slots} == {"2027-03-09"}


def test_names_come_all_and_companies_and_bars_are_any_one():
    meetings = event_of_sheets(tables()).problem.meetings
    assert meetings[0].sides == (Side((), AnyOf(1, ("Alva", "Bror"))), Side(("Cilla",)))
    assert meetings[0].value == 3
    assert meetings[1].sides == (Side(("Alva", "Bror")), Side(("Dag",)))
    assert meetings[1].value == 1
    assert meetings[2].sides == (Side((), AnyOf(1, ("Alva", "Dag"))), Side((), AnyOf(1, ("Cilla",))))


def test_a_request_and_its_answer_are_one_meeting_of_the_higher_priority():
    event = event_of_sheets(tables(Requests=[["Who", "With", "Priority"], ["Alva", "Dag", "1"], ["Dag", "Alva", "2"]]))
    assert event.repeated == 1
    assert [(meeting.id, meeting.value) for meeting in event.problem.meetings] == [("m1", 2)]


def test_without_places_there_are_tables_for_everybody():
    assert event_of_sheets(tables()).problem.places == (Place("hall", 2),)
    there = tables(Places=[["Name", "Number", "Host", "Zone"], ["Booth", "", "Kuusi", "A"], ["Hall", "7", "", ""]])
    assert event_of_sheets(there).problem.places == (Place("Booth", 1, "A", "Kuusi"), Place("Hall", 7))


def test_a_workbook_of_somebodys_own_has_times_as_times_and_numbers_as_numbers(tmp_path):
    book = openpyxl.Workbook()
    for name, rows in (("Deltagare", [["Namn", "Högst per dag"], ["Alva", 4.0], ["Dag", None]]),
            ("Tider", [["Namn", DAY.replace(hour=9), DAY.replace(hour=9, minute=30)], [], ["Dag", None, "Nej"]]),
            ("Möten", [["Från", "Till"], [], ["Alva", "Dag"]])):  # fmt: skip
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(tmp_path / "event.xlsx")
    problem = event_of_sheets(read_tables(tmp_path / "event.xlsx")).problem
    assert problem.people == (Person("Alva", None, (), 4), Person("Dag", None, ("2027-03-09 09:30",)))
    assert [slot.id for slot in problem.slots] == ["2027-03-09 09:00", "2027-03-09 09:30"]


@pytest.mark.parametrize(
    ("changed", "place", "key"),
    [
        ({"Requests": []}, "", "sheets_missing"),
        ({"Personer": PEOPLE}, "Personer", "sheets_twice"),
        ({"People": [["Company"], ["Kuusi"]]}, "People, 1", "sheets_no_column"),
        ({"People": [["Name", "Namn"], ["Alva", "Alva"]]}, "People, 1", "sheets_column_twice"),
        ({"People": [["Name", "Company"], ["", "Kuusi"]]}, "People, A2", "sheets_empty"),
        ({"People": [*PEOPLE, ["Alva", ""]]}, "People, A6", "sheets_person_twice"),
        ({"Availability": [["Name", "10:00"]], "People": [["Name", "Max per day"], ["Alva", "some"]]}, "People, B2", "out_of_range"),
        ({"Availability": [["Name"]]}, "Availability, 1", "sheets_no_times"),
        ({"Availability": [["Name", "morning"]]}, "Availability, B1", "sheets_no_time"),
        ({"Availability": [["Name", "24:00"]]}, "Availability, B1", "sheets_no_time"),
        ({"Availability": [["Name", "2027-03-09 09:00", "10:00"]]}, "Availability, 1", "sheets_days"),
        ({"Availability": [["Name", "10:00", "09:00"]]}, "Availability, C1", "sheets_times_order"),
        ({"Availability": [["Name", "10:00"], ["Esa", ""]]}, "Availability, A2", "sheets_nobody"),
        ({"Availability": [["Name", "10:00"], ["Alva", ""], ["Alva", ""]]}, "Availability, A3", "sheets_person_twice"),
        ({"Availability": [["Name", "10:00"], ["Alva", "x"]]}, "Availability, B2", "none_of_the_options"),
        ({"Requests": [["Who", "With"], ["Alva", "Esa"]]}, "Requests, B2", "sheets_nobody"),
        ({"Requests": [["Who", "With"], ["Alva", "Alva"]]}, "Requests, A2", "sheets_with_oneself"),
        ({"Requests": [["Who", "With"], ["Cilla", "Norrholm"]]}, "Requests, B2", "sheets_with_oneself"),
        ({"Requests": [["Who", "With"], ["Kuusi; Norrholm", "Dag"]]}, "Requests, A2", "sheets_two_choices"),
        ({"Requests": [["Who", "With", "Value"], ["Alva", "Dag", "-1"]]}, "Requests, C2", "out_of_range"),
        ({"Places": [["Name", "Count"], ["Hall", "0"]]}, "Places, B2", "out_of_range"),
        ({"Places": [["Name", "Count"], ["Hall", "9" * 5000]]}, "Places, B2", "out_of_range"),
    ],
)  # fmt: skip
def test_a_fault_leads_to_its_sheet_row_and_column(changed, place, key):
    with pytest.raises(BadFormat) as found:
        event_of_sheets(tables(**changed))
    assert (found.value.place, found.value.key) == (place, key)
    assert found.value.in_language("sv") != found.value.in_language("en")


def test_all_faults_are_told_at_once_and_whom_a_misspelt_name_may_mean():
    wrong = tables(
        Availability=[["Name", "9 o'clock", "09:30"], ["Cila", "", "away"], ["Dag", "?", "maybe"]],
        Requests=[["Who", "With", "Value"], ["Kusi", "Dag", ""], ["Alva", "Zoltan", ""], ["Alva", "Dag", "high"]],
    )
    with pytest.raises(BadFormat) as found:
        event_of_sheets(wrong)
    lines = found.value.in_language("en").splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "Availability, B1", "Availability, A2", "Availability, C3", "Requests, A2", "Requests, B3", "Requests, C4"]  # fmt: skip
    assert lines[0] == "6 faults to mend:"
    assert lines[2].endswith('is it "Cilla"?')
    assert lines[4].endswith('is it "Kuusi"?')
    assert lines[5].endswith('is called "Zoltan"')


def test_so_many_faults_are_counted():
    wrong = tables(Requests=[["Who", "With"], *([f"Nobody {n}", "Dag"] for n in range(40))])
    with pytest.raises(BadFormat) as found:
        event_of_sheets(wrong)
    assert found.value.in_language("sv").splitlines()[0] == "40 fel att rätta:"
    assert found.value.in_language("sv").splitlines()[-1] == "… och 10 till"


def test_what_is_not_read_of_the_sheets_is_known():
    event = event_of_sheets(
        tables(Menu=[["Soup"]], Empty=[[""]], People=[["Name", "Company", "Most each day"], *PEOPLE[1:]])
    )
    assert event.unknown_sheets == ("Menu",)
    assert event.unknown_headings == (("People, C1", "Most each day"),)


@pytest.mark.parametrize("heading", ["Number of tables", "Antal bord"])
def test_the_number_of_tables_is_known_under_the_name_that_the_documentation_has(heading):
    assert event_of_sheets(tables(Places=[["Name", heading], ["Hall", "7"]])).problem.places == (Place("Hall", 7),)


def test_what_is_no_workbook_is_told(tmp_path):
    (tmp_path / "event.xlsx").write_bytes(b"no workbook")
    with pytest.raises(BadFormat, match="neither a workbook nor"):
        read_tables(tmp_path / "event.xlsx")
    (tmp_path / "people.csv").write_bytes(b"Name;" + b"x" * 200_000)
    with pytest.raises(BadFormat, match="field larger"):
        read_tables(tmp_path)
    (tmp_path / "people.csv").write_bytes(b"Name;\xff")
    with pytest.raises(BadFormat, match="UTF-8"):
        read_tables(tmp_path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_csv_files_may_end_as_on_any_system(tmp_path, end):
    (tmp_path / "people.csv").write_bytes(f"Name;Company{end}Alva;Kuusi{end}".encode())
    assert read_tables(tmp_path) == [Table("people", (("Name", "Company"), ("Alva", "Kuusi")))]


def test_a_csv_file_that_cannot_be_read_is_told_with_its_line(tmp_path):
    (tmp_path / "people.csv").write_text("Name;Company\nAlva;" + "x" * 200_000, encoding="utf-8")
    with pytest.raises(BadFormat, match=r"people\.csv: is no CSV file \(line 2: "):
        read_tables(tmp_path)
