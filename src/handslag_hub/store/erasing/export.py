"""Everything that is held of one person, for that person."""

from __future__ import annotations

from django.conf import settings
from django.dispatch import Signal

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.erasing.everywhere import documents_naming
from handslag_hub.store.erasing.names import Masker, forms_of
from handslag_hub.store.erasing.services import names_of
from handslag_hub.store.models import (
    Document,
    Entity,
    Fact,
    FactPassage,
    IdentityLink,
    Name,
    NameKey,
    Passage,
    Review,
    Statement,
)
from handslag_hub.store.queries import members_of
from handslag_hub.store.writing import log_action, one_writer

# Sent with `masker`, which finds the person's names: receivers give {name of a section: what their part holds}.
person_asked_for = Signal()


def person_data(actor: Actor, entity: Entity) -> dict[str, object]:
    """Names, facts about the person or naming them (also rejected and retracted ones), their passages, sources and reviews."""
    actor.require(Role.ADMINISTRATOR)
    members = members_of(entity)
    about = set(Fact.objects.filter(about__in=members).values_list("pk", flat=True))
    documents, quoting = _printed(members)
    naming = set(Statement.objects.filter(object_now__in=members).values_list("fact", flat=True)) | quoting
    facts = Fact.objects.filter(pk__in=about | naming).select_related("document", "extractor").order_by("pk")
    values: dict[int, list[dict[str, object]]] = {}
    for row in Statement.objects.filter(fact__in=about | naming).select_related("extractor").order_by("fact", "rank", "pk"):  # fmt: skip
        values.setdefault(row.fact_id, []).append({"predicate": row.predicate, "value": row.value, "basis": row.basis, "holds": row.holds, "given_by": str(row.extractor)})  # fmt: skip
    passages: dict[int, list[dict[str, object]]] = {}
    for row in FactPassage.objects.filter(fact__in=about | naming).select_related("passage__document").order_by("rank"):
        document = row.passage.document
        passages.setdefault(row.fact_id, []).append({"quote": row.passage.quote, "start": row.passage.start, "end": row.passage.end,
            "document": {"uid": document.uid, "title": document.title, "address": document.address, "said_on": document.said_on.isoformat() if document.said_on else ""}})  # fmt: skip
    reviews: dict[int, list[dict[str, object]]] = {}
    for row in Review.objects.filter(fact__in=about | naming).select_related("action").order_by("pk"):
        reviews.setdefault(row.fact_id, []).append({"verdict": row.verdict, "note": row.note, "by": row.action.actor, "at": row.action.at.isoformat(), "undone": row.action.undone})  # fmt: skip
    links = IdentityLink.objects.filter(a__in=members) | IdentityLink.objects.filter(b__in=members)
    elsewhere: dict[str, object] = {}
    for _receiver, held in person_asked_for.send(sender=None, masker=_masker(members)):
        elsewhere |= held
    return {
        "person": {"uid": entity.canonical.uid if entity.canonical else entity.uid, "label": entity.label},
        "names": sorted(set(Name.objects.filter(entity__in=members).values_list("name", flat=True))),
        "name_keys": sorted(set(NameKey.objects.filter(entity__in=members).values_list("key", flat=True))),
        "documents": [{"uid": document.uid, "title": document.title, "address": document.address} for document in documents],
        "facts": [
            {"uid": fact.uid, "kind": fact.kind, "status": fact.status, "counts": fact.counts, "about_the_person": fact.pk in about,
             "read_by": str(fact.extractor), "first_kept": fact.created_at.isoformat(), "values": values.get(fact.pk, []),
             "passages": passages.get(fact.pk, []), "reviews": reviews.get(fact.pk, [])}
            for fact in facts
        ],
        "identity": [{"entities": [link.a.uid, link.b.uid], "verdict": link.verdict, "method": link.method, "by": link.action.actor, "at": link.action.at.isoformat(), "undone": link.action.undone}
            for link in links.select_related("a", "b", "action").order_by("pk")],
        **elsewhere,
    }  # fmt: skip


def _printed(members: list[int]) -> tuple[list[Document], set[int]]:
    """The documents in which the name stands, and the facts that rest on a passage with it."""
    masker = _masker(members)
    documents = Document.objects.filter(pk__in=documents_naming(masker)).order_by("pk")
    passages = Passage.objects.filter(document__in=documents).values_list("pk", "quote")
    naming = [pk for pk, quote in passages if masker.mask(quote, context=True) != quote]
    return list(documents), set(FactPassage.objects.filter(passage__in=naming).values_list("fact", flat=True))


def _masker(members: list[int]) -> Masker:
    return Masker(forms_of(names_of(members), settings.ERASURE_KEY), settings.ERASURE_KEY)


def export_person(actor: Actor, entity: Entity) -> dict[str, object]:
    """`person_data`, with an entry in the trail that it was exported."""
    with one_writer():
        data = person_data(actor, entity)
        log_action(actor, "export", {"entity": entity.uid, "facts": len(data["facts"])})
    return data
