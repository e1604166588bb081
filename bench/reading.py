"""`make bench-reading`: what the reader finds on pages that it has not seen, and how fast.

Cross-validation over whole pages: the shared marked pages are dealt into folds; each fold is read by a reader trained, from
the first part to the last threshold, on the other folds and the project's own pages. Beside it stands what a user could take
instead: rules without training (capitalised names, number patterns, modal verbs). The table goes into bench/reading.md.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training"), str(ROOT / "bench")]

import scoring  # noqa: E402
from marked import SHARED, MarkedPage, own_pages, shared_pages  # noqa: E402
from names import NER  # noqa: E402
from pipeline import Training, train_base  # noqa: E402
from plain_rules import read_plainly  # noqa: E402

from handslag.reading.loading.document import LoadedDocument  # noqa: E402
from handslag.reading.models import Models  # noqa: E402
from handslag.reading.output import as_json  # noqa: E402
from handslag.reading.reader import BuiltinReader, read_loaded  # noqa: E402

TARGETS = {
    "people": 0.90, "person + organisation": 0.70, "person + role + organisation": 0.62, "organisations": 0.75, "events": 0.68,
    "events with date and place": 0.55, "agreements": 0.60, "agreement areas": 0.65, "figures": 0.82, "figures with unit": 0.72,
    "quotes": 0.92, "quotes with speaker": 0.80, "commitments": 0.42, "commitments with date": 0.33, "signals": 0.52,
    "furniture lines": 0.82,
}  # fmt: skip
LISTS = ("organisations", "people", "events", "agreements", "figures", "quotes", "commitments", "signals")


def loaded_of(page: MarkedPage) -> LoadedDocument:
    """The page as loading would give it, with no file behind it."""
    return LoadedDocument(path=f"{page.name}.txt", sha256="", format="txt", text=page.text)


def read_fold(number: int, folds: int, base: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Trains on all pages outside the fold and reads those inside."""
    shared = shared_pages()
    inside = shared[number::folds]
    outside = [page for k, page in enumerate(shared) if k % folds != number]
    reader = BuiltinReader(Models(Training([*outside, *own_pages()], base, folds=3).run()))
    # the day as marked, as with --said-on: a few of the pages do not print it
    return [(p.name, as_json(read_loaded(loaded_of(p), said_on=day_of(p), reader=reader))) for p in inside]


def day_of(page: MarkedPage) -> str | None:
    """The page's own day, where its gold has one."""
    day = page.gold.get("date") or ""
    return day if len(day) == 10 else None


def score(pages: Sequence[MarkedPage], readings: dict[str, dict[str, Any]]) -> dict[str, scoring.Count]:
    """The counts of every kind over the pages."""
    counts = {kind: scoring.Count() for kind in (*scoring.KINDS, "furniture lines")}
    for page in pages:
        reading = readings[page.name]
        for kind, (key, measure) in scoring.KINDS.items():
            counts[kind].add(measure(page, reading[key]))
        counts["furniture lines"].add(scoring.furniture(page, [line["zone"] for line in reading["lines"]]))
    return counts


def certain_rows(pages: Sequence[MarkedPage], readings: dict[str, dict[str, Any]]) -> list[str]:
    """How precise, and how large a share of what is right, the facts called certain are."""
    rows = ["| called certain | right | false | precision | share of the right ones |", "|---|---|---|---|---|"]
    total_right = total_false = 0
    for kind in LISTS:
        all_right, certain = 0, scoring.Count()
        measure = scoring.KINDS[kind][1]
        for page in pages:
            items = readings[page.name][kind]
            all_right += measure(page, items).right
            certain.add(measure(page, [item for item in items if item["certainty"] == "certain"]))
        total_right += certain.right
        total_false += certain.false
        rows.append(
            f"| {kind} | {certain.right} | {certain.false} | {certain.precision:.3f} | {certain.right / max(1, all_right):.0%} |"
        )
    n = max(1, total_right + total_false)
    precision = total_right / n
    rows.append(
        f"| all | {total_right} | {total_false} | {precision:.3f} (95 % lower bound {lower_bound(total_right, n):.3f}) | {total_false / len(pages):.3f} false a page |"
    )
    return rows


def lower_bound(right: int, n: int, z: float = 1.645) -> float:
    """The one-sided 95 % lower bound of a share (Wilson score interval, 1927)."""
    share = right / n
    middle = share + z * z / (2 * n)
    return float((middle - z * ((share * (1 - share) + z * z / (4 * n)) / n) ** 0.5) / (1 + z * z / n))


