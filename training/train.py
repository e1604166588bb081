"""`make model`: trains the reader on the marked pages and the published corpora, and writes the model file.

Without the shared data it says what is missing and leaves the model as it is.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
import zipfile
from pathlib import Path

from calibration import out_of_fold_table
from marked import SHARED, own_pages, shared_pages
from names import NER
from pipeline import Training, train_base

MODEL = Path(__file__).resolve().parent.parent / "src" / "handslag" / "reading" / "reader.model"
CACHE = Path(__file__).resolve().parent.parent / ".cache" / "names-base.crf"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--keep-base", action="store_true", help="take the tagger of the published corpora from the last run"
    )
    arguments = parser.parse_args()
    missing = [folder for folder in (NER, SHARED / "data" / "reading") if not folder.is_dir()]
    if missing:
        print(
            "The model stays as it is: training needs " + " and ".join(str(folder) for folder in missing),
            file=sys.stderr,
        )
        return 1
    begun = time.monotonic()
    if arguments.keep_base and CACHE.is_file():
        base = CACHE.read_bytes()
    else:
        base = train_base()
        CACHE.parent.mkdir(exist_ok=True)
        CACHE.write_bytes(base)
    shared = len(shared_pages())
    training = Training([*shared_pages(), *own_pages()], base, processes=os.cpu_count() or 1, tell=True)
    parts = training.run()
    write_model(parts, MODEL)
    limits = json.loads(parts["thresholds.json"])
    for title, studies in (("shared pages", training.studies[:shared]), ("own pages", training.studies[shared:])):
        print(title, *out_of_fold_table(studies, limits), sep="\n  ", file=sys.stderr)
    print(limits, file=sys.stderr)
    print(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.2f} MB, {time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 0


def write_model(parts: dict[str, bytes], path: Path) -> None:
    """Writes the parts into one compressed file, the same bytes for the same parts."""
    waiting = path.with_suffix(".new")
    with zipfile.ZipFile(waiting, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(parts):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED, 9)
    waiting.replace(path)


if __name__ == "__main__":
    raise SystemExit(main())
