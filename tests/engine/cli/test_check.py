"""`handslag check` as a person at a terminal meets it."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from tests.made_events import Json, event, file_bytes, schedule
from typer.testing import CliRunner, Result

from handslag.cli.app import app
from handslag.partnering import sha256_of

SEARCH = {"solver": "someone", "version": "2", "question": "fewer breaks?", "answer": "no"}


def check(*arguments: str | Path, language: str = "C") -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments)], env={"LC_ALL": f"{language}.UTF-8"})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return written(tmp_path, "problem.json", event()), written(tmp_path, "schedule.json", schedule())


def written(folder: Path, name: str, value: Json) -> Path:
    path = folder / name
    path.write_bytes(file_bytes(value))
    return path


def test_a_correct_schedule_gives_a_line_of_figures(files: tuple[Path, Path]) -> None:
    done = check(*files)
    assert done.exit_code == 0
    assert done.stdout == (
        "feasible: 6 of 7 meetings placed, value 8, dropped 0, moves 0, place_changes 0, far_walks 0, breaks 3, "
        "break_spread 1, max_in_a_row 1\n"
    )


def test_the_line_of_figures_is_in_swedish_too(files: tuple[Path, Path]) -> None:
    assert check(*files, language="sv_SE").stdout == (
        "giltigt: 6 av 7 möten placerade, vikt 8, utgångna 0, flyttade 0, platsbyten 0, för långa vägar 0, luckor 3, "
        "skillnad i luckor 1, högst i rad 1\n"
    )


def test_each_violated_rule_is_named_with_its_ids(files: tuple[Path, Path], tmp_path: Path) -> None:
    plan = schedule()
    plan["placed"][1]["number"] = 3
    plan["figures"]["breaks"] = 4
    done = check(files[0], written(tmp_path, "bad.json", plan))
    assert done.exit_code == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["number-clash", "wrong-figure"]
    assert "number 3 in hall in a2 (m2)" in done.stdout
    done = check(files[0], tmp_path / "bad.json", language="sv_SE")
    assert "nummer 3 i hall i a2 (m2)" in done.stdout


def test_a_file_that_is_not_as_its_format_has_it_gives_the_place_and_status_2(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    problem = event()
    problem["meetings"][0]["sides"][1]["any"]["count"] = 3
    done = check(written(tmp_path, "bad.json", problem), files[1])
    assert done.exit_code == 2
    assert "bad.json: meetings[0].sides[1].any.count (m1): found 3" in done.stderr
    done = check(tmp_path / "bad.json", files[1], language="sv_SE")
    assert "nämner bara 2" in done.stderr
    assert check(tmp_path / "gone.json", files[1]).exit_code == 2
    assert check(tmp_path, files[1]).exit_code == 2


def test_a_schedule_that_goes_from_another_needs_it(files: tuple[Path, Path], tmp_path: Path) -> None:
    plan = schedule() | {"from_sha256": sha256_of(files[1].read_bytes())}
    moved = written(tmp_path, "moved.json", plan)
    assert "wrong-problem" in check(files[0], moved).stdout
    assert "wrong-problem" in check(files[0], files[1], "--from", files[0].with_name("schedule.json")).stdout
    assert check(files[0], moved, "--from", files[1]).exit_code == 0


@pytest.mark.usefixtures("ctrl_c_is_heeded")
def test_a_claim_is_told_and_asked_again_when_asked_for(tmp_path: Path) -> None:
    # The other model knows no walks: what it finds might break that rule, and would not count.
    near = event() | {"walks": []}
    problem, plan = written(tmp_path, "near.json", near), schedule() | {"problem_sha256": sha256_of(file_bytes(near))}
    stated = {"goal": "kept", "reached": 0, "bound": 0, "gap": 0, "kind": "search", **SEARCH}
    wrong = {**stated, "goal": "value", "reached": 8, "bound": 8}
    true = written(tmp_path, "true.json", plan | {"certificates": [stated]})
    assert "claimed by someone 2, not re-checked" in check(problem, true).stdout
    assert "confirmed by another model" in check(problem, true, "--resolve").stdout
    false = written(tmp_path, "false.json", plan | {"certificates": [stated, wrong]})
    assert check(problem, false).exit_code == 0
    found = tmp_path / "found" / "report.json"
    done = check(problem, false, "--resolve", "--seconds", "300", "--json", found)
    assert done.exit_code == 1
    assert done.stdout.startswith("wrong-certificate: certificates[1] (value)")
    report = json.loads(found.read_text(encoding="utf-8"))
    assert [one["outcome"] for one in report["certificates"]] == ["confirmed", "contradicted"]
    assert [one["rule"] for one in report["violations"]] == ["wrong-certificate"]
    # Ctrl-C is heeded afterwards as before; a solver that had left it to the system would end the tests here.
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_wrong_usage_ends_with_status_2(files: tuple[Path, Path], tmp_path: Path) -> None:
    assert check(*files, "--seconds", "5").exit_code == 2
    assert check(*files, "--resolve", "--seconds", "0").exit_code == 2
    assert check(*files, "--json", tmp_path).exit_code == 2
    assert check(files[0]).exit_code == 2
