"""What stands behind a stable address, for those who may see it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.design.templatetags.design import PAGES
from handslag_hub.exchange.selection import Selection, selected_facts
from handslag_hub.store.access import access_document_by_uid, access_entity_by_uid, access_fact_by_uid
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.queries import members_of

# Facts of an entity that are given with it; the rest are asked for page by page.
MOST_FACTS = 200


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity, a fact or a document."""

    what: Entity | Fact | Document

    def facts(self, chosen: Selection) -> list[Fact]:
        """The fact, or the facts about the entity, as known on the day."""
        related = ("document__source", "about__canonical", "extractor")
        if isinstance(self.what, Fact):
            return list(Fact.objects.filter(pk=self.what.pk).select_related(*related))
        if isinstance(self.what, Document):
            return []
        facts = selected_facts(chosen).filter(about__in=members_of(self.what, chosen.known)).select_related(*related)
        return list(facts.defer("document__text", "document__lines").order_by("pk")[:MOST_FACTS])


def find_thing(actor: Actor, uid: str) -> Thing:
    """The entity, fact or document with this address; Http404 where there is none for the actor."""
    for access in (access_entity_by_uid, access_fact_by_uid, access_document_by_uid):
        try:
            return Thing(access(actor, uid))
        except Http404:
            continue
    raise Http404(_("There is nothing at this address, or you may not see it."))


def page_of(actor: Actor, thing: Thing) -> str:
    """The page that shows the thing; an entity without a page of its own is shown by its fact's."""
    what = thing.what
    if isinstance(what, Document):
        return reverse("document", args=[what.uid])
    if isinstance(what, Fact):
        return reverse("fact", args=[what.uid])
    if what.kind in PAGES:
        return reverse(PAGES[what.kind], args=[(what.canonical or what).uid])
    fact = Fact.objects.filter(about__in=members_of(what), level__lte=actor.level).order_by("-shown", "pk").first()
    if fact is None:
        raise Http404(_("There is nothing at this address, or you may not see it."))
    return reverse("fact", args=[fact.uid])
