"""`make bench-sameness`: how often "the same?" is right, and how often it is asked when it should be.

Three measures: our own pairs (bench/sameness_pairs.yaml); all pairs of names of the organisations of one country in the copy of
the Research Organization Registry, where names of one record are the same and of two are not; printed affiliations with a
known record. The table goes into bench/sameness.md. The last two are left out, with a line that says so, where the data is not
at hand (HANDSLAG_REGISTERS names its folder).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src")]

from handslag.register.meaning import meaning_of  # noqa: E402
from handslag.register.name_keys import organisation_keys  # noqa: E402
from handslag.register.profiles import Profile  # noqa: E402
from handslag.register.sameness import propose_same  # noqa: E402

REGISTERS = Path(os.environ.get("HANDSLAG_REGISTERS") or ROOT.parent / "shared" / "data" / "registers")
COUNTRIES = {"Sweden": ("SE",), "Denmark, Norway, Finland": ("DK", "NO", "FI")}


class Count(NamedTuple):
    """Pairs that are the same and proposed, that are not and proposed, that are and are not proposed; and the wrong ones."""

    right: int
    wrong: int
    missed: int
    examples: tuple[str, ...]
    of_one_name: int = 0

    def row(self, what: str) -> str:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        return f"| {what} | {self.right + self.missed} | {self.right + self.wrong} | {precision:.3f} | {recall:.3f} | {self.of_one_name} of {self.wrong} |"


def main() -> None:
    rows, wrong = [], []
    for kind, count in own_pairs():
        rows.append(count.row(f"own pairs: {kind}"))
        wrong += count.examples
    if (REGISTERS / "ror").is_dir():
        records = registry()
        for name, codes in COUNTRIES.items():
            count = names_of_records([record for record in records if record["country"] in codes])
            rows.append(count.row(f"registry: {name}"))
            print(rows[-1], file=sys.stderr, flush=True)
            wrong += count.examples[:25]
        if "--quick" in sys.argv:
            print("\n".join([*rows, *wrong]))
            return
        count = affiliations(records)
        rows.append(count.row("printed affiliations"))
        wrong += count.examples[:25]
    else:
        rows.append("\n(the registers are not at hand: measured on own pairs only)")
    table = [
        "| pairs | same | proposed | precision | recall | wrong, but of one printed name |",
        "|---|---|---|---|---|---|",
        *rows,
    ]
    print("\n".join(table))
    if "--wrong" in sys.argv:
        print("\n".join(wrong))
    text = (
        '# How often "the same?" is right\n\nMade by `make bench-sameness` (under a minute).\n\n'
        + "\n".join(table)
        + "\n\n"
        "- **own pairs**: written for this project, the persons invented; both sides with the name only (persons with an organisation).\n"
        "- **registry**: pairs of printed names (labels and aliases, no acronyms) of one country's organisations that share a key or two words in a copy of a part of\n"
        "  the Research Organization Registry. Two names of one record count as the same, of two records as different; each name\n"
        "  is compared alone, without places, kinds or identifiers. Many aliases are former names that no comparison of names can find,\n"
        "  so recall here has a low ceiling.\n"
        "- **printed affiliations**: names without a comma from ROR's affiliation logs, those in Latin script, compared with all records that share\n"
        "  its core, an acronym or all words; right if the best proposal is the record that people chose, wrong if it is another or there is none to be\n"
        "  chosen. Only records in the copy are counted.\n"
        "- **wrong, but of one printed name**: two records, or a record and an affiliation without one, have the very same name (often a record\n"
        "  entered twice, or entered after the affiliation was judged). No comparison of names can tell them apart; a person decides.\n"
    )
    (ROOT / "bench" / "sameness.md").write_text(text, encoding="utf-8")


def own_pairs() -> Iterator[tuple[str, Count]]:
    listed = yaml.safe_load((ROOT / "bench" / "sameness_pairs.yaml").read_text(encoding="utf-8"))
    for kind, pairs in listed.items():
        got = {
            truth: [pair for pair in pairs[truth] if propose_same(*(profile(kind, p) for p in pair))] for truth in pairs
        }
        missed = [pair for pair in pairs["same"] if pair not in got["same"]]
        told = [f"wrong: {pair}" for pair in got["different"]] + [f"missed: {pair}" for pair in missed]
        yield kind, Count(len(got["same"]), len(got["different"]), len(missed), tuple(told))


def profile(kind: str, printed: str) -> Profile:
    name, _, organisation = (part.strip() for part in printed.partition(" @ "))
    return Profile(kind=kind, names=(name,), organisations=((organisation, ""),) if organisation else ())


def registry() -> list[dict[str, object]]:
    """Active records: id, country, names (labels and aliases)."""
    found = []
    with gzip.open(REGISTERS / "ror" / "ror_v2_subset.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            names = [n["value"] for n in record["names"] if {"label", "alias", "ror_display"} & set(n["types"])]
            if record["status"] == "active" and names:
                country = record["locations"][0]["geonames_details"]["country_code"]
                found.append({"id": record["id"], "country": country, "names": list(dict.fromkeys(names))})
    return found


def names_of_records(records: list[dict[str, object]]) -> Count:
    printed = [(name, str(record["id"])) for record in records for name in record["names"]]  # type: ignore[attr-defined]
    by_key: dict[object, list[int]] = defaultdict(list)
    for k, (name, _) in enumerate(printed):
        for key in record_keys(name):
            by_key[key].append(k)
    pairs = {pair for held in by_key.values() for pair in combinations(held, 2)}
    pairs |= {(k, k + 1) for k in range(len(printed) - 1)}
    same = sum(len(names) * (len(names) - 1) // 2 for names in (record["names"] for record in records))  # type: ignore[arg-type]
    right, wrong = 0, []
    for one, other in sorted(pairs):
        (name, record), (name_other, record_other) = printed[one], printed[other]
        proposal = propose_same(organisation(name), organisation(name_other))
        if proposal and record == record_other:
            right += 1
        elif proposal:
            wrong.append(f"wrong: {name} | {name_other} | {proposal.reasons[0].code}")
    return Count(right, len(wrong), same - right, tuple(wrong), sum(told.endswith("same_name") for told in wrong))


def organisation(name: str) -> Profile:
    return Profile(kind="organisation", names=(name,))


def affiliations(records: list[dict[str, object]]) -> Count:
    by_key: dict[object, set[int]] = defaultdict(set)
    for k, record in enumerate(records):
        for name in record["names"]:  # type: ignore[attr-defined]
            for key in whole_keys(name):
                by_key[key].add(k)
    known = {record["id"] for record in records}
    right, missed, wrong = 0, 0, []
    with (REGISTERS / "affiliation_truth" / "affiliation_matching_logs_2023_09_03.csv").open(
        encoding="utf-8-sig"
    ) as file:
        rows = [
            row for row in csv.DictReader(file) if "," not in row["affiliation"] and row["affiliation"].isprintable()
        ]
    for row in rows:
        if row["ror_id"] not in known and row["ror_id"] != "NP":
            continue
        mine = organisation(row["affiliation"])
        candidates = {k for key in whole_keys(row["affiliation"]) for k in by_key.get(key, ())}
        best, chosen, why = 0.0, "", ""
        for k in sorted(candidates):
            names = tuple(records[k]["names"])  # type: ignore[call-overload]
            proposal = propose_same(mine, Profile(kind="organisation", names=names[:1], aliases=names[1:]))
            if proposal and proposal.score > best:
                best, chosen, why = proposal.score, str(records[k]["id"]), proposal.reasons[0].code
        if chosen and chosen == row["ror_id"]:
            right += 1
        else:
            missed += row["ror_id"] != "NP"
            if chosen:
                wrong.append(f"wrong: {row['affiliation']} | {chosen} instead of {row['ror_id']} | {why}")
    return Count(right, len(wrong), missed, tuple(wrong), sum(told.endswith("same_name") for told in wrong))


def whole_keys(name: str) -> set[object]:
    """Keys of the whole name, fewer than `record_keys`: a hundred thousand names are looked through."""
    return {
        meaning_of(name).terms,
        *(key for key in organisation_keys(name, (), "") if key.kind in {"core", "acronym"}),
    }


def record_keys(name: str) -> set[object]:
    terms = meaning_of(name).terms
    return {*organisation_keys(name, (), ""), *combinations(sorted(set(terms))[:8], 2)}


if __name__ == "__main__":
    begun = time.perf_counter()
    main()
    print(f"{time.perf_counter() - begun:.0f} s")
