"""Backups: complete, consistent, verified, the same from either database."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hub.site.conftest import Hub

NewHub = Callable[[str], Hub]


def sums(path: Path) -> dict[str, str]:
    """Member → sum, without what starting a hub itself may add."""
    with zipfile.ZipFile(path) as archive:
        return {name: member["sha256"] for name, member in json.loads(archive.read("manifest.json"))["members"].items()}


def test_a_restored_hub_is_the_one_that_was_backed_up(new_hub: NewHub, tmp_path: Path):
    here, there = new_hub("here"), new_hub("there")
    here.fill()
    told = here.verb("backup", f"Path({str(tmp_path / 'a.zip')!r})")
    assert "6 documents" in told and "5 original" in told
    assert "All holds" in there.verb("restore", f"Path({str(tmp_path / 'a.zip')!r})")
    assert there.dump() == here.dump()
    there.verb("backup", f"Path({str(tmp_path / 'b.zip')!r})")
    assert sums(tmp_path / "b.zip") == sums(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        for name in ("secret.key", "erasure.key"):
            key = (here.home / name).read_bytes() if (here.home / name).exists() else b"\0none"
            assert not any(key in archive.read(member) for member in archive.namelist())
    people = there.run("from django.contrib.auth import authenticate; print(authenticate(username='rut', password='ett-långt-lösenord'))")  # fmt: skip
    assert "rut" in people


def test_from_sqlite_to_postgresql_and_back_nothing_changes(new_hub: NewHub, new_hub_on_postgres: NewHub, tmp_path: Path):  # fmt: skip
    here, team, back = new_hub("here"), new_hub_on_postgres("team"), new_hub("back")
    here.fill()
    for hub, other, name in ((here, team, "a.zip"), (team, back, "b.zip")):
        hub.verb("backup", f"Path({str(tmp_path / name)!r})")
        other.verb("restore", f"Path({str(tmp_path / name)!r})")
    assert here.dump() == team.dump() == back.dump()
    assert sums(tmp_path / "a.zip") == sums(tmp_path / "b.zip")
    # Keys go on where they were: nothing that is written now meets a row that is there.
    team.run(
        "from tests.proof.small_store import *\nfrom handslag_hub.store.services import *\nkeep_reading(PROVER, small_reading(6), address='x')"
    )
    team.verb("restore", f"Path({str(tmp_path / 'a.zip')!r}), replace=True")
    assert team.dump() == here.dump()


def test_a_hub_with_data_is_restored_into_only_when_asked(new_hub: NewHub, tmp_path: Path):
    here, there = new_hub("here"), new_hub("there")
    here.fill()
    here.verb("backup", f"Path({str(tmp_path / 'a.zip')!r})")
    there.run("bring_up_to_date()\nfrom tests.proof.small_store import *\nfrom handslag_hub.store.services import *\nkeep_reading(PROVER, small_reading(6), address='x')")  # fmt: skip
    before = there.dump()
    assert "--replace" in there.verb("restore", f"Path({str(tmp_path / 'a.zip')!r})", status=1)
    assert there.dump() == before
    there.verb("restore", f"Path({str(tmp_path / 'a.zip')!r}), replace=True")
    assert there.dump() == here.dump()
    assert not list(there.home.glob(".handslag*")) and not list(there.home.glob("*-wal"))


@pytest.mark.parametrize("damage", ["byte", "cut", "member", "text"])
def test_a_damaged_backup_changes_nothing(new_hub: NewHub, tmp_path: Path, damage: str):
    here = new_hub("here")
    here.fill()
    path, bad = tmp_path / "a.zip", tmp_path / "bad.zip"
    here.verb("backup", f"Path({str(path)!r})")
    before = here.dump()
    content = bytearray(path.read_bytes())
    match damage:
        case "byte":
            content[len(content) // 2] ^= 0xFF
            bad.write_bytes(content)
        case "cut":
            bad.write_bytes(content[: len(content) * 2 // 3])
        case "member":
            with zipfile.ZipFile(path) as whole, zipfile.ZipFile(bad, "w") as less:
                for name in whole.namelist():
                    if "store.fact." not in name:
                        less.writestr(name, whole.read(name))
        case "text":
            bad.write_text("no backup")
    told = here.verb("restore", f"Path({str(bad)!r}), replace=True", status=1)
    assert str(bad) in told
    assert here.dump() == before


def test_a_backup_of_a_newer_version_is_refused(new_hub: NewHub, tmp_path: Path):
    here, there = new_hub("here"), new_hub("there")
    here.fill()
    path, newer = tmp_path / "a.zip", tmp_path / "newer.zip"
    here.verb("backup", f"Path({str(path)!r})")
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(newer, "w") as other:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["migrations"]["store"].append("9999_tomorrow")
                content = json.dumps(manifest).encode()
            other.writestr(name, content)
    assert "store 9999_tomorrow" in there.verb("restore", f"Path({str(newer)!r})", status=1)


def test_a_backup_while_others_write_is_of_one_moment(new_hub: NewHub, tmp_path: Path):
    here, there = new_hub("here"), new_hub("there")
    here.fill()
    here.run(f"""
import threading
from pathlib import Path
from django.db import connection
from handslag_hub.site.keeping.backup import back_up
from handslag_hub.store.services import *
from tests.proof.small_store import *
stop = threading.Event()
count = []
def write():
    number = 10
    while not stop.is_set():
        keep_reading(PROVER, small_reading(number), original=keep_original('x', str(number).encode()), address=address_of(number))
        count.append(number)
        number += 1
    connection.close()
writer = threading.Thread(target=write)
writer.start()
while len(count) < 3: pass
for n in range(2):
    back_up(Path({str(tmp_path)!r}) / f"{{n}}.zip")
stop.set()
writer.join()
""")  # fmt: skip
    # Restoring checks: rows without the rows they name, or caches of another moment, would be told.
    assert "All holds" in there.verb("restore", f"Path({str(tmp_path / '1.zip')!r})")
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        members = json.loads(archive.read("manifest.json"))["members"]
        originals = sum(name.startswith("originals/") for name in members)
        assert members["tables/store.original.jsonl"]["rows"] == originals > 7


def test_a_backup_that_cannot_be_finished_leaves_nothing(new_hub: NewHub, tmp_path: Path):
    here = new_hub("here")
    here.fill()
    assert "cannot be written" in here.verb("backup", f"Path({str(tmp_path / 'nowhere' / 'a.zip')!r})", status=1)
    (tmp_path / "a.zip").write_text("mine")
    assert "is there already" in here.verb("backup", f"Path({str(tmp_path / 'a.zip')!r})", status=1)
    assert (tmp_path / "a.zip").read_text() == "mine"
    assert not list(tmp_path.glob(".*.part"))
