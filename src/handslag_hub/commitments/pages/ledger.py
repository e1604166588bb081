"""The ledger of commitments, and the page of one."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from handslag_hub.accounts.doors import door
from handslag_hub.commitments.forms import RangeForm
from handslag_hub.commitments.models import CommitmentRow, Part
from handslag_hub.commitments.pages.asking import day_looked_from, page_asked, party_asked, values_asked
from handslag_hub.commitments.queries.agreements import named_in
from handslag_hub.commitments.queries.choosing import Facet, FacetValue, shelf_facet, toggled, with_page
from handslag_hub.commitments.queries.ledger import PAGE, SHELVES, SORTS, LedgerChoice, facets_of, rows_shown
from handslag_hub.commitments.queries.standing import Look, look_of
from handslag_hub.commitments.services import VERBS
from handslag_hub.commitments.standing import Cluster, clusters_of
from handslag_hub.commitments.wording import DUE
from handslag_hub.commitments.wording import SORTS as SORT_LABELS
from handslag_hub.store.models import Assertion
from handslag_hub.store.models.caches import LONG_AGO


@door("reader")
def show_commitments(request: HttpRequest) -> HttpResponse:
    """The commitments that the choice in the address leaves, with counts of what else there is."""
    today = day_looked_from(request)
    party, several, unknown = party_asked(request)
    days = RangeForm(request.GET)
    within = days.cleaned_data if days.is_valid() else {}
    due = request.GET.get("due", "")
    if within.get("due_from") or within.get("due_to"):
        due = "range"
    choice = LedgerChoice(shelves=values_asked(request, SHELVES), party=party, due=due if due in {*DUE, "range"} else "",
        due_from=within.get("due_from"), due_to=within.get("due_to"),
        sort=request.GET.get("sort") if request.GET.get("sort") in SORTS else "due")  # fmt: skip
    if choice.due == "range" and not (choice.due_from or choice.due_to):
        choice = LedgerChoice(choice.shelves, party, sort=choice.sort)
    look = look_of(request.actor, request.as_known, today)
    facets = facets_of(request.actor, request.as_known, choice, today, look)
    pages = max(1, -(-facets.total // PAGE))
    page = min(page_asked(request), pages)
    rows = rows_shown(request.actor, request.as_known, choice, today, page, look)
    clusters = clusters_of({row.about_id for row in rows})
    who = named_in(request.actor, [row.pk for row in rows], Part.WHO)
    query = request.GET
    kept = [
        (key, value)
        for key in query
        for value in query.getlist(key)
        if key not in {"page", "name", "party", "due", "due_from", "due_to"}
    ]
    return render(request, "commitments/commitments.html", {
        "lines": [(row, who.get(row.pk, []), *_standing(look, clusters.get(row.about_id), row)) for row in rows],
        "facets": [shelf_facet(query, name, facets.shelves[name], choice.shelves.get(name, ())) for name in ("standing", *SHELVES[:-1])],
        "due_facet": Facet(_("Due"), [FacetValue(str(label), facets.due[name], choice.due == name, toggled(query, "due", name, single=True)) for name, label in DUE.items()], []),
        "party_facet": Facet(_("Who is named"), [FacetValue(label, n, party is not None and party.uid == uid, toggled(query, "party", uid, single=True)) for uid, label, n in facets.parties], []),
        "total": facets.total, "party": party, "several": [(one, toggled(query, "party", one.uid, single=True)) for one in several],
        "unknown": unknown, "without_party": toggled(query, "party", party.uid) if party and query.get("party") else "",
        "days": days, "kept": kept, "today": today, "choice": choice,
        "chosen": any(key not in {"on", "held", "sort", "page"} for key in query),
        "sorts": [(label, name == choice.sort, toggled(query, "sort", name, single=True)) for name, label in SORT_LABELS.items()],
        "page": page, "pages": pages, "before": with_page(query, page - 1) if page > 1 else "", "after": with_page(query, page + 1) if page < pages else "",
    })  # fmt: skip


def _standing(look: Look, cluster: Cluster | None, row: CommitmentRow) -> tuple[str, date | None, int | None]:
    """The state, the day on which it was last heard of, and for how many days nothing was."""
    state, last = look.state_of(cluster, row.firmness, row.said)
    since = last or (row.said if row.said > LONG_AGO else None)
    return state, last, (look.today - since).days if since and since <= look.today else None


def typed_here(facts: list[int]) -> set[int]:
    """Those of the facts that were typed with this part's forms and can be taken back."""
    typed = Assertion.objects.filter(
        fact__in=facts, document=None, on=True, action__undone=False, action__verb__in=VERBS.values()
    )
    return set(typed.values_list("fact", flat=True))
