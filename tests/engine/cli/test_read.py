"""`handslag read` as a person at a terminal meets it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from handslag.cli import reading_run
from handslag.cli.app import app
from handslag.cli.documents import find_documents
from handslag.kernel.errors import UnreadableFile

PAGE = """\
Region Österdalen bygger ut

Publicerad 12 november 2026

Region Österdalen ska öppna en testbädd i Almvik senast i mars 2027.
Regionen har avsatt 14 miljoner kronor, säger regiondirektören Anders Bergqvist.
"""
UNDATED = "Region Österdalen ska öppna en testbädd i Almvik och bygga ut sitt sjukhus i Dalhamn.\n"


def read(*arguments: str | Path, environment: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], env={"LC_ALL": "C.UTF-8", **(environment or {})})


def run(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """The command in a process of its own, with its output in pipes."""
    return subprocess.Popen(
        [sys.executable, "-m", "handslag", "read", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages, one of them in a folder of its own."""
    pages = tmp_path / "pages"
    (pages / "2026").mkdir(parents=True)
    (pages / "one.txt").write_text(PAGE, encoding="utf-8")
    (pages / "2026" / "two.md").write_text(UNDATED, encoding="utf-8")
    return pages


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- what is read ------------------------------------------------------------------------------------------------------


def test_a_page_is_summarised_on_standard_output(folder: Path) -> None:
    done = read(folder / "one.txt")
    assert done.exit_code == 0, done.output
    assert "12 November 2026, printed on the page · Swedish" in " ".join(done.stdout.split())
    assert "Commitments" in done.stdout
    assert "testbädd" in done.stdout
    assert "one.txt" in done.stderr, "progress"


def test_the_summary_speaks_the_language_of_the_locale(folder: Path) -> None:
    assert "Åtaganden" in read(folder / "one.txt", environment={"LC_ALL": "sv_SE.UTF-8"}).stdout


def test_a_walked_folder_is_mirrored_in_json(folder: Path, tmp_path: Path) -> None:
    assert read(folder, "--json", tmp_path / "out").exit_code == 0
    assert written(tmp_path / "out") == ["2026/two.json", "one.json"]
    found = json.loads((tmp_path / "out" / "one.json").read_text(encoding="utf-8"))
    assert found["format"] == "handslag-reading/1"
    assert found["text"] == PAGE
    assert found["document"]["path"] == str(folder / "one.txt")


def test_colliding_names_keep_their_endings(folder: Path, tmp_path: Path) -> None:
    (folder / "one.md").write_text(UNDATED, encoding="utf-8")
    assert read(folder, "--json", tmp_path / "out").exit_code == 0
    assert written(tmp_path / "out") == ["2026/two.json", "one.md.json", "one.txt.json"]


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    done = read(folder, folder / "one.txt", folder / "2026" / ".." / "one.txt", folder)
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["[1/2]", "[2/2]"]


def test_a_walk_passes_over_what_is_no_document_and_never_runs_in_a_circle(folder: Path) -> None:
    for name in ("notes.ods", "picture.png", ".hidden.txt", "~$letter.docx", "one.json", "noending"):
        (folder / name).write_text(UNDATED, encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "config.txt").write_text(UNDATED, encoding="utf-8")
    (folder / "2026" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "alias.txt").symlink_to(folder / "one.txt")
    os.mkfifo(folder / "pipe.txt")
    found = find_documents([folder], {".txt", ".md"})
    assert [source.relative.as_posix() for source in found.sources] == ["alias.txt", "one.txt", "2026/two.md"]
    assert found.unreadable == []


def test_endings_count_in_capitals_too(folder: Path) -> None:
    (folder / "one.txt").rename(folder / "ONE.TXT")
    assert len(find_documents([folder], {".txt", ".md"}).sources) == 2


def test_an_empty_folder_is_told_and_is_no_error(tmp_path: Path) -> None:
    done = read(tmp_path, "--html", tmp_path / "report.html")
    assert done.exit_code == 0
    assert "holds no documents" in done.stderr
    assert "No document could be read" in (tmp_path / "report.html").read_text(encoding="utf-8")


# --- what cannot be read -----------------------------------------------------------------------------------------------


