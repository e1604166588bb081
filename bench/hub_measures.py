"""What `bench/hub.py` measures, each line in a process of its own: `python bench/hub_measures.py LINE …` prints JSON."""

from __future__ import annotations

import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "bench")]

from handslag_hub.site.starting import set_up  # noqa: E402

set_up()

import openpyxl  # noqa: E402
from django.conf import settings  # noqa: E402  needs `set_up`
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from handslag.language.search import parse_query  # noqa: E402
from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.reading.services import Incoming, claim_next, read_arrival  # noqa: E402
from handslag_hub.reading.services import bring_in as take_in  # noqa: E402
from handslag_hub.site.commands import add  # noqa: E402
from handslag_hub.store.models import Action, Conflict, Document, Entity, Fact, SearchRow, Statement  # noqa: E402
from handslag_hub.store.search_tokens import GROUP_OF, row_question  # noqa: E402

Times = dict[str, float]


def percentiles(seconds: list[float]) -> Times:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return {"p50": statistics.median(ordered) * 1000, "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000}  # fmt: skip


def timed(do: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


# --- pages -----------------------------------------------------------------------------------------------------------


def addresses() -> Iterator[tuple[str, str]]:
    """(what it is, address) of every page that a reviewer opens in a day's work: each kind at its busiest."""

    def busiest(kind: str) -> str:
        named = Entity.objects.filter(kind=kind, level=0).values("pk")
        field = "statements__object_now" if kind in {"organisation", "person"} else "about"
        row = Fact.objects.filter(**{f"{field}__in": named}).values_list(field).annotate(n=Count("pk")).order_by("-n").first()  # fmt: skip
        return Entity.objects.filter(pk=row[0]).values_list("canonical__uid", flat=True)[0] if row else ""

    def first(rows: object, field: str = "uid") -> object:
        return rows.order_by("-pk").values_list(field, flat=True).first()

    organisation, person = busiest("organisation"), busiest("person")
    document = first(Document.objects.filter(live=True).annotate(n=Count("facts")).filter(n__gt=20))
    commitment = first(Entity.objects.filter(kind="commitment", level=0))
    pages = [
        ("today", "today", (), ""), ("documents", "documents", (), ""), ("documents, page 2", "documents", (), "page=2"),
        ("a document", "document", (document,), ""), ("add", "add", (), ""),
        ("review queue", "review", (), ""), ("review queue, commitments", "review", (), "kind=commitment"),
        ("review queue, one document", "review", (), f"document={document}"),
        ("a fact", "fact", (first(Fact.objects.filter(shown=True, kind="commitment")),), ""),
        ("register", "register", (), ""), ("register, organisations", "register", (), "kind=organisation"),
        ("register, by name", "register", (), "q=Malmö"), ("the same?", "same", (), ""),
        ("busiest organisation", "entity", (organisation,), ""), ("busiest organisation, on a day", "entity", (organisation,), "on=2025-06-01"),
        ("busiest organisation, as held", "entity", (organisation,), "on=2026-11-21&held=1"),
        ("busiest person", "entity", (person,), ""), ("busiest event", "entity", (busiest("event"),), ""),
        ("ledger", "commitments", (), ""), ("ledger, theme and firmness", "commitments", (), "theme=care&firmness=promised"),
        ("ledger, one party", "commitments", (), f"party={organisation}"), ("ledger, due 2027", "commitments", (), "due_from=2027-01-01&due_to=2027-12-31"),
        ("ledger, on a day", "commitments", (), "on=2025-06-01"), ("a commitment", "commitment", (commitment,), ""),
        ("agreements", "agreements", (), ""), ("an agreement", "agreement", (first(Entity.objects.filter(kind="agreement", level=0)),), ""),
        ("signals", "signals", (), ""), ("signals of a kind", "signals", (), "kind=investment"),
        ("conflicts", "conflicts", (), ""), ("a conflict", "conflict", (first(Conflict.objects, "pk"),), ""),
        ("search, a common word", "search", (), "q=forskning"), ("search, two words", "search", (), "q=testbädd+Malmö"),
        ("search, misspelt", "search", (), "q=forsknig"), ("trail", "trail", (), ""), ("an action", "action", (first(Action.objects, "pk"),), ""),
        ("people", "people", (), ""), ("exports", "exports", (), ""),
    ]  # fmt: skip
    for what, name, arguments, query in pages:
        if None in arguments or "" in arguments:
            continue
        try:
            yield what, reverse(name, args=arguments) + (f"?{query}" if query else "")
        except NoReverseMatch:
            print(f"{what}: no such page yet", file=sys.stderr)


def measure_pages(rounds: str = "20", only: str = "") -> dict[str, object]:
    """Each page: p50, p95, the processor's time (which others on the machine do not lengthen), queries; not the first time, which fills caches."""
    client = Client(headers={"host": "localhost"})
    found = {}
    for what, address in addresses():
        if only and not any(word in what for word in only.split(",")):
            continue
        # What it costs at first, and how many queries.
        queries: list[str] = []

        def count(execute, sql, *rest):
            queries.append(sql)  # noqa: B023  called at once
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = client.get(address)
        gc.collect()
        busy = time.process_time()
        times = [timed(lambda: client.get(address)) for _ in range(int(rounds))]  # noqa: B023  called at once
        busy = (time.process_time() - busy) / len(times) * 1000
        found[what] = {**percentiles(times), "cpu": busy, "queries": len(queries), "status": response.status_code, "size": len(response.content)}  # fmt: skip
        print(what, found[what], file=sys.stderr)
    return found


def spreadsheet() -> dict[str, float]:
    """What somebody without a hub does: the commitments in a workbook, opened and filtered by theme and firmness."""
    path = Path(settings.HOME) / "ledger.xlsx"
    if not path.exists():
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(["fact", "predicate", "value"])
        rows = Statement.objects.filter(fact__kind="commitment", fact__shown=True).order_by("fact", "rank")
        wanted = {"what", "who", "firmness", "theme", "when"}
        row: dict[str, object] = {}
        for fact, predicate, value in rows.values_list("fact", "predicate", "value").iterator():
            if row.get("fact") not in {None, fact}:
                sheet.append([row.get(key, "") for key in ("fact", *sorted(wanted))])
                row = {}
            row["fact"] = fact
            if predicate in wanted:
                row[predicate] = value
        book.save(path)

    def look() -> int:
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        return sum(row[4] == "care" and row[1] == "promised" for row in sheet.iter_rows(values_only=True))

    return {"seconds": timed(look), "megabytes": path.stat().st_size / 1e6}


# --- search ----------------------------------------------------------------------------------------------------------


def search(count: str = "200") -> dict[str, object]:
    """Queries of one to three words: p95 of the index and of LIKE, and the hits, to compare databases."""
    rng = Random(7)
    top = Statement.objects.order_by("-pk").values_list("pk", flat=True)[0]
    values = [
        Statement.objects.filter(pk__gte=rng.randrange(top)).order_by("pk").first().value for _ in range(int(count))
    ]
    asked = [" ".join(rng.sample(value.split(), min(len(value.split()), rng.randint(1, 3)))) for value in values]
    fast, slow, hits = [], [], []
    for words in asked:
        query = parse_query(words)
        question = row_question(query, kinds=list(GROUP_OF), level=2, vendor=connection.vendor)
        table = SearchRow._meta.db_table
        if connection.vendor == "postgresql":
            command = f"SELECT id FROM {table} WHERE lexemes @@ %s::tsquery ORDER BY id DESC LIMIT 20"
            every = f"SELECT count(*), sum(id) FROM {table} WHERE lexemes @@ %s::tsquery"
        else:
            command = (
                "SELECT rowid FROM store_searchindex WHERE store_searchindex MATCH %s ORDER BY rowid DESC LIMIT 20"
            )
            every = "SELECT count(*), sum(rowid) FROM store_searchindex WHERE store_searchindex MATCH %s"
        fast.append(timed(lambda: _run(command, [question])))  # noqa: B023
        hits.append([str(value) for value in _run(every, [question])[0]])
        like = (
            "SELECT id FROM store_statement WHERE "
            + " AND ".join(["value LIKE %s"] * len(words.split()))
            + " ORDER BY id DESC LIMIT 20"
        )
        slow.append(timed(lambda: _run(like, [f"%{word}%" for word in words.split()])))  # noqa: B023
    return {"index": percentiles(fast), "like": percentiles(slow), "hits": hits, "found_none": sum(row[0] == "0" for row in hits)}  # fmt: skip


def _run(command: str, parameters: list[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(command, parameters)
        return cursor.fetchall()


# --- writing ---------------------------------------------------------------------------------------------------------


def bring_in(folder: str) -> dict[str, float]:
    """Brings a folder in as `handslag hub add` does: seconds, and the memory of the largest process."""
    seconds = timed(lambda: add.run([Path(folder)]))
    kilobytes = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {"seconds": seconds, "megabytes": kilobytes / 1024}


def drop_to_visible(folder: str) -> Times:
    """From a dropped page's bytes to its facts on the page of the document."""
    client, times = Client(headers={"host": "localhost"}), []
    for path in sorted(Path(folder).iterdir())[:20]:
        begun = time.perf_counter()
        batch = take_in(command_actor("bench"), [Incoming(path.name, path.read_bytes() + b"\n")], name=path.name)
        read_arrival(claim_next("bench"))
        document = batch.arrivals.get().document
        assert client.get(reverse("document", args=[document.uid])).status_code == 200
        times.append(time.perf_counter() - begun)
    return percentiles(times)


def make_pages(folder: str, count: str) -> dict[str, int]:
    """Writes pages to bring in: the samples with their names and numbers changed."""
    texts = [path.read_text() for path in sorted((ROOT / "samples").iterdir()) if path.suffix in {".txt", ".md"}]
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rng = Random(3)
    for number in range(int(count)):
        lines = texts[number % len(texts)].splitlines()
        body = [line for line in lines if rng.random() < 0.95] + [f"Sida {number}."]
        (target / f"{number:05}.txt").write_text("\n".join(body))
    return {"pages": int(count)}


if __name__ == "__main__":
    line, *given = sys.argv[1:]
    lines = {"pages": measure_pages, "spreadsheet": spreadsheet, "search": search, "bring_in": bring_in, "drop": drop_to_visible, "make_pages": make_pages}  # fmt: skip
    print(json.dumps(lines[line](*given)))
