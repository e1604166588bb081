"""The parsing process: reads files from its standard input, one after the other, and answers on its standard output.

A parser that hangs or crashes takes this process with it and nothing else. The process limits its own memory, writes no
files, and ends with the process that started it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from typing import Any

from handslag.reading.loading.document import Limits
from handslag.reading.loading.formats import parse
from handslag.reading.loading.messages import read_message, write_message
from handslag.reading.loading.refusal import Refusal, first_line

READY = b"ready"
_GRACE = 2
"""Seconds after which a document's own limit has passed and the process that keeps it is not there any more."""
_MAX_REQUEST = 1 << 40
_FORMAT_NAMES = {
    "html": "web page",
    "pdf": "PDF",
    "docx": "Word document",
    "pptx": "PowerPoint presentation",
    "xlsx": "workbook",
    "eml": "mail message",
}


def main() -> None:
    """Answer requests (a header in JSON, then the file's bytes) until standard input ends."""
    max_memory, parent = int(sys.argv[1]), int(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_resources(max_memory)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a parser prints is no answer
    write_message(answers, READY)
    while True:
        try:
            header = json.loads(read_message(requests, _MAX_REQUEST))
            data = read_message(requests, _MAX_REQUEST)
        except EOFError:
            return
        limits = Limits(**header["limits"])
        signal.alarm(int(limits.seconds) + _GRACE)
        answer = answer_to(data, header["format"], limits)
        signal.alarm(0)
        write_message(answers, json.dumps(answer).encode("ascii"))


def answer_to(data: bytes, format_name: str, limits: Limits) -> dict[str, Any]:
    """The content as JSON under "content", or why there is none under "refused"; no error of a parser gets out."""
    name = _FORMAT_NAMES.get(format_name, format_name)
    try:
        return {"content": parse(data, format_name, limits).as_json()}
    except Refusal as refusal:
        return {"refused": refusal.reason}
    except MemoryError:
        return {"refused": f"needs more memory than one {name} is given; split it into smaller files"}
    except RecursionError:
        return {"refused": f"is nested too deeply for a {name}; open it in the program it is from and save it again"}
    except Exception as error:  # noqa: BLE001  # a parser may fail in any way; its own words go on to the person
        return {"refused": f"could not be read as a {name} ({first_line(error)}); open it and save it again"}


def _limit_resources(max_memory: int) -> None:
    """Limit memory and forbid written files and core dumps, as far as the system has such limits."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    wanted = ((resource.RLIMIT_AS, max_memory), (resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 1 << 16))
    for kind, limit in wanted:
        try:
            _, hard = resource.getrlimit(kind)
            resource.setrlimit(kind, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
        except (ValueError, OSError):  # macOS knows no limit of address space
            continue


def _end_with(parent: int) -> None:
    """End this process soon after its parent has ended, even in the middle of a document."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    main()
