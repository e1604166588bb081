"""How fast the ledger answers: rows of many commitments put in, then pages with filters, facets and counts timed.

    python bench/ledger_rows.py --commitments 200000 [--database postgresql://…]

Three million statements are some 180,000 commitments (as in the samples: one in seventeen); parties are as skewed as they are in the field (Zipf). Only the rows
are made, not the facts behind them, so the database is of no other use: without --database a temporary SQLite file.
"""

# Django is set up only when the folder of its data is known.
# ruff: noqa: PLC0415
from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import date, timedelta

THEMES = ("financing", "care", "research", "health_data", "clinical_trials", "skills", "policy", "cooperation", "growth", "", "biobanks", "genomics",
    "procurement", "medicines", "digitisation", "infrastructure", "regulation", "patients", "prevention", "preparedness")  # fmt: skip
FIRMNESS = ("promised", "planned", "possible", "aim", "agreed", "assigned", "underway", "done")
ZONES = ("body", "list", "quote", "lead", "table", "member_news", "headline", "teaser")
STATUSES = ("unreviewed", "accepted", "rejected", "corrected", "unsure")
TODAY = date(2026, 11, 21)


def main() -> None:
    """Fills a database and prints one line of timings for each kind of page."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--commitments", type=int, default=200_000)
    arguments.add_argument("--database", default="")
    arguments.add_argument(
        "--again", action="store_true", help="measure a database that was filled before (HANDSLAG_BENCH_HOME)"
    )
    arguments.add_argument("--rounds", type=int, default=15)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="handslag-bench-") as folder:
        home = os.environ.get("HANDSLAG_BENCH_HOME", folder)
        os.environ |= {"HANDSLAG_HOME": home, "DJANGO_SETTINGS_MODULE": "handslag_hub.site.settings"}
        if given.database:
            os.environ["DATABASE_URL"] = given.database
        import django

        django.setup()
        from django.core.management import call_command

        if not given.again:
            call_command("migrate", verbosity=0)
            fill(given.commitments)
        measure(given.rounds)


def zipf(rng: random.Random, n: int) -> int:
    """A rank from 0 to n - 1, the first far more often than the last."""
    return min(int(n ** rng.random()) - 1, n - 1) if rng.random() < 0.9 else rng.randrange(n)


def pick(rng: random.Random, values: tuple[str, ...]) -> str:
    """One of the values, the first ones more often."""
    return values[zipf(rng, len(values))]


def fill(commitments: int) -> None:
    """Puts rows in, with foreign keys off: the facts behind them are not made."""
    from django.db import connection, transaction
    from django.utils import timezone

    from handslag_hub.commitments.models import NO_DAY, CommitmentRow, Party
    from handslag_hub.store.models import Entity

    rng = random.Random(7)
    parties = max(200, commitments // 20)
    off = "SET session_replication_role = replica" if connection.vendor == "postgresql" else "PRAGMA foreign_keys = OFF"
    with connection.cursor() as cursor:
        cursor.execute(off)
    start = time.perf_counter()
    Entity.objects.bulk_create(
        (
            Entity(pk=i + 1, uid=f"p{i}", kind="organisation", canonical_id=i + 1, label=f"Actor {i}", level=0)
            for i in range(parties)
        ),
        batch_size=5000,
    )
    now = timezone.now()
    for begin in range(0, commitments, 5000):
        rows, named = [], []
        for i in range(begin, min(begin + 5000, commitments)):
            said = date(2010, 1, 1) + timedelta(days=rng.randrange(6100))
            due = said + timedelta(days=rng.randrange(1500)) if rng.random() < 0.5 else None
            row = CommitmentRow(fact_id=i + 1, about_id=1, level=0 if rng.random() < 0.85 else rng.choice((1, 2)),
                said_on=said, said=said, known_on=said, language=rng.choice(("sv", "sv", "en")), zone=pick(rng, ZONES), status=pick(rng, STATUSES),
                certainty="certain", created_at=now, what=f"build part {i} of the test bed together with the region", cue="ska",
                firmness=pick(rng, FIRMNESS), theme=pick(rng, THEMES), due_first=due, due_last=due, due=due or NO_DAY,
                due_text=str(due or ""), due_basis="printed")  # fmt: skip
            rows.append(row)
            seen: set[int] = set()
            for rank in range(rng.choice((1, 1, 2, 3))):
                who = zipf(rng, parties) + 1
                named.append(
                    Party(
                        fact_id=i + 1,
                        kind="commitment",
                        rank=rank,
                        named_id=who,
                        entity_id=who,
                        name=f"Actor {who}",
                        parts=1,
                        counted=who not in seen,
                        level=row.level,
                        known_on=said,
                        due=row.due,
                        language=row.language,
                        zone=row.zone,
                        status=row.status,
                        firmness=row.firmness,
                        theme=row.theme,
                    )
                )
                seen.add(who)  # fmt: skip
        with transaction.atomic():
            CommitmentRow.objects.bulk_create(rows)
            Party.objects.bulk_create(named)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")
    print(f"{connection.vendor}: {commitments} commitments, {Party.objects.count()} parties, {parties} actors; filled in {time.perf_counter() - start:.0f} s")  # fmt: skip


def measure(rounds: int) -> None:
    """Times what a page of the ledger asks: facets, count, a page of rows, their parties."""
    from django.db import connection, reset_queries

    from handslag_hub.accounts.actors import Actor
    from handslag_hub.commitments.models import Party
    from handslag_hub.commitments.queries.ledger import (
        PAGE,
        LedgerChoice,
        facets_of,
        listed,
    )
    from handslag_hub.store.as_known import AsKnown
    from handslag_hub.store.models import Entity
    from handslag_hub.store.queries import labels_of

    largest, middling = Entity.objects.get(pk=1), Entity.objects.get(pk=40)
    one, two = {"theme": frozenset(["financing"])}, {"theme": frozenset(["biobanks"]), "firmness": frozenset(["promised"])}  # fmt: skip
    pages = {
        "everything": (LedgerChoice(), AsKnown()),
        "the commonest theme": (LedgerChoice(one), AsKnown()),
        "a rare theme, firmness": (LedgerChoice(two), AsKnown()),
        "the largest party": (LedgerChoice({}, largest), AsKnown()),
        "a party, a theme": (LedgerChoice(one, middling), AsKnown()),
        "overdue": (LedgerChoice(due="overdue"), AsKnown()),
        "next 30 days": (LedgerChoice(due="soon"), AsKnown()),
        "largest party, overdue": (LedgerChoice({}, largest, "overdue"), AsKnown()),
        "said last": (LedgerChoice(sort="-said"), AsKnown()),
        "due last first": (LedgerChoice(sort="-due"), AsKnown()),
        "as known on a day": (LedgerChoice(), AsKnown(date(2020, 5, 1))),
        "as known, a theme": (LedgerChoice(one), AsKnown(date(2020, 5, 1))),
    }
    actor = Actor(None, "bench", "reader")
    print(f"{'page':<24}{'rows':>8}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}   of it: queries in ms")
    connection.force_debug_cursor = True
    for name, (choice, known) in pages.items():
        took, cpu = [], []
        for _ in range(rounds):
            reset_queries()
            start, began = time.perf_counter(), time.process_time()
            facets = facets_of(actor, known, choice, TODAY)
            page = list(listed(actor, known, choice, TODAY)[:PAGE])
            named = list(Party.objects.filter(fact__in=[row.pk for row in page]))
            labels_of(actor, [party.entity_id for party in named])
            took.append((time.perf_counter() - start) * 1000)
            cpu.append((time.process_time() - began) * 1000)
        parts = " ".join(f"{float(query['time']) * 1000:.0f}" for query in connection.queries)
        took.sort()
        p95 = took[min(len(took) - 1, round(0.95 * (len(took) - 1)))]
        print(
            f"{name:<24}{facets.total:>8}{statistics.median(took):>9.0f}{p95:>9.0f}{statistics.median(cpu):>9.0f}   {parts}"
        )


if __name__ == "__main__":
    main()
