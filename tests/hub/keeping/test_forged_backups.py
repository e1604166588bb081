"""Backups that somebody made to look whole: their sums fit, what they hold does not. They are told of and change nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.hub.keeping.conftest import DUMP, Hub

Parts = dict[str, bytes]
Change = Callable[[dict[str, Any], Parts], None]


def _put(manifest: dict[str, Any], parts: Parts, name: str, content: bytes) -> None:
    """A member with a sum that fits."""
    parts[name] = content
    rows = manifest["members"].get(name, {"rows": 1})["rows"]
    manifest["members"][name] = {"sha256": hashlib.sha256(content).hexdigest(), "rows": rows}


def _table(model: str, old: bytes, new: bytes) -> Change:
    def change(manifest: dict[str, Any], parts: Parts) -> None:
        name = f"tables/{model}.jsonl"
        assert old in parts[name]
        _put(manifest, parts, name, parts[name].replace(old, new))

    return change


def _original(name: str) -> Change:
    return lambda manifest, parts: _put(manifest, parts, f"originals/{name}", b"of somebody")


FORGED: dict[str, Change] = {
    "climbs": _original("../../../climbed"),
    "no-sum": _original("evil.py"),
    "nul": _original("\0" * 64),
    "no-json": _table("store.fact", b"[", b"{"),
    "other-column": _table("store.fact", b'"uid"', b'"password"'),
    "no-such-row": _table("store.fact", b'"commitment"', b"null"),
    "migrations": lambda manifest, _parts: manifest.update(migrations=["store"]),
    "migrations-of-numbers": lambda manifest, _parts: manifest.update(migrations={"store": 1}),
    "members": lambda manifest, _parts: manifest.update(members=[]),
    "rows": lambda manifest, _parts: manifest["members"]["tables/store.fact.jsonl"].update(rows="many"),
}


# Each takes a second or more: one of each kind here (a path, a row, the manifest), the others by `make sweep`.
FEW = {"climbs", "no-such-row", "migrations"}


@pytest.mark.timeout(400)
@pytest.mark.parametrize("forgeries", [pytest.param(FEW, id="few"), pytest.param(FORGED.keys() - FEW, id="others", marks=pytest.mark.long)])  # fmt: skip
def test_forged_backups_are_told_of_and_change_nothing(forgeries: set[str], filled: Hub, here: Hub, tmp_path: Path):
    with zipfile.ZipFile(filled.home / "a.zip") as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for key in forgeries:
        forged, manifest = dict(parts), json.loads(parts["manifest.json"])
        FORGED[key](manifest, forged)
        forged["manifest.json"] = json.dumps(manifest).encode()
        with zipfile.ZipFile(tmp_path / f"{key}.zip", "w") as archive:
            for name, content in forged.items():
                archive.writestr(name, content)
    with zipfile.ZipFile(tmp_path / "nested.zip", "w") as archive:
        archive.writestr("manifest.json", "[" * 200_000)
    # As if there were a password: told in the flags of every entry.
    locked = bytearray((filled.home / "a.zip").read_bytes())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for at in _places(bytes(locked), mark):
            locked[at + flags] |= 1
    (tmp_path / "locked.zip").write_bytes(locked)
    names = [*sorted(forgeries), "nested", "locked"]
    told = here.run(f"""
from pathlib import Path
from handslag.kernel.errors import HandslagError
from handslag_hub.site.commands import restore
for name in {names!r}:
    try:
        restore.run(Path({str(tmp_path)!r}) / f"{{name}}.zip", replace=True)
    except HandslagError as error:
        print("told:", name)
    except BaseException as error:
        print("fault:", name, type(error), error)
    else:
        print("taken:", name)
{DUMP}""")  # fmt: skip
    assert [line for line in told.splitlines() if ": " in line] == [f"told: {name}" for name in names]
    assert here.dump == filled.dump
    assert not list(here.home.parent.rglob("climbed"))


def _places(content: bytes, mark: bytes) -> list[int]:
    found, at = [], content.find(mark)
    while at >= 0:
        found.append(at)
        at = content.find(mark, at + 4)
    return found
