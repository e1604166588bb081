"""The people page: accounts, roles, invitations."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag_hub.accounts import services
from handslag_hub.accounts.access import access_account_by_key
from handslag_hub.accounts.doors import door
from handslag_hub.accounts.errors import PeopleRefused
from handslag_hub.accounts.forms import InviteForm
from handslag_hub.accounts.models import Role, User
from handslag_hub.accounts.queries import accounts_of_team


@door("administrator")
def show_people(request: HttpRequest) -> HttpResponse:
    """The accounts, and a form to invite; on a laptop, how to have accounts."""
    return _people(request, InviteForm())


@require_POST
@door("administrator")
def invite(request: HttpRequest) -> HttpResponse:
    """Makes an account, and shows the address at which its owner chooses a password."""
    _need_team()
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            user = services.invite_person(request.actor, form.cleaned_data["username"], form.cleaned_data["role"], email=form.cleaned_data["email"])  # fmt: skip
        except PeopleRefused as error:
            form.add_error("username", str(error))
        else:
            return _show_link(request, user)
    return _people(request, form, status=422)


@require_POST
@door("administrator")
def new_link(request: HttpRequest, key: int) -> HttpResponse:
    """A new address to choose a password at, for who has lost theirs."""
    _need_team()
    return _show_link(request, access_account_by_key(request.actor, key))


@require_POST
@door("administrator")
def change_role(request: HttpRequest, key: int) -> HttpResponse:
    """Gives another role."""
    return _change(request, key, lambda user: services.change_role(request.actor, user, request.POST.get("role", "")))


@require_POST
@door("administrator")
def deactivate(request: HttpRequest, key: int) -> HttpResponse:
    """Closes an account."""
    return _change(request, key, lambda user: services.deactivate_person(request.actor, user))


@require_POST
@door("administrator")
def reactivate(request: HttpRequest, key: int) -> HttpResponse:
    """Opens an account again."""
    return _change(request, key, lambda user: services.reactivate_person(request.actor, user))


@require_POST
@door("administrator")
def end_sessions(request: HttpRequest, key: int) -> HttpResponse:
    """Ends all sessions of an account."""
    return _change(request, key, lambda user: services.end_sessions(request.actor, user))


def _need_team() -> None:
    if not settings.TEAM:
        raise Http404(_("There are no accounts: this hub is for one person."))


def _change(request: HttpRequest, key: int, change: Callable[[User], None]) -> HttpResponse:
    _need_team()
    user = access_account_by_key(request.actor, key)
    change(user)
    messages.success(request, _("Done: %(name)s.") % {"name": user.username})
    return redirect("people")


def _people(request: HttpRequest, form: InviteForm, *, status: int = 200) -> HttpResponse:
    people = accounts_of_team(request.actor) if settings.TEAM else ()
    return render(request, "accounts/people.html", {"people": people, "form": form, "roles": Role.choices}, status=status)  # fmt: skip


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    address = request.build_absolute_uri(services.password_link(request.actor, user))
    sent = services.send_invitation(user, address)
    return render(request, "accounts/invited.html", {"person": user, "link": address, "sent": sent})
