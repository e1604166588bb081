"""What is typed by hand: new entries, and more about those that are there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.doors import door
from handslag_hub.register.forms import EventForm, IdentifierForm, NameForm, OrganisationForm, PersonForm, RoleForm
from handslag_hub.register.pages.cards import canonical_entity, moved
from handslag_hub.register.services import (
    RoleWords,
    type_event,
    type_identifier,
    type_name,
    type_organisation,
    type_person,
    type_role,
)
from handslag_hub.store.models import Entity

FORMS = {"organisation": OrganisationForm, "person": PersonForm, "event": EventForm}
TITLES: dict[str, Promise] = {
    "organisation": gettext_lazy("New organisation"),
    "person": gettext_lazy("New person"),
    "event": gettext_lazy("New event"),
    "name": gettext_lazy("Add a name"),
    "role": gettext_lazy("Add a role"),
    "identifier": gettext_lazy("Add an identifier"),
}


@door("reviewer")
def new_entry(request: HttpRequest, kind: str) -> HttpResponse:
    """A new organisation, person or event."""
    if kind not in FORMS:
        raise Http404(_("There is no such form."))
    form = FORMS[kind](request.POST or None, initial={"name": request.GET.get("name", "")[:500]})
    if request.method == "POST" and form.is_valid():
        uid, _action = _NEW[kind](request.actor, form.cleaned_data)
        messages.success(request, _("Kept, marked as typed by you."))
        return redirect("entity", uid)
    return _show_form(request, form, kind, None)


@door("reviewer")
def add_to_entry(request: HttpRequest, uid: str, what: str) -> HttpResponse:
    """A name, a role or an identifier of an entry that is there."""
    entity = canonical_entity(request, uid)
    if (elsewhere := moved(request, entity, "add-to-entry", what)) is not None:
        return elsewhere
    if what not in _ADDED or (what == "role" and entity.kind != "person"):
        raise Http404(_("There is no such form."))
    form: Any
    if what == "identifier":
        form = IdentifierForm(request.POST or None, entity_kind=entity.kind)
    else:
        form = (RoleForm if what == "role" else NameForm)(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _ADDED[what](request.actor, entity, form.cleaned_data)
        messages.success(request, _("Kept, marked as typed by you."))
        return redirect("entity", entity.uid)
    return _show_form(request, form, what, entity)


def _show_form(request: HttpRequest, form: Any, what: str, entity: Entity | None) -> HttpResponse:
    context = {"form": form, "title": TITLES[what], "entity": entity}
    return render(request, "register/typing.html", context, status=400 if form.is_bound else 200)


def _new_person(actor: Actor, given: dict[str, Any]) -> tuple[str, object]:
    return type_person(actor, name=given["name"], words=_role_words(given), **_common(given))


def _role_words(given: dict[str, Any]) -> RoleWords:
    return RoleWords(**{name: given[name] for name in ("role", "organisation", "tense", "period")})


def _common(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("language", "origin", "visibility")}


_NEW: dict[str, Callable[[Actor, dict[str, Any]], tuple[str, object]]] = {
    "organisation": lambda actor, given: type_organisation(actor, **given),
    "person": _new_person,
    "event": lambda actor, given: type_event(actor, **given),
}
_ADDED: dict[str, Callable[[Actor, Entity, dict[str, Any]], object]] = {
    "name": lambda actor, entity, given: type_name(actor, entity, **given),
    "role": lambda actor, entity, given: type_role(actor, entity, _role_words(given), origin=given["origin"]),
    "identifier": lambda actor, entity, given: type_identifier(actor, entity, given["predicate"], given["value"], origin=given["origin"]),
}  # fmt: skip
