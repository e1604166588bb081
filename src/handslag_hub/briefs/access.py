"""The doors to what a brief can be of."""

from __future__ import annotations

from django.http import Http404
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import themes
from handslag_hub.store.access import access_entity_by_uid
from handslag_hub.store.models import Entity

OF = ("organisation", "person", "agreement")


def access_subject_by_uid(actor: Actor, uid: str, *kinds: str) -> Entity:
    """A party, person or agreement; Http404 where there is none for the actor."""
    return access_entity_by_uid(actor, uid, *(kinds or OF))


def access_theme_by_key(theme: str) -> str:
    """The key of a theme; Http404 where there is none."""
    if theme not in themes():
        raise Http404(_("There is no such theme."))
    return theme
