"""`make bench-briefs`: how long the brief of a party takes, as page, PDF and Markdown, on made-up hubs; writes bench/briefs.md.

    python bench/briefs.py [--facts 500 --facts 5000] [--rounds 7]

Of a party's facts half are commitments, each with a word heard since for every second, the others roles of its people, signals and figures.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "bench" / "briefs.md"
TODAY = date(2026, 11, 22)
FIRM = ("agreed", "promised", "assigned", "planned", "aim", "possible")
WORK = ("bygga ut forskningssamarbetet kring hälsodata i regionen", "öppna ett testcenter för avancerade terapier", "utbilda fyrtio forskningssjuksköterskor", "publish the results of the clinical trial in a register")  # fmt: skip


def claimed(count: int) -> Iterator[object]:
    """A party's facts: commitments, roles, signals, figures."""
    from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, normal_words, stable_uid  # noqa: PLC0415
    from handslag.reading.claims import organisation_key, period_claim  # noqa: PLC0415

    party = organisation_key("Region Norrholm")

    def words(predicate: str, value: str, key: EntityKey | None = None) -> Claim:
        return Claim(predicate=predicate, value=value, normal=normal_words(value), object=key)

    for number in range(count):
        uid = stable_uid("bench", str(number), length=24)
        kind = ("commitment", "role", "commitment", "signal", "commitment", "figure")[number % 6]
        subject = EntityKey(kind, uid, uid)
        if kind == "commitment":
            due = f"{2026 + number % 5}-{number % 12 + 1:02d}"
            other = organisation_key(f"Bolag {number % 40} AB")
            claims = [words("what", f"{WORK[number % 4]}, etapp {number}"), words("who", "Region Norrholm", party), words("to_whom", f"Bolag {number % 40} AB", other),
                words("firmness", FIRM[number % 6]), words("theme", "health_data"), period_claim("when", due, "printed"), period_claim("day", "2026-01-14", "printed")]  # fmt: skip
        elif kind == "role":
            name = f"Anna {chr(65 + number % 26)}lmgren {number}"
            subject = EntityKey("person", f"{normal_words(name)}|norrholm", name)
            claims = [words("name", name), words("role", "enhetschef"), words("organisation", "Region Norrholm", party), words("tense", "current")]  # fmt: skip
        elif kind == "signal":
            claims = [words("kind", "funding"), words("headline", f"Nya pengar till regionens biobank, omgång {number}"), words("subject", "Region Norrholm", party)]  # fmt: skip
        else:
            claims = [
                words("value", str(number)),
                words("what", "platser"),
                words("stated_by", "Region Norrholm", party),
            ]
        yield ClaimedFact(uid=uid, kind=kind, subject=subject, claims=tuple(claims), certainty="certain", language="sv")


def fill(count: int) -> None:
    """A hub with a party of so many facts."""
    from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, stable_uid  # noqa: PLC0415
    from handslag.reading.claims import period_claim  # noqa: PLC0415
    from handslag_hub.accounts.actors import command_actor  # noqa: PLC0415
    from handslag_hub.store.models import Entity  # noqa: PLC0415
    from handslag_hub.store.services import TypedFact, type_facts  # noqa: PLC0415

    actor = command_actor("bench")
    type_facts(actor, [TypedFact(fact) for fact in claimed(count)])
    heard = []
    for number, entity in enumerate(Entity.objects.filter(kind="commitment").order_by("pk")):
        if number % 2:
            continue
        uid = stable_uid("bench", "heard", entity.uid, length=24)
        says = ("underway", "delayed", "done")[number % 3]
        key = EntityKey("commitment", "", given_uid=entity.uid)
        claims = [Claim(predicate="of", value=entity.uid, normal=entity.uid, object=key), Claim(predicate="says", value=says, normal=says),
            Claim(predicate="by", value="owner", normal="owner"), Claim(predicate="words", value="Arbetet går framåt.", normal="arbetet går framåt."),
            period_claim("day", f"2026-{number % 9 + 1:02d}-11", "printed")]  # fmt: skip
        heard.append(TypedFact(ClaimedFact(uid=uid, kind="evidence", subject=EntityKey("evidence", uid, uid), claims=tuple(claims), certainty="certain")))  # fmt: skip
    type_facts(actor, heard)


def measured(rounds: int) -> dict[str, tuple[float, float]]:
    """What → wall and processor seconds: the median of the rounds, after one that is not counted."""
    from handslag.reading.claims import organisation_key  # noqa: PLC0415
    from handslag_hub.accounts.actors import command_actor  # noqa: PLC0415
    from handslag_hub.briefs.queries.composing import Asked, compose  # noqa: PLC0415
    from handslag_hub.briefs.rendering.markdown import markdown_of  # noqa: PLC0415
    from handslag_hub.briefs.rendering.pdf import fitting, pages_of, pdf_of  # noqa: PLC0415
    from handslag_hub.briefs.telling import tell  # noqa: PLC0415
    from handslag_hub.store.as_known import AsKnown  # noqa: PLC0415
    from handslag_hub.store.models import Entity  # noqa: PLC0415

    actor = command_actor("bench")
    asked = Asked((Entity.objects.get(uid=organisation_key("Region Norrholm").uid),))

    def composed(*, everything: bool = False) -> object:
        return compose(actor, AsKnown(), asked, TODAY, everything=everything)

    def one_page() -> None:
        _sheet, pdf = fitting(composed(), "sv")
        assert pages_of(pdf) == 1

    works: dict[str, Callable[[], object]] = {
        "what is known put together": composed,
        "PDF of one page, both languages measured": one_page,
        "PDF of all lines": lambda: pdf_of(tell(composed(everything=True), "sv"), TODAY),
        "Markdown of all lines": lambda: markdown_of(tell(composed(everything=True), "sv")),
    }
    found = {}
    for name, work in works.items():
        work()
        times = []
        for _ in range(rounds):
            wall, used = time.perf_counter(), time.process_time()
            work()
            times.append((time.perf_counter() - wall, time.process_time() - used))
        found[name] = (statistics.median(wall for wall, _ in times), statistics.median(used for _, used in times))
    return found


def in_a_hub_of_its_own(count: int, rounds: int) -> str:
    """Rows of the table for one size; in a process of its own, with a new hub."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, __file__, "--inside", str(count), "--rounds", str(rounds)]
        environment = {**os.environ, "HANDSLAG_HOME": home, "PYTHONPATH": str(ROOT / "src")}
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Measures, prints and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, action="append", help="of the party; several sizes may be named")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        from handslag_hub.site.starting import bring_up_to_date, set_up  # noqa: PLC0415

        set_up()
        bring_up_to_date()
        fill(given.inside)
        for name, (wall, used) in measured(given.rounds).items():
            print(f"| {name} | {given.inside:,} | {1000 * wall:.0f} | {1000 * used:.0f} |")
        return
    rows = "".join(in_a_hub_of_its_own(count, given.rounds) for count in given.facts or [500, 5000])
    text = f"""# Briefs, measured

`make bench-briefs`, {time.strftime("%Y-%m-%d")}. The brief of one party; to be reached: 500 facts as PDF in 2 s. Median of {given.rounds} rounds.

| what | facts of the party | wall ms | processor ms |
|---|---|---|---|
{rows}"""
    REPORT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
