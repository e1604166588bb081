"""`handslag repair`: files in, what changes for whom, and files out that `handslag check` passes."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from handslag.cli.app import app
from handslag.partnering import sha256_of

SAMPLES = Path(__file__).resolve().parents[3] / "samples" / "event"
PROBLEM, SCHEDULE, CHANGES = (SAMPLES / name for name in ("meetings.json", "schedule.json", "changes.json"))


def run(*words: Any, language: str = "en_US") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], env={"LC_ALL": f"{language}.UTF-8"})


def test_each_changed_placement_is_told_and_the_checker_passes_what_is_written(tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    done = run("repair", PROBLEM, SCHEDULE, CHANGES, "-o", new, "--repairs", tmp_path / "repairs")
    assert done.exit_code == 0
    assert "m7 in mon-1000 moves from hospital-stand 1 to hall 2: hospital-stand is closed\n" in done.stderr
    assert "16 of 16 meetings placed, value 33; of those announced 0 dropped out and 3 moved\n" in done.stderr
    checked = run("check", tmp_path / "new.problem.json", new, "--from", SCHEDULE)
    assert checked.exit_code == 0
    versions = [json.loads((tmp_path / "repairs" / f"{n}.json").read_text()) for n in range(1, 7)]
    assert all(one["version"] == other["base"] for one, other in itertools.pairwise(versions))


def test_what_is_announced_is_not_written_over(tmp_path: Path) -> None:
    announced, problem = tmp_path / "plan.json", tmp_path / "plan.problem.json"
    announced.write_bytes(SCHEDULE.read_bytes())
    problem.write_bytes(PROBLEM.read_bytes())
    for outputs in (["-o", announced], ["-o", tmp_path / "new.json", "--problem", problem], ["--html", problem]):
        done = run("repair", problem, announced, CHANGES, *outputs)
        assert done.exit_code == 2
        assert "would be written over another of the command's files" in done.stderr
    assert (announced.read_bytes(), problem.read_bytes()) == (SCHEDULE.read_bytes(), PROBLEM.read_bytes())


def test_what_changes_is_told_in_swedish_too_and_the_schedule_goes_to_standard_output() -> None:
    done = run("repair", PROBLEM, SCHEDULE, CHANGES, language="sv_SE")
    assert "m7 i mon-1000 flyttas från hospital-stand 1 till hall 2: hospital-stand är stängd\n" in done.stderr
    assert json.loads(done.stdout)["status"] == "feasible"


def test_a_new_request_that_finds_no_place_is_told_and_the_page_has_the_new_timetables(tmp_path: Path) -> None:
    late = {"kind": "added", "people": [{"id": "vera-lind", "unavailable": ["mon-0900", "mon-0930", "mon-1000"]}],
        "meetings": [{"id": f"late-{n}", "sides": [{"all": ["vera-lind"]}, {"all": [f"guest-{n}"]}]} for n in range(12)]}  # fmt: skip
    late["people"] += [{"id": f"guest-{n}"} for n in range(12)]
    changes, page = tmp_path / "changes.json", tmp_path / "new.html"
    changes.write_text(json.dumps({"format": "handslag-changes/1", "changes": [late]}), encoding="utf-8")
    done = run("repair", PROBLEM, SCHEDULE, changes, "-o", tmp_path / "new.json", "--html", page)
    waiting = {one["meeting"] for one in json.loads((tmp_path / "new.json").read_text())["unplaced"]}
    assert waiting
    told = {line.split()[0] for line in done.stderr.splitlines() if " is new and finds no place: " in line}
    assert told == {one for one in waiting if one.startswith("late-")}
    assert "vera-lind" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "person_away", "person": "nobody"}, 'changes[0].person: no person has the id "nobody"'),
        ({"kind": "area_closed"}, "changes[0].places: names no place"),
        ({"kind": "no_show", "person": "karin-ek"}, 'changes[0].slot: the key "slot" is missing'),
    ],
)
def test_a_fault_in_the_changes_gives_its_place_and_status_2(
    tmp_path: Path, change: dict[str, str], words: str
) -> None:
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps({"format": "handslag-changes/1", "changes": [change]}), encoding="utf-8")
    done = run("repair", PROBLEM, SCHEDULE, changes)
    assert done.exit_code == 2
    assert words in done.stderr
    assert done.stdout == ""


def test_a_schedule_of_another_problem_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(PROBLEM.read_text(encoding="utf-8").replace('"value": 3', '"value": 2'), encoding="utf-8")
    done = run("repair", other, SCHEDULE, CHANGES)
    assert done.exit_code == 2
    assert "was made for another problem" in done.stderr


def test_what_is_before_until_does_not_change(tmp_path: Path) -> None:
    done = run("repair", PROBLEM, SCHEDULE, CHANGES, "--until", "tue-1000", "-o", tmp_path / "new.json")
    assert done.exit_code == 0
    assert "m15 drops out of mon-1030" in done.stderr or "m15 moves from mon-1030" in done.stderr
    assert run("repair", PROBLEM, SCHEDULE, CHANGES, "--until", "never").exit_code == 2


def test_where_value_is_no_goal_nothing_is_proven_of_it(tmp_path: Path) -> None:
    problem = json.loads(PROBLEM.read_text(encoding="utf-8")) | {"goals": ["breaks"]}
    path, announced = tmp_path / "event.json", tmp_path / "announced.json"
    path.write_text(json.dumps(problem), encoding="utf-8")
    schedule = json.loads(SCHEDULE.read_text(encoding="utf-8")) | {"problem_sha256": sha256_of(path.read_bytes())}
    announced.write_text(json.dumps(schedule), encoding="utf-8")
    done = run("repair", path, announced, CHANGES, "-o", tmp_path / "new.json", "--bound", "0.5")
    assert done.exit_code == 0
    assert "--bound is left out: value is no goal" in done.stderr
    checked = run("check", tmp_path / "new.problem.json", tmp_path / "new.json", "--from", announced)
    assert checked.exit_code == 0, checked.stdout
