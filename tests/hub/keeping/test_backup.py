"""Backups: complete, consistent, verified, the same from either database."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.hub.keeping.conftest import DUMP, Hub

NewHub = Callable[[str], Hub]


def sums(path: Path) -> dict[str, str]:
    """Member → sum, without what starting a hub itself may add."""
    with zipfile.ZipFile(path) as archive:
        return {name: member["sha256"] for name, member in json.loads(archive.read("manifest.json"))["members"].items()}


def restored(hub: Hub, path: Path, *, replace: bool = False, status: int = 0, then: str = "") -> str:
    """What restoring prints; the restored hub is dumped."""
    return hub.verb("restore", f"Path({str(path)!r}), replace={replace}", status=status, then=DUMP + then)


def test_a_restored_hub_is_the_one_that_was_backed_up(filled: Hub, new_hub: NewHub, tmp_path: Path):
    path, there = filled.home / "a.zip", new_hub("there")
    told = (filled.home / "told").read_text()
    assert "6 documents" in told
    assert "5 original" in told
    told = restored(there, path, then=f"""
from django.contrib.auth import authenticate
from handslag_hub.site.keeping.backup import back_up
print("found", authenticate(username="rut", password="ett-långt-lösenord"))
back_up(Path({str(tmp_path / "b.zip")!r}))
""")  # fmt: skip
    assert "All holds" in told
    assert "found rut" in told
    assert there.dump == filled.dump
    assert sums(tmp_path / "b.zip") == sums(path)


def test_a_backup_of_an_older_version_is_brought_up_to_date(filled: Hub, new_hub: NewHub, tmp_path: Path):
    """As a version made it that had no briefs, whose migrations no other app's need."""
    tables = {f"tables/briefs.{name}.jsonl" for name in ("placement", "pairjudgement")}
    there = new_hub("there")
    with zipfile.ZipFile(filled.home / "a.zip") as whole, zipfile.ZipFile(tmp_path / "older.zip", "w") as older:
        assert tables <= set(whole.namelist())
        for name in set(whole.namelist()) - tables:
            content = whole.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                del manifest["migrations"]["briefs"]
                for table in tables:
                    del manifest["members"][table]
                content = json.dumps(manifest).encode()
            older.writestr(name, content)
    told = restored(there, tmp_path / "older.zip", then="""
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
print("brought up to date", ("briefs", "0001_initial") in MigrationRecorder(connection).applied_migrations())
""")  # fmt: skip
    assert "All holds" in told
    assert "brought up to date True" in told
    assert there.dump == filled.dump


def test_a_backup_whose_migrations_have_a_gap_is_refused(filled: Hub, here: Hub, tmp_path: Path):
    """No version can have made it: to walk there would be forwards and backwards at once."""
    with zipfile.ZipFile(filled.home / "a.zip") as whole, zipfile.ZipFile(tmp_path / "gap.zip", "w") as gap:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["migrations"]["commitments"].remove("0003_agreement_themes")
                content = json.dumps(manifest).encode()
            gap.writestr(name, content)
    told = here.run(f"""
from pathlib import Path
from handslag_hub.site.commands import restore
try:
    restore.run(Path({str(tmp_path / "gap.zip")!r}), replace=True)
except Exception as error:
    print(error)
""")
    assert "commitments 0003_agreement_themes" in told


def test_the_keys_are_not_in_a_backup_and_only_its_owner_reads_it(filled: Hub):
    path = filled.home / "a.zip"
    assert path.stat().st_mode & 0o077 == 0
    keys = [file.read_bytes() for file in filled.home.glob("*.key")]
    assert keys
    with zipfile.ZipFile(path) as archive:
        assert not any(key in archive.read(member) for member in archive.namelist() for key in keys)


def test_from_sqlite_to_postgresql_and_back_nothing_changes(filled: Hub, new_hub: NewHub, new_hub_on_postgres: NewHub, tmp_path: Path):  # fmt: skip
    team, back, path = new_hub_on_postgres("team"), new_hub("back"), filled.home / "a.zip"
    told = restored(team, path, then=f"""
from handslag_hub.site.keeping.backup import back_up
from handslag_hub.store.services import *
from tests.proof.small_store import *
back_up(Path({str(tmp_path / "b.zip")!r}))
# Keys go on where they were: nothing that is written now meets a row that is there.
keep_reading(PROVER, small_reading(6), original=keep_original("x", b"x"), address="x")
""")  # fmt: skip
    assert "All holds" in told
    assert sums(tmp_path / "b.zip") == sums(path)
    restored(back, tmp_path / "b.zip")
    assert filled.dump == team.dump == back.dump
    restored(team, path, replace=True)
    assert team.dump == filled.dump


def test_a_hub_with_data_is_restored_into_only_when_asked(filled: Hub, here: Hub):
    here.run("from tests.proof.small_store import *\nfrom handslag_hub.store.services import *\nkeep_reading(PROVER, small_reading(6), address='x')" + DUMP)  # fmt: skip
    before = here.dump
    assert before != filled.dump
    # What is refused must not have changed anything: dumped after the refusal.
    refused = f"""
try:
    restore.run(Path({str(filled.home / "a.zip")!r}))
except Exception as error:
    print(error)
{DUMP}"""
    assert "--replace" in here.run("from pathlib import Path\nfrom handslag_hub.site.commands import restore" + refused)
    assert here.dump == before
    restored(here, filled.home / "a.zip", replace=True)
    assert here.dump == filled.dump
    assert not list(here.home.glob(".handslag*"))