def test_an_unreadable_file_is_named_with_its_reason_and_the_others_are_read(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 not much of a zip")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "lost.txt").symlink_to(folder / "nowhere.txt")
    done = read(
        folder, folder / "missing.txt", folder / "table.ods", "--json", tmp_path / "out", "--html", tmp_path / "r.html"
    )
    assert done.exit_code == 1
    told = [line for line in done.stderr.splitlines() if line.startswith("not read: ")]
    assert [line.split(": ")[1].rsplit("/", 1)[1] for line in told] == [
        "broken.docx",
        "empty.txt",
        "lost.txt",
        "missing.txt",
        "table.ods",
    ]
    assert "is empty" in told[1]
    assert "does not exist" in told[3]
    assert "Traceback" not in done.output
    assert written(tmp_path / "out") == ["2026/two.json", "one.json"]
    assert "is empty" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "5 files could not be read" in done.stdout


def test_an_unreadable_file_takes_its_old_json_away(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert read(folder, "--json", out).exit_code == 0
    (folder / "one.txt").write_bytes(b"")
    assert read(folder, "--json", out).exit_code == 1
    assert written(out) == ["2026/two.json"]


def test_a_fault_of_the_reader_is_told_like_one_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = reading_run.read_loaded

    def fails_on_one(loaded, **days):  # type: ignore[no-untyped-def]
        if loaded.path.endswith("one.txt"):
            raise IndexError("list index out of range")
        return works(loaded, **days)

    monkeypatch.setattr(reading_run, "read_loaded", fails_on_one)
    done = read(folder)
    assert done.exit_code == 1
    assert "one.txt: made the reader fail (IndexError: list index out of range)" in done.stderr
    assert "two.md" in done.stdout


def test_a_folder_that_cannot_be_opened_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)  # root may open every folder
    (unreadable,) = find_documents([folder], {".txt"}).unreadable
    assert isinstance(unreadable, UnreadableFile)
    assert unreadable.name == str(folder)
    assert "Permission denied" in unreadable.reason


def test_what_cannot_be_written_is_told_and_the_summary_is_still_shown(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = read(folder / "one.txt", "--json", tmp_path / "file" / "out", "--html", tmp_path / "file" / "r.html")
    assert done.exit_code == 1
    assert done.stderr.count("cannot be written") == 2
    assert "Commitments" in done.stdout


# --- what is written -----------------------------------------------------------------------------------------------------


def test_a_file_to_be_read_is_never_overwritten_or_removed(tmp_path: Path) -> None:
    data = tmp_path / "x.json"
    data.write_text("{}", encoding="utf-8")
    assert read(data, "--json", tmp_path).exit_code == 1
    assert data.read_text(encoding="utf-8") == "{}"


def test_the_report_is_not_read_when_it_lies_in_the_folder(folder: Path) -> None:
    report = folder / "report.html"
    for _ in range(2):
        done = read(folder, "--html", report, "--quiet")
        assert done.exit_code == 0
        assert "Läst ur 2 dokument" in report.read_text(encoding="utf-8")


def test_quiet_says_nothing_but_what_went_wrong(folder: Path) -> None:
    done = read(folder, "--quiet")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    done = read(folder, folder / "missing.txt", "--quiet")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [f"not read: {folder / 'missing.txt'}: does not exist; check the name"]


def test_a_swedish_terminal_is_told_in_swedish(folder: Path) -> None:
    done = read(folder, folder / "missing.txt", "--quiet", environment={"LC_ALL": "sv_SE.UTF-8"})
    assert done.stderr.splitlines() == [f"inte läst: {folder / 'missing.txt'}: finns inte; kontrollera namnet"]


def test_reading_twice_writes_the_same(folder: Path, tmp_path: Path) -> None:
    for out in ("a", "b"):
        read(folder, "--json", tmp_path / out / "json", "--html", tmp_path / out / "report.html")
    for name in ("json/one.json", "json/2026/two.json", "report.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


# --- the day -------------------------------------------------------------------------------------------------------------


def said_on(out: Path, name: str) -> tuple[str, str]:
    about = json.loads((out / name).read_text(encoding="utf-8"))["document"]
    return about["said_on"], about["said_basis"]


def test_the_given_day_goes_before_the_printed_one_for_a_single_file(folder: Path, tmp_path: Path) -> None:
    assert read(folder / "one.txt", "--said-on", "2026-11-01", "--json", tmp_path / "out").exit_code == 0
    assert said_on(tmp_path / "out", "one.json") == ("2026-11-01", "given")


@pytest.mark.parametrize("named", [["."], ["one.txt", "2026/two.md"]])
def test_with_several_files_the_given_day_is_for_pages_that_give_none(
    folder: Path, tmp_path: Path, named: list[str]
) -> None:
    (folder / "one.txt").write_text(f"said-on: 2026-11-12\n{PAGE}", encoding="utf-8")
    arguments = [folder / name for name in named]
    assert read(*arguments, "--said-on", "2026-11-01", "--json", tmp_path / "out").exit_code == 0
    assert said_on(tmp_path / "out", "one.json") == ("2026-11-12", "given")
    assert said_on(tmp_path / "out", "2026/two.json" if named == ["."] else "two.json") == ("2026-11-01", "given")


# --- wrong usage -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["one.txt", "--said-on", "2026-1-1"], "YYYY-MM-DD"),
        (["one.txt", "--said-on", "20261101"], "YYYY-MM-DD"),
        (["one.txt", "--said-on", "2026-02-30"], "YYYY-MM-DD"),
        (["one.txt", "--said-on", ""], "YYYY-MM-DD"),
        (["one.txt", "--json", "one.txt"], "expected a folder"),
        (["one.txt", "--html", "2026"], "expected a file"),
        (["one.txt", "--html", "one.txt"], "is to be read"),
        (["2026/../one.txt", "--html", "one.txt"], "is to be read"),
        ([""], "empty name"),
        (["one.txt", "--jason", "out"], "No such option"),
        ([], "FILE_OR_FOLDER"),
    ],
)
def test_wrong_usage_ends_with_status_2_and_writes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.chdir(folder)
    done = read(*arguments, environment={"TERM": "dumb", "COLUMNS": "200"})
    assert done.exit_code == 2
    assert told in " ".join(done.output.replace("│", "").split())
    assert written(folder) == ["2026/two.md", "one.txt"]


# --- an end that is always clean -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_a_closed_pipe_is_no_error_and_everything_is_written(folder: Path, tmp_path: Path, closed: str) -> None:
    with run(folder, "--json", tmp_path / "out", "--html", tmp_path / "r.html") as process:
        getattr(process, closed).close()
        other = (process.stderr if closed == "stdout" else process.stdout).read()  # type: ignore[union-attr]
    assert process.returncode == 0
    assert "Traceback" not in other
    assert "Exception" not in other
    assert written(tmp_path / "out") == ["2026/two.json", "one.json"]
    assert (tmp_path / "r.html").is_file()


@pytest.mark.usefixtures("ctrl_c_is_heeded")
def test_ctrl_c_ends_in_one_line_and_leaves_no_half_file(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3_000):
        (pages / f"{number:04}.txt").write_text(PAGE, encoding="utf-8")
    with run(pages, "--json", tmp_path / "out") as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("[1/3000]")
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().splitlines()
    assert process.returncode == reading_run.STOPPED
    assert rest[-1].startswith("handslag: stopped; ")
    assert "Traceback" not in "\n".join(rest)
    for path in tmp_path.glob("out/*"):
        assert path.suffix == ".json"
        json.loads(path.read_text(encoding="utf-8"))


def test_a_document_cannot_steer_the_terminal(tmp_path: Path) -> None:
    page = tmp_path / "evil\x1b[31m.txt"
    page.write_text(PAGE.replace("Almvik", "[bold red]Almvik[/] \x1b]0;owned\x07"), encoding="utf-8")
    done = read(page, tmp_path / "missing\x1b[2J.txt")
    assert "\x1b" not in done.output
    assert "\x07" not in done.output


def test_a_name_that_is_no_utf8_is_shown_and_written(tmp_path: Path) -> None:
    page = Path(os.fsdecode(os.fsencode(tmp_path) + b"/sk\xe5ne.txt"))
    page.write_text(PAGE, encoding="utf-8")
    done = read(tmp_path, "--json", tmp_path / "out", "--html", tmp_path / "r.html")
    assert done.exit_code == 0, done.output
    assert "sk\ufffdne.txt" in done.stdout.replace("\n", "")  # a long path is broken
    assert len(list((tmp_path / "out").iterdir())) == 1


def test_a_terminal_without_the_letters_gets_question_marks(folder: Path) -> None:
    with run(folder / "one.txt", PYTHONIOENCODING="ascii", PYTHONUTF8="0") as process:
        output, errors = process.communicate()
    assert process.returncode == 0, errors
    assert "Region ?sterdalen" in output


# --- where the report goes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["one.txt", "page.html"])
@pytest.mark.parametrize("way", ["itself", "a link", "a second name"])
def test_a_report_never_replaces_a_document_of_a_folder(folder: Path, tmp_path: Path, name: str, way: str) -> None:
    document, report = folder / name, tmp_path / "report.html"
    document.write_text(f"<p>{PAGE}</p>", encoding="utf-8")
    if way == "itself":
        report = document
    elif way == "a link":
        report.symlink_to(document)
    else:
        report.hardlink_to(document)
    done = read(folder, "--html", report, "--json", tmp_path / "out")
    assert done.exit_code == 2
    assert "is to be read" in " ".join(done.output.replace("│", " ").split())
    assert document.read_text(encoding="utf-8") == f"<p>{PAGE}</p>"


def test_a_report_goes_behind_a_link_and_leaves_it(folder: Path, tmp_path: Path) -> None:
    report, link = tmp_path / "behind.html", tmp_path / "link.html"
    link.symlink_to(report)
    for _ in range(2):
        assert read(folder, "--html", link, "--quiet").exit_code == 0
    assert link.is_symlink()
    assert "</html>" in report.read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_report_goes_straight_into_a_pipe(folder: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with run(folder, "--html", pipe, "--quiet") as process:
        assert pipe.read_text(encoding="utf-8").endswith("</html>\n")
        assert process.wait() == 0
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no such device")
def test_a_device_that_takes_nothing_is_told_and_stays(folder: Path) -> None:
    done = read(folder, "--html", "/dev/full", "--quiet")
    assert done.exit_code == 1
    assert "/dev/full: cannot be written" in done.stderr
    assert Path("/dev/full").is_char_device()
