"""Pages on which a list from a spreadsheet is brought in: the file, what its columns mean, what each row lacks, the import."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handslag.kernel.claims import normal_words
from handslag_hub.accounts.doors import door
from handslag_hub.design.numbers_asked import number_asked
from handslag_hub.design.words import language_now
from handslag_hub.exchange.access import access_list_by_uid
from handslag_hub.exchange.formats.delimited import MARK, csv_row
from handslag_hub.exchange.models import ListImport, ListKind
from handslag_hub.exchange.queries import latest_lists
from handslag_hub.exchange.services.lists import (
    bring_list,
    change_understanding,
    import_list,
    is_imported,
    opened_list,
    rows_of,
    undo_import,
)
from handslag_hub.exchange.sheets.fields import FIELDS
from handslag_hub.exchange.sheets.opening import MOST_BYTES, MOST_ROWS, OpenList
from handslag_hub.exchange.sheets.rows import ReadRow
from handslag_hub.exchange.sheets.understanding import LEFT_OUT, Understanding, words_to_choose
from handslag_hub.exchange.tables import labels_in
from handslag_hub.store.errors import Refused
from handslag_hub.store.models.documents import Visibility

_PREVIEWED = 20
_FAULTS_SHOWN = 200
_WORDS_SHOWN = 100


@door("reviewer")
def show_lists(request: HttpRequest) -> HttpResponse:
    """The lists that were brought in; a POST brings one in."""
    error = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        level = request.POST.get("visibility", "")
        try:
            if file is None:
                raise Refused(_("Choose a file first."))
            if file.size > MOST_BYTES:
                raise Refused(_("%(name)s is larger than %(most)d MB. Split the list into smaller files.") % {"name": file.name, "most": MOST_BYTES // 10**6})  # fmt: skip
            found = bring_list(request.actor, file.name, file.read(), request.POST.get("kind", ""),
                visibility=int(level) if level in map(str, Visibility.values) else Visibility.INTERNAL, language=_language(request.POST))  # fmt: skip
            return redirect("list", found.uid)
        except Refused as refusal:
            error = str(refusal)
    lists = latest_lists(request.actor)
    context = {"lists": lists, "error": error, "kinds": ListKind.choices, "levels": Visibility.choices, "most_rows": MOST_ROWS, "language": _language(request.POST), "chosen_kind": request.POST.get("kind", "")}  # fmt: skip
    return render(request, "exchange/lists.html", context, status=400 if error else 200)


@door("reviewer")
def show_list(request: HttpRequest, uid: str) -> HttpResponse:
    """What the list's columns mean, its first rows, and what is wrong where; a POST changes how it is understood."""
    found = access_list_by_uid(request.actor, uid)
    opened = opened_list(found)
    if request.method == "POST":
        change_understanding(request.actor, found, _understood(request.POST, found, opened))
        return redirect("list", uid)
    understood = Understanding.from_json(found.understanding)
    rows = rows_of(found, opened)
    faulty = [row for row in rows if row.faults]
    context = {
        "list": found,
        "told": opened.told,
        "headers": opened.headers,
        "imported": is_imported(found),
        "understood": understood,
        "kinds": ListKind.choices,
        "fields": _fields(opened, understood),
        "preview": [_previewed(row, understood.kind) for row in rows[:_PREVIEWED]],
        "faulty": faulty[:_FAULTS_SHOWN],
        "faults": len(faulty),
        "good": len(rows) - len(faulty),
        "more": max(0, len(faulty) - _FAULTS_SHOWN),
    }
    return render(request, "exchange/list.html", context)


@door("reviewer")
@require_POST
def import_now(request: HttpRequest, uid: str) -> HttpResponse:
    """Imports the rows that can be understood."""
    found = import_list(request.actor, access_list_by_uid(request.actor, uid), again=request.POST.get("again") == "1")
    words = ngettext("%(count)d row was imported.", "%(count)d rows were imported.", found.imported) % {"count": found.imported}  # fmt: skip
    messages.success(request, words)
    return redirect("list", uid)


@door("reviewer")
@require_POST
def undo_now(request: HttpRequest, uid: str) -> HttpResponse:
    """Takes the import back."""
    undo_import(request.actor, access_list_by_uid(request.actor, uid))
    messages.success(request, _("The import is undone: none of its facts counts any longer."))
    return redirect("list", uid)


@door("reviewer")
def give_faults(request: HttpRequest, uid: str) -> StreamingHttpResponse:
    """The rows that are not imported, as CSV, with what is wrong with each."""
    found = access_list_by_uid(request.actor, uid)
    opened = opened_list(found)
    lines = list(_fault_lines(opened, rows_of(found, opened)))
    response = StreamingHttpResponse(iter(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rows-not-imported-{found.uid}.csv"'
    return response


def _fault_lines(opened: OpenList, rows: Iterable[ReadRow]) -> Iterable[str]:
    yield MARK + csv_row([*opened.headers, _("Line"), _("What is wrong")])
    for row in rows:
        if row.faults:
            reasons = "; ".join(_("%(column)s: found “%(found)s”, expected %(expected)s") % {"column": fault.column, "found": fault.found, "expected": fault.expected} for fault in row.faults)  # fmt: skip
            yield csv_row([*row.cells, str(row.line), reasons])


def _language(given: QueryDict) -> str:
    language = given.get("language", "")
    return language if language in {"sv", "en"} else language_now()


def _understood(given: QueryDict, found: ListImport, opened: OpenList) -> Understanding:
    """What somebody chose; what is none of the choices is left as if nothing was chosen."""
    kind = given.get("kind", found.kind)
    kind = kind if kind in FIELDS else found.kind
    columns: dict[str, int] = {}
    words: dict[str, dict[str, str]] = {}
    labels = labels_in("en")
    for field in FIELDS[kind]:
        place = number_asked(given.get(f"column-{field.key}", ""))
        if place is not None and place < len(opened.headers):
            columns[field.key] = place
        if field.reads == "coded":
            keys = {*labels[field.codes], LEFT_OUT}
            written = given.getlist(f"word-{field.key}")
            chosen = given.getlist(f"means-{field.key}")
            words[field.key] = {normal_words(word): key for word, key in zip(written, chosen, strict=False) if key in keys}  # fmt: skip
    return Understanding(kind, columns, {name: some for name, some in words.items() if some}, _language(given))


def _previewed(row: ReadRow, kind: str) -> dict[str, object]:
    """A row as the page shows it: its cells, and what is understood of them in words."""
    labels = labels_in(language_now())
    fields = {field.key: field for field in FIELDS[kind]}
    values = [
        (fields[claim.predicate].label, labels[codes].get(claim.value, claim.value) if (codes := fields[claim.predicate].codes) else claim.value)
        for claim in (row.fact.claims if row.fact else ())
        if claim.predicate in fields
    ]  # fmt: skip
    return {"line": row.line, "cells": row.cells, "values": values}


def _fields(opened: OpenList, understood: Understanding) -> list[dict[str, object]]:
    """The fields of the kind of list, the column of each, and the words whose meaning a person chooses."""
    unknown = words_to_choose(opened, understood)
    labels = labels_in(language_now())
    return [
        {
            "field": field,
            "column": understood.columns.get(field.key),
            "keys": sorted(labels[field.codes].items(), key=lambda item: item[1]) if field.codes else [],
            "words": [
                {"word": word, "means": understood.words.get(field.key, {}).get(normal_words(word), "")}
                for word in unknown.get(field.key, [])[:_WORDS_SHOWN]
            ],
        }
        for field in FIELDS[understood.kind]
    ]
