"""What a party can be asked about, with ticks; the ticked become a letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from handslag_hub.accounts.doors import door
from handslag_hub.asking.queries.choosing import SILENT_DAYS, askable, chosen_facts
from handslag_hub.asking.services.letters import write_letter
from handslag_hub.design.words import language_now
from handslag_hub.store.access import access_entity_by_uid

_SHOWS = ("", "due", "silent")
# No letter asks about more; which they are is narrowed above the list.
_SHOWN = 100


@door("reviewer")
def choose(request: HttpRequest, uid: str) -> HttpResponse:
    """The party's commitments; a POST writes a draft about those ticked."""
    party = access_entity_by_uid(request.actor, uid, "organisation", "person")
    if party.canonical.uid != uid:
        return redirect("ask", party.canonical.uid)
    if request.method == "POST":
        facts = chosen_facts(request.actor, party, request.POST.getlist("fact")[:1000])
        return redirect("letter", write_letter(request.actor, party, facts, otherwise=language_now()).uid)
    show = request.GET.get("show", "")
    show = show if show in _SHOWS else ""
    lines, more = askable(request.actor, party, show)
    lines, more = lines[:_SHOWN], more or len(lines) > _SHOWN
    return render(request, "asking/choose.html", {"party": party, "lines": lines, "more": more, "show": show, "silent_days": SILENT_DAYS})  # fmt: skip
