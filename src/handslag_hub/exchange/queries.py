"""Reads of this part's own: lists that were brought in, tokens."""

from __future__ import annotations

from django.db.models import QuerySet

from handslag_hub.accounts.actors import Actor
from handslag_hub.exchange.models import ApiToken, ListImport

_LISTS = 50


def latest_lists(actor: Actor) -> QuerySet[ListImport]:
    """The lists that were brought in last, as far as the actor may see them."""
    return ListImport.objects.filter(visibility__lte=actor.level).select_related("action").order_by("-pk")[:_LISTS]


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own tokens, the newest first."""
    return ApiToken.objects.filter(user_id=actor.user_id).order_by("-pk")
