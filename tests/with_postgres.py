"""Runs a command with DATABASE_URL naming a PostgreSQL server of its own, which ends with the command.

The server lies in a temporary folder and listens on a socket in it only. PostgreSQL refuses to run as root: then it runs as the user
`postgres` that Debian's package brings. Where PostgreSQL is missing, one line says so and the status is 0, unless HANDSLAG_REQUIRE
names postgresql.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path


def find_programs() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of Debian's, otherwise that on the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def main(command: list[str]) -> int:
    programs = find_programs()
    if programs is None:
        print("PostgreSQL is not here (make system installs it): the hub's tests were run on SQLite only")
        return int("postgresql" in os.environ.get("HANDSLAG_REQUIRE", "").split(","))
    folder = Path(tempfile.mkdtemp(prefix="hs-pg-", dir="/tmp"))
    as_owner: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*as_owner, programs / program, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)

    data = folder / "data"
    try:
        run(
            "initdb",
            "--pgdata",
            str(data),
            "--username=handslag",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        )
        # Durability is not what is tested here. Tests write in transactions that are taken back, so to autovacuum their tables are
        # empty, and queries planned for empty tables take minutes. Everything else is as installed.
        kept_out = "-c listen_addresses= -c fsync=off -c full_page_writes=off -c autovacuum=off"
        options = f"{kept_out} -c unix_socket_directories={folder}"
        run("pg_ctl", "--pgdata", str(data), "--log", str(folder / "log"), "--wait", "--options", options, "start")
        try:
            address = f"postgres://handslag@{str(folder).replace('/', '%2F')}/postgres"
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode
        finally:
            run("pg_ctl", "--pgdata", str(data), "--mode=fast", "--wait", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    # Whoever ends this ends the server too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