def test_damaged_backups_and_newer_ones_change_nothing(filled: Hub, here: Hub, tmp_path: Path):
    path = filled.home / "a.zip"
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        largest = max(archive.infolist(), key=lambda member: member.compress_size)
    # In what the member holds: of its local header nothing is read that the directory at the end does not say better.
    content[largest.header_offset + 30 + len(largest.filename.encode()) + largest.compress_size // 2] ^= 0xFF
    (tmp_path / "byte.zip").write_bytes(content)
    # What is no longer packed as it was: the manifest itself.
    unpackable = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        manifest_member = archive.getinfo("manifest.json")
    start = manifest_member.header_offset + 30 + len(b"manifest.json")
    unpackable[start : start + 8] = b"\xff" * 8
    (tmp_path / "manifest.zip").write_bytes(unpackable)
    (tmp_path / "cut.zip").write_bytes(path.read_bytes()[: len(content) * 2 // 3])
    (tmp_path / "text.zip").write_text("no backup")
    with (
        zipfile.ZipFile(path) as whole,
        zipfile.ZipFile(tmp_path / "less.zip", "w") as less,
        zipfile.ZipFile(tmp_path / "newer.zip", "w") as newer,
    ):
        for name in whole.namelist():
            member = whole.read(name)
            if "store.fact." not in name:
                less.writestr(name, member)
            if name == "manifest.json":
                manifest = json.loads(member)
                manifest["migrations"]["store"].append("9999_tomorrow")
                member = json.dumps(manifest).encode()
            newer.writestr(name, member)
    told = here.run(f"""
from pathlib import Path
from handslag.kernel.errors import HandslagError
from handslag_hub.site.commands import restore
for name in ("byte", "manifest", "cut", "text", "less", "newer"):
    try:
        restore.run(Path({str(tmp_path)!r}) / f"{{name}}.zip", replace=True)
    except HandslagError as error:
        print("told:", error)
{DUMP}""")  # fmt: skip
    for name in ("byte", "manifest", "cut", "text", "less", "newer"):
        assert f"told: {tmp_path}/{name}.zip" in told
    assert "store 9999_tomorrow" in told
    assert here.dump == filled.dump


def test_a_backup_while_others_write_is_of_one_moment(here: Hub, new_hub: NewHub, tmp_path: Path):
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
        stop.wait(0.05)
    connection.close()
writer = threading.Thread(target=write)
writer.start()
path = Path({str(tmp_path)!r}) / "a.zip"
try:
    while writer.is_alive() and len(count) < 3:
        stop.wait(0.01)
    # Until somebody has written while it was made.
    wrote = False
    while writer.is_alive() and not wrote:
        path.unlink(missing_ok=True)
        before = len(count)
        back_up(path)
        wrote = len(count) > before
finally:
    stop.set()
    writer.join()
assert wrote, "nobody wrote meanwhile"
""")  # fmt: skip
    # Restoring checks: rows without the rows they name, or caches of another moment, would be told.
    assert "All holds" in restored(new_hub("there"), tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        members = json.loads(archive.read("manifest.json"))["members"]
        originals = sum(name.startswith("originals/") for name in members)
        assert members["tables/store.original.jsonl"]["rows"] == originals > 7


def test_a_backup_that_cannot_be_finished_leaves_nothing(here: Hub, tmp_path: Path):
    (tmp_path / "a.zip").write_text("mine")
    told = here.run(f"""
from pathlib import Path
from handslag.kernel.errors import HandslagError
from handslag_hub.site.keeping.backup import back_up
for name in ("nowhere/a.zip", "a.zip"):
    try:
        back_up(Path({str(tmp_path)!r}) / name)
    except HandslagError as error:
        print(error)
""")  # fmt: skip
    assert "cannot be written" in told
    assert "is there already" in told
    assert (tmp_path / "a.zip").read_text() == "mine"
    assert not list(tmp_path.glob(".*.part"))


LETTER = """
from tests.proof.small_store import *
from handslag_hub.accounts.actors import actor_of
from handslag_hub.accounts.models import User
from handslag_hub.asking.services.letters import *
from handslag_hub.asking.services.telling import *
from handslag_hub.exchange.services.tokens import actor_with, make_token, revoke_token
from handslag_hub.store.models import Entity, Fact
from django.test import Client
me = actor_of(User.objects.get(username="rut"))
letter = write_letter(PROVER, Entity.objects.filter(kind="organisation").first(), list(Fact.objects.filter(kind="commitment", level=0, shown=True)[:1]))
secret, feed = finish_letter(PROVER, letter), make_feed_address(me, "calendar")
token, shown = make_token(me, "bordet", "reader", 30)
"""
ASK = """
def status(path): return Client(headers={"host": "localhost"}).get(path).status_code
print("answers", status(f"/answer/{secret}"), status(f"/feeds/{feed}/handslag.ics"), actor_with(shown) is not None)
"""


def test_private_addresses_and_tokens_that_were_withdrawn_do_not_come_back_with_a_backup(here: Hub, tmp_path: Path):
    path = tmp_path / "before.zip"
    told = here.run(f"""
from pathlib import Path
from handslag_hub.site.commands import backup, restore
{LETTER}{ASK}
backup.run(Path({str(path)!r}))
withdraw_letter(PROVER, letter); revoke_feed_address(me, "calendar"); revoke_token(me, token.pk)
{ASK}
restore.run(Path({str(path)!r}), replace=True)
{ASK}
from handslag_hub.asking.models import Letter
letter = Letter.objects.get()
secret, feed = finish_letter(PROVER, letter), make_feed_address(me, "calendar")
token, shown = make_token(me, "bordet", "reader", 30)
{ASK}
""")  # fmt: skip
    assert [line for line in told.splitlines() if line.startswith("answers")] == ["answers 200 200 True", "answers 410 404 False", "answers 410 404 False", "answers 200 200 True"]  # fmt: skip
    assert "when the backup was made: 3." in told
