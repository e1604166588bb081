"""The process that answers requests: `python -m handslag_hub.site.web HOST PORT`. Started and ended by `handslag hub serve`."""

from __future__ import annotations

import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from handslag_hub.site.starting import end_with_parent

# SQLite has one writer, and a page is mostly Python: more threads than this only wait for each other.
_THREADS = 4


def main() -> None:
    """Answer until told to end."""
    host, port = sys.argv[1], int(sys.argv[2])
    end_with_parent()
    Granian("handslag_hub.site.served:application", address=host, port=port, interface=Interfaces.WSGI, blocking_threads=_THREADS,
        websockets=False, log_level=LogLevels.warning, respawn_failed_workers=False, workers_kill_timeout=5).serve()  # fmt: skip


if __name__ == "__main__":
    main()