def shown_rows(pages: Sequence[MarkedPage], readings: dict[str, dict[str, Any]]) -> list[str]:
    shown = scoring.Count()
    pairs = []
    for page in pages:
        items = readings[page.name]["commitments"]
        shown.add(scoring.commitments(page, [item for item in items if item["certainty"] != "weak"]))
        pairs += scoring.commitments(page, items).pairs
    firmness = sum(gold["firmness"] == found["firmness"] for gold, found in pairs) / max(1, len(pairs))
    verbatim = [
        p["quote"] == readings[page.name]["text"][p["start"] : p["end"]]
        for page in pages
        for k in LISTS
        for item in readings[page.name][k]
        for p in item["evidence"]
    ]
    return [
        f"- firmness, where the commitment was found: {firmness:.3f} (at least 0.75)",
        f"- commitments shown by default: precision {shown.precision:.3f} (at least 0.60), recall {shown.recall:.3f}",
        f"- passages that equal the text slice: {sum(verbatim)} of {len(verbatim)}",
    ]


def quality(
    pages: Sequence[MarkedPage], readings: dict[str, dict[str, Any]], plain: dict[str, dict[str, Any]]
) -> list[str]:
    whole, simple = score(pages, readings), score(pages, plain)
    halves = {code: score([p for p in pages if p.gold["lang"] == code], readings) for code in ("sv", "en")}
    rows = [
        "| kind | right | false | missed | precision | recall | F1 | sv | en | at least | plain rules |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    gaps = []
    for kind, count in whole.items():
        sv, en = halves["sv"][kind].f1, halves["en"][kind].f1
        least = TARGETS.get(kind)
        if least is not None:
            gaps.append(abs(sv - en))
        rows.append(
            f"| {kind} | {count.right} | {count.false} | {count.missed} | {count.precision:.3f} | {count.recall:.3f} | **{count.f1:.3f}** "
            f"| {sv:.3f} | {en:.3f} | {least or ''} | {simple[kind].f1:.3f} |"
        )
    return [
        *rows,
        "",
        f"- gap between Swedish and English, mean over kinds: {sum(gaps) / len(gaps):.3f} (at most 0.08)",
    ]


SPEED_SCRIPT = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
paths = sorted(Path(sys.argv[2]).glob("*.txt"))
documents = [load(path) for path in paths]
read_loaded(documents[0])
words = sum(len(d.text.split()) for d in documents)
best = 0.0
for _ in range(3):
    begun = time.process_time()
    for document in documents:
        read_loaded(document)
    best = max(best, words / 300 / (time.process_time() - begun))
# the kernel's own high-water mark: getrusage would tell that of the larger process which started this one
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(best, int(peak.split()[1]) / 1024)
"""


def speed() -> str:
    """Pages of 300 words a second on one core, and peak memory, of the installed model in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-c", SPEED_SCRIPT, str(ROOT / "src"), str(SHARED / "data" / "reading")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return f"- speed: {float(answer[0]):.0f} pages of 300 words a second on one core (at least 60); peak memory {float(answer[1]):.0f} MB (at most 400)"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--today", default=date.today().isoformat(), help="the date to print")  # noqa: DTZ011 - a label only
    arguments = parser.parse_args()
    if not NER.is_dir():
        print(f"The benchmark needs {SHARED / 'data'}: marked pages and published corpora.", file=sys.stderr)
        return 1
    begun = time.monotonic()
    base = train_base()
    readings: dict[str, dict[str, Any]] = {}
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for part in pool.map(
            read_fold, range(arguments.folds), [arguments.folds] * arguments.folds, [base] * arguments.folds
        ):
            readings.update(part)
    pages = shared_pages()
    plain = {page.name: read_plainly(page.text) for page in pages}
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    lines = [
        "# What the reader finds on pages it has not seen", "",
        (f"Measured {arguments.today} at commit {commit or 'unknown'}: {len(pages)} shared marked pages, {arguments.folds}-fold cross-validation over whole pages, "
        f"each fold read by a reader trained on the others and on {len(own_pages())} pages of the project's own; the page's day is given. F1 by the rules of `training/scoring.py`; "
        "“plain rules” is what one gets without training (`bench/plain_rules.py`)."), "",
        *quality(pages, readings, plain), *shown_rows(pages, readings), "",
        *certain_rows(pages, readings), "", speed(),
    ]  # fmt: skip
    text = "\n".join(lines) + "\n"
    print(text)
    (ROOT / "bench" / "reading.md").write_text(text, "utf-8")
    print(
        f"{time.monotonic() - begun:.0f} s, peak {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB in training",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
