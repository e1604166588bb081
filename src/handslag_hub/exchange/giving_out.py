"""A table in a format, as a response that is written while it is sent."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone

from handslag_hub.design.words import language_now
from handslag_hub.exchange.formats.delimited import csv_lines
from handslag_hub.exchange.formats.linked import Graph, Node, graph_text
from handslag_hub.exchange.formats.workbook import write_workbook
from handslag_hub.exchange.full_facts import full_facts
from handslag_hub.exchange.selection import CHUNK, Selection, in_chunks, selected_facts
from handslag_hub.exchange.tables import TABLES, Labels, Table, labels_in
from handslag_hub.store.models import Document
from handslag_hub.store.queries import known_documents

ALL = "all"
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonld": "application/ld+json",
}
# Lines sent at once.
_LINES = 200


def formats_of(table: str) -> tuple[str, ...]:
    """The formats in which a table goes out: linked data are of facts and documents, and CSV is one table."""
    if table == ALL:
        return ("xlsx", "jsonld")
    if table not in TABLES:
        return ()
    return ("csv", "xlsx", "jsonld") if TABLES[table].kind or table == "documents" else ("csv", "xlsx")


def response_with(table: str, form: str, chosen: Selection, base: str, *, keys: bool = False, mark: bool = True) -> HttpResponse | StreamingHttpResponse:  # fmt: skip
    """The file. With `keys` headers and values are the stable keys, otherwise what people read in the language that is set."""
    labels = None if keys else labels_in(language_now())
    tables = list(TABLES.values()) if table == ALL else [TABLES[table]]
    if form == "xlsx":
        response: HttpResponse | StreamingHttpResponse = _workbook(tables, chosen, base, labels)
    elif form == "csv":
        lines = csv_lines(tables[0].columns, tables[0].rows(chosen, base), labels, mark=mark)
        response = StreamingHttpResponse(_together(lines), content_type=TYPES[form])
    else:
        response = StreamingHttpResponse(_together(graph_text(nodes_of(table, chosen, base))), content_type=TYPES[form])
    response["Content-Type"] = TYPES[form]
    response["Content-Disposition"] = f'attachment; filename="{file_name(table, form, chosen)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def file_name(table: str, form: str, chosen: Selection) -> str:
    """What the file is called: the table, as known when, made when. The file itself does not say when it was made."""
    known = f"-known-{chosen.known.day.isoformat()}" if chosen.known.day else ""
    return f"handslag-{table}{known}{'-public' if chosen.is_public else ''}-{timezone.localtime():%Y%m%d-%H%M}.{form}"


def nodes_of(table: str, chosen: Selection, base: str) -> Iterator[Node]:
    """The nodes of a table's linked data."""
    graph = Graph(base)
    if table in {ALL, "documents"}:
        documents = known_documents(chosen.actor, chosen.known)
        if chosen.document:
            documents = documents.filter(pk=chosen.document.pk)
        for document in documents.select_related("source").defer("text", "lines").order_by("uid").iterator(chunk_size=CHUNK):  # fmt: skip
            yield from graph.document_nodes(document)
    if table == "documents":
        return
    facts = selected_facts(chosen)
    if table != ALL:
        facts = facts.filter(kind=TABLES[table].kind)
    for lot in in_chunks(facts):
        graph.texts = dict(Document.objects.filter(pk__in={fact.document_id for fact in lot if fact.document_id}).values_list("pk", "text"))  # fmt: skip
        for full in full_facts(chosen, lot):
            yield from graph.fact_nodes(full)


def _workbook(tables: Iterable[Table], chosen: Selection, base: str, labels: Labels | None) -> FileResponse:
    # Kept by the response, which closes (and so deletes) it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        write_workbook(file, ((str(table.title) if labels else table.key, table.columns, table.rows(chosen, base)) for table in tables), labels)  # fmt: skip
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file)


def _together(lines: Iterator[str]) -> Iterator[str]:
    """Lines by the hundred. The first are made at once, in the language that is set and where an error still can be told."""
    first = next(lines, "")
    return _joined(chain([first], lines))


def _joined(lines: Iterator[str]) -> Iterator[str]:
    lot: list[str] = []
    for line in lines:
        lot.append(line)
        if len(lot) == _LINES:
            yield "".join(lot)
            lot = []
    if lot:
        yield "".join(lot)
