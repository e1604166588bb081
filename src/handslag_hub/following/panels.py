"""Sections that other parts put on the page of a commitment: those above this one, which it does not know."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from handslag_hub.following.queries.states import Followed
from handslag_hub.store.models import Entity

# A rendered section, "" for none.
Panel = Callable[[HttpRequest, Entity, Followed], SafeString | str]
_panels: list[Panel] = []


def add_panel(panel: Panel) -> None:
    """From now on the page of a commitment has this section, below what was heard. To be called once, when apps are ready."""
    _panels.append(panel)


def panels_of(request: HttpRequest, commitment: Entity, followed: Followed) -> list[SafeString | str]:
    """The sections, in the order in which they were added."""
    return [section for panel in _panels if (section := panel(request, commitment, followed))]
