"""What `bench/hub.py` measures, each line in a process of its own: `python bench/hub_measures.py LINE …` prints JSON."""

from __future__ import annotations

import gc
import json
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
import python_calamine  # noqa: E402
from django.conf import settings  # noqa: E402  needs `set_up`
from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from handslag.language.search import parse_query  # noqa: E402
from handslag_hub.accounts.actors import command_actor  # noqa: E402
from handslag_hub.commitments.models import CommitmentRow  # noqa: E402
from handslag_hub.register.models import Trait  # noqa: E402
from handslag_hub.store.as_known import AsKnown  # noqa: E402
from handslag_hub.store.models import Conflict, Document, Entity, Fact, Statement  # noqa: E402
from handslag_hub.store.search import Hit, find  # noqa: E402

Times = dict[str, float]


def percentiles(seconds: list[float]) -> Times:
    """Median and 95th percentile, in milliseconds."""
    ordered = sorted(seconds)
    return {"p50": statistics.median(ordered) * 1000, "p95": ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000, "slowest": ordered[-1] * 1000}  # fmt: skip


def timed(do: Callable[[], object]) -> float:
    """How long it takes, in seconds."""
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


# --- pages -----------------------------------------------------------------------------------------------------------


def addresses() -> Iterator[tuple[str, str]]:
    """(what it is, address) of every page that a reviewer opens in a day's work: each kind at its busiest."""

    def busiest(kind: str) -> str:
        rows = Trait.objects.filter(name="has", entity__kind=kind, entity__level=0).values_list("entity__uid").annotate(n=Sum("count"))  # fmt: skip
        return (rows.order_by("-n").first() or ("",))[0]

    def first(rows: object, field: str = "uid") -> object:
        return rows.order_by("-pk").values_list(field, flat=True).first()

    organisation, person = busiest("organisation"), busiest("person")
    document = next(
        (page.uid for page in Document.objects.filter(live=True).order_by("-pk")[:50] if page.facts.count() > 20), ""
    )
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
        ("ledger, where it stands", "commitments", (), "standing=nothing+heard+since"), ("heard since", "heard", (), ""),
        ("passages against each other", "heard-against", (), ""), ("coherence", "coherence", (), ""),
        ("coherence, a cell", "coherence-cell", ("care", "unknown"), ""), ("my news, subscribed to the busiest", "news", (), ""),
        ("letters", "letters", (), ""), ("what can be asked about", "ask", (organisation,), ""), ("brief of the busiest", "brief", (organisation,), ""),
        ("agreements", "agreements", (), ""), ("an agreement", "agreement", (first(Entity.objects.filter(kind="agreement", level=0)),), ""),
        ("signals", "signals", (), ""), ("signals of a kind", "signals", (), "kind=investment"),
        ("conflicts", "conflicts", (), ""), ("a conflict", "conflict", (first(Conflict.objects, "pk"),), ""),
        ("search, a common word", "search", (), "q=forskning"), ("search, two words", "search", (), "q=testbädd+Malmö"),
        ("search, misspelt", "search", (), "q=forsknig"), ("trail", "trail", (), ""), ("people", "people", (), ""), ("exports", "exports", (), ""),
    ]  # fmt: skip
    for what, name, arguments, query in pages:
        if None in arguments or "" in arguments:
            continue
        try:
            yield what, reverse(name, args=arguments) + (f"?{query}" if query else "")
        except NoReverseMatch:
            print(f"{what}: no such page yet", file=sys.stderr)


def measure_pages(rounds: str = "20", only: str = "", until: str = "") -> dict[str, object]:
    """Each page: p50, p95, the processor's time (which others on the machine do not lengthen), queries; not the first time, which fills caches.

    With `until` (a file), all pages are asked for in turn until it is there.
    """
    client = Client(headers={"host": "localhost"})
    pages = [(what, address) for what, address in addresses() if not only or any(word in what for word in only.split(","))]  # fmt: skip
    return asked_for(client, pages, int(rounds), until)


