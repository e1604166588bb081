"""What is held of a person: to see, to export, to erase."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts.doors import door
from handslag_hub.store.access import access_entity_by_uid
from handslag_hub.store.erasing.export import export_person, person_data
from handslag_hub.store.erasing.services import erase_person, namesakes_of


@door("administrator")
def show_person_data(request: HttpRequest, uid: str) -> HttpResponse:
    """Everything held of a person, with the doors to export and to erase it."""
    return _page(request, uid)


@require_POST
@door("administrator")
def export_json(request: HttpRequest, uid: str) -> HttpResponse:
    """The export for machines."""
    entity = access_entity_by_uid(request.actor, uid, "person")
    response = JsonResponse(
        export_person(request.actor, entity), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="person-{entity.uid}.json"'
    return response


@require_POST
@door("administrator")
def export_html(request: HttpRequest, uid: str) -> HttpResponse:
    """The export for people."""
    entity = access_entity_by_uid(request.actor, uid, "person")
    data = export_person(request.actor, entity)
    response = render(request, "store/person_export.html", {"data": data})
    response["Content-Disposition"] = f'attachment; filename="person-{entity.uid}.html"'
    return response


@require_POST
@door("administrator")
def erase(request: HttpRequest, uid: str) -> HttpResponse:
    """Erases the person, once the name was typed and a reason given."""
    entity = access_entity_by_uid(request.actor, uid, "person")
    reason = request.POST.get("reason", "").strip()
    errors = {}
    if not reason:
        errors["reason"] = _("Say why: the trail keeps the reason, not the name.")
    if request.POST.get("name", "").strip() != entity.label:
        errors["name"] = _("Write the name just as it stands above, to be sure that this is the one.")
    if errors:
        return _page(request, uid, errors=errors, reason=reason, status=422)
    erasure = erase_person(request.actor, entity, reason)
    messages.success(request, _("Restricted. Only those who review see it now.") if erasure.restricts else _("Erased. The name is covered everywhere, and will be when it is read again."))  # fmt: skip
    return redirect("trail")


def _page(request: HttpRequest, uid: str, *, errors: dict[str, str] | None = None, reason: str = "", status: int = 200) -> HttpResponse:  # fmt: skip
    entity = access_entity_by_uid(request.actor, uid, "person")
    data = person_data(request.actor, entity)
    return render(request, "store/person_data.html", {"entity": entity, "data": data, "namesakes": namesakes_of(entity),
        "archive_law": settings.ARCHIVE_LAW, "errors": errors or {}, "reason": reason}, status=status)  # fmt: skip
