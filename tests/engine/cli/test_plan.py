"""`handslag plan` as a person at a terminal meets it: above all with events that nobody should have made."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.made_events import Json, file_bytes, meeting
from typer.testing import CliRunner, Result

from handslag.cli.app import app
from handslag.partnering import read_problem, read_schedule, sha256_of
from handslag.partnering.checking import check_schedule

pytestmark = pytest.mark.usefixtures("ready_planner")


def plan(*arguments: str | Path, language: str = "C") -> Result:
    return CliRunner().invoke(app, ["plan", *map(str, arguments)], env={"LC_ALL": f"{language}.UTF-8"})


def event(**more: Any) -> Json:
    return {
        "format": "handslag-meetings/1",
        "slots": [{"id": f"s{number}"} for number in range(4)],
        "places": [{"id": "hall", "count": 2}],
        "people": [{"id": f"p{number}"} for number in range(4)],
        "meetings": [meeting("m0", "p0", "p1")],
        **more,
    }


def written(folder: Path, value: Json) -> Path:
    path = folder / "event.json"
    path.write_bytes(file_bytes(value))
    return path


def held(slot: str, *people: str) -> Json:
    return {"slot": slot, "place": "hall", "people": list(people)}


REFUSED: dict[str, tuple[Json, str]] = {
    "a meeting with itself": ({"meetings": [meeting("m0", "p0", "p0")]}, "meetings[0].sides[1].all[0] (m0)"),
    "an unknown person": ({"meetings": [meeting("m0", "p0", "px")]}, 'no person has the id "px"'),
    "an unknown slot": ({"meetings": [meeting("m0", "p0", "p1", slots=["s9"])]}, "meetings[0].slots[0] (m0)"),
    "a circle of order": (
        {"meetings": [meeting("m0", "p0", "p1", after=["m1"]), meeting("m1", "p0", "p2", after=["m0"])]},
        "m0 → m1 → m0",
    ),
    "frozen meetings that clash": (
        {
            "meetings": [
                meeting("m0", "p0", "p1", held=held("s0", "p0", "p1"), frozen=True),
                meeting("m1", "p0", "p2", held=held("s0", "p0", "p2"), frozen=True),
            ]
        },
        '"p0" is already in the frozen meeting "m0"',
    ),
    "a negative value": ({"meetings": [meeting("m0", "p0", "p1", value=-1)]}, "found -1, expected 0…1000000"),
    "a negative number of tables": ({"places": [{"id": "hall", "count": -2}]}, "places[0].count (hall)"),
    "a negative limit": ({"people": [{"id": "p0", "max_per_day": -1}]}, "people[0].max_per_day (p0)"),
    "no time of day": ({"slots": [{"id": "s0", "start": "nine"}]}, "slots[0].start (s0)"),
    "an empty list of slots": ({"meetings": [meeting("m0", "p0", "p1", slots=[])]}, "meetings[0].slots (m0)"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_is_refused_with_its_place(tmp_path: Path, what: str) -> None:
    changed, expected = REFUSED[what]
    done = plan(written(tmp_path, event(**changed)), "-o", tmp_path / "plan.json")
    assert done.exit_code == 2, done.output
    assert expected in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "plan.json").exists()


def test_an_event_that_no_memory_holds_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A machine of one megabyte.
    monkeypatch.setattr("os.sysconf", lambda _: 1024)
    path = written(tmp_path, event(slots=[{"id": f"s{number}"} for number in range(100_000)]))
    done = plan(path, "-o", tmp_path / "plan.json", language="sv_SE")
    assert done.exit_code == 2
    assert "4 personer, 100000 tider och 1 möten" in done.stderr
    assert "dela upp evenemanget eller ta med färre tider" in done.stderr


TWO_THOUSAND = [f"d{number}" for number in range(2_000)]
HONEST: dict[str, tuple[Json, int, str]] = {
    "no slots": ({"slots": []}, 0, "0 of 1 meetings placed"),
    "no places": ({"places": []}, 0, "0 of 1 meetings placed"),
    "nothing at all": ({"slots": [], "places": [], "people": [], "meetings": []}, 0, "0 of 0 meetings placed"),
    "nobody is ever there": (
        {
            "people": [{"id": f"p{number}", "unavailable": ["s0", "s1", "s2", "s3"]} for number in range(4)],
            "meetings": [meeting(f"m{number}", f"p{number % 4}", f"p{(number + 1) % 4}") for number in range(12)],
        },
        0,
        "Not placed: 12 never there",
    ),
    "all must be placed and cannot": (
        {"rules": {"all_meetings": True}, "meetings": [meeting(f"m{number}", "p0", "p1") for number in range(12)]},
        3,
        "no schedule keeps all rules",
    ),
    "a held meeting that the new times forbid": (
        {
            "people": [{"id": "p0", "unavailable": ["s0"]}, {"id": "p1"}],
            "meetings": [meeting("m0", "p0", "p1", held=held("s0", "p0", "p1"))],
        },
        0,
        "1 of 1 meetings placed",
    ),
    "twenty thousand slots": (
        {"slots": [{"id": f"s{number}"} for number in range(20_000)]},
        0,
        "1 of 1 meetings placed",
    ),
    "two thousand delegates": (
        {
            "people": [{"id": name} for name in ("p0", "p1", *TWO_THOUSAND)],
            "meetings": [
                {"id": f"m{n}", "sides": [{"all": [f"p{n % 2}"]}, {"any": {"count": 1, "of": TWO_THOUSAND}}]}
                for n in range(12)
            ],
        },
        0,
        "8 of 12 meetings placed",
    ),
    "tables without number": ({"places": [{"id": "hall", "count": 10**18}]}, 0, "1 of 1 meetings placed"),
}  # fmt: skip


@pytest.mark.parametrize("what", HONEST)
def test_what_can_hardly_be_has_an_honest_plan_report_and_page(tmp_path: Path, what: str) -> None:
    changed, status, expected = HONEST[what]
    path, out = written(tmp_path, event(**changed)), tmp_path / "plan.json"
    done = plan(path, "-o", out, "--steps", "2000", "--html", tmp_path / "plan.html", "--report", tmp_path / "r.json")
    assert done.exit_code == status, done.output
    assert expected in done.stderr
    data = path.read_bytes()
    verdict = check_schedule(read_problem(data), read_schedule(out.read_bytes()), problem_sha256=sha256_of(data))
    assert not verdict.violations
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["requested"] == len(
        read_problem(data).meetings
    )
    assert (tmp_path / "plan.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_no_file_is_written_over_another_of_the_command(tmp_path: Path) -> None:
    file = written(tmp_path, event())
    before = file.read_bytes()
    link = tmp_path / "link.json"
    link.symlink_to(file)
    twice = tmp_path / "twice.json"
    for outputs in (["-o", file], ["-o", link], ["--html", file], ["-o", twice, "--report", twice]):
        result = plan(file, *outputs, "--steps", "1")
        assert result.exit_code == 2
        assert "would be written over another of the command's files" in result.stderr
    assert file.read_bytes() == before
    assert not twice.exists()


def test_equal_steps_and_seeds_give_equal_files(tmp_path: Path) -> None:
    file = written(tmp_path, event())
    for name in ("one.json", "other.json"):
        assert plan(file, "-o", tmp_path / name, "--steps", "3000").exit_code == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "other.json").read_bytes()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_a_full_disk_behind_standard_output_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, event())
    command = [sys.executable, "-m", "handslag", "plan", str(file), "--steps", "1"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