def asked_for(client: Client, pages: list[tuple[str, str]], rounds: int, until: str = "") -> dict[str, object]:
    """The figures of these pages (what, address)."""
    found = {}
    for what, address in pages:
        queries: list[str] = []

        def count(execute, sql, *rest):
            queries.append(sql)  # noqa: B023  called at once
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            response = client.get(address)
        found[what] = {"times": [], "busy": 0.0, "queries": len(queries), "status": response.status_code, "size": len(response.content)}  # fmt: skip
        if not until:
            _ask(client, address, found[what], rounds)
    while until and not Path(until).exists():
        for what, address in pages:
            _ask(client, address, found[what], 1)
    return {what: _summed_up(row) for what, row in found.items()}


def _ask(client: Client, address: str, row: dict, rounds: int) -> None:
    """Asks for the page so many times."""
    gc.collect()
    busy = time.process_time()
    for _ in range(rounds):
        begun = time.perf_counter()
        status = client.get(address).status_code
        row["times"].append(time.perf_counter() - begun)
        row["status"] = status if status != 200 else row["status"]
    row["busy"] += time.process_time() - busy


def _summed_up(row: dict) -> dict[str, object]:
    times, busy = row.pop("times"), row.pop("busy")
    return {**row, **percentiles(times or [0.0]), "cpu": busy / max(1, len(times)) * 1000, "rounds": len(times)}


def spreadsheet() -> dict[str, float]:
    """What somebody without a hub does: the commitments in a workbook, opened and filtered by theme and firmness."""
    path = Path(settings.HOME) / "ledger.xlsx"
    fields = ("fact", "firmness", "theme", "due_text", "said_on", "what")
    rows = CommitmentRow.objects.filter(level__lt=9)
    if not path.exists():
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        sheet.append(fields)
        for row in rows.values_list(*fields).iterator():
            sheet.append(row)
        book.save(path)

    def by_openpyxl() -> int:
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        return sum(row[2] == "care" and row[1] == "promised" for row in sheet.iter_rows(values_only=True))

    def by_calamine() -> int:
        sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return sum(row[2] == "care" and row[1] == "promised" for row in sheet.to_python())

    return {"openpyxl": timed(by_openpyxl), "calamine": timed(by_calamine), "rows": rows.count(), "megabytes": path.stat().st_size / 1e6}  # fmt: skip


# --- search ----------------------------------------------------------------------------------------------------------


# LIKE reads all values where fewer than twenty have the word: of these not all queries are asked.
_LIKE_QUERIES = 30


def search(count: str = "200") -> dict[str, object]:
    """Queries of one to three words as the page of search asks them, the same with LIKE, and the hits, to compare databases."""
    rng = Random(7)
    top = Statement.objects.order_by("-pk").values_list("pk", flat=True)[0]
    asked = []
    for _ in range(int(count)):
        words = Statement.objects.filter(pk__gte=rng.randrange(top)).order_by("pk").first().value.split()
        asked.append(rng.sample(words, min(len(words), rng.randint(1, 3))))
    actor, known = command_actor("bench"), AsKnown()
    find(actor, known, parse_query("forskning"))
    fast, slow, hits = [], [], []
    busy = time.process_time()
    for words in asked:
        begun = time.perf_counter()
        found = find(actor, known, parse_query(" ".join(words)), limit=20)
        fast.append(time.perf_counter() - begun)
        hits.append([[section.group, section.count, section.more, [_address(hit) for hit in section.hits]] for section in found.sections])  # fmt: skip
    busy = (time.process_time() - busy) / len(asked) * 1000
    for words in asked[:_LIKE_QUERIES]:
        where = " AND ".join(["value LIKE %s"] * len(words))
        like = f"SELECT id FROM store_statement WHERE {where} ORDER BY id DESC LIMIT 20"
        slow.append(timed(lambda: _run(like, [f"%{word}%" for word in words])))  # noqa: B023  called at once
    found_none = sum(not any(section[1] for section in sections) for sections in hits)
    return {"index": {**percentiles(fast), "cpu": busy}, "like": percentiles(slow), "hits": hits, "found_none": found_none}  # fmt: skip


def _address(hit: Hit) -> str:
    there = hit.document or (hit.fact and hit.fact.fact) or hit.entity
    return there.uid if there else ""


def _run(command: str, parameters: list[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(command, parameters)
        return cursor.fetchall()


# --- writing ---------------------------------------------------------------------------------------------------------


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
    lines = {"pages": measure_pages, "spreadsheet": spreadsheet, "search": search, "make_pages": make_pages}  # fmt: skip
    print(json.dumps(lines[line](*given)))
