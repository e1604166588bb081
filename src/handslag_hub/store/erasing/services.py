"""Erasing a person, restricting one under archive law, and doing it again on a database that was restored."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.store.erasing.compacting import compact
from handslag_hub.store.erasing.everywhere import Touched, cover_everywhere, documents_naming, facts_naming
from handslag_hub.store.erasing.known import keyed, masker_of, note_outside, noted_outside
from handslag_hub.store.erasing.names import BLOCK, FULL, Masker, forms_of
from handslag_hub.store.erasing.originals import cover_original, names_in
from handslag_hub.store.errors import Refused
from handslag_hub.store.models import Assertion, Document, Entity, Erasure, Fact, NameKey, Original, Statement
from handslag_hub.store.models.documents import Visibility
from handslag_hub.store.queries import members_of
from handslag_hub.store.refresh import refresh
from handslag_hub.store.refresh.documents import refresh_documents
from handslag_hub.store.refresh.entities import make_names_again
from handslag_hub.store.refresh.facts import batches
from handslag_hub.store.refresh.search import refresh_search
from handslag_hub.store.services.originals import original_path
from handslag_hub.store.writing import log_action, one_writer

# So many words a mention of a name has at most: "the former minister Anna Berg".
_LONGEST_MENTION = 5


def erase_person(actor: Actor, entity: Entity, reason: str) -> Erasure:
    """Covers everything that names the person, for good. Under archive law (`HANDSLAG_ARCHIVE_LAW`) it restricts instead.

    Whoever else has just the same name is covered with them: a name does not tell who is meant (`namesakes_of` lists them).
    """
    if settings.ARCHIVE_LAW:
        return restrict_person(actor, entity, reason)
    _refuse(actor, entity, reason)
    with one_writer():
        members = members_of(entity)
        erasure, masker = _note(actor, members, reason, restricts=False)
        touched = cover_everywhere(masker, members, _files_naming(masker))
        _cover_files(masker, touched)
        _refold(touched)
        log_action(actor, "erase", {"entity": keyed(entity.uid), "erasure": erasure.uid, "documents": len(touched.documents), "facts": len(touched.facts)})  # fmt: skip
        transaction.on_commit(lambda: note_outside(erasure))
        transaction.on_commit(compact)
    return erasure


def restrict_person(actor: Actor, entity: Entity, reason: str) -> Erasure:
    """Makes everything that names the person restricted, now and whenever it is read; nothing is covered."""
    _refuse(actor, entity, reason)
    with one_writer():
        members = members_of(entity)
        erasure, masker = _note(actor, members, reason, restricts=True)
        documents = _restrict(masker, members)
        log_action(actor, "restrict", {"entity": entity.uid, "erasure": erasure.uid, "documents": len(documents)})
        transaction.on_commit(lambda: note_outside(erasure))
    return erasure


def erase_again(actor: Actor) -> int:
    """After a backup was restored: takes up the erasures noted beside the database and covers (restricts) again; gives how many there are."""
    actor.require(Role.ADMINISTRATOR)
    with one_writer():
        Erasure.objects.bulk_create(noted_outside())
        rows = list(Erasure.objects.all())
        if masker := masker_of(row for row in rows if not row.restricts):
            touched = cover_everywhere(masker, (), _files_naming(masker))
            _cover_files(masker, touched)
            _refold(touched)
        if restricting := masker_of(row for row in rows if row.restricts):
            _restrict(restricting, ())
        if rows:
            log_action(actor, "erase again", {"erasures": len(rows)})
            transaction.on_commit(compact)
    return len(rows)


def names_of(members: Collection[int]) -> list[str]:
    """All names that anything ever gave these entities, also what was rejected or corrected since."""
    given = Statement.objects.filter(fact__entity__in=members, predicate__in=("name", "alias"))
    moved = Statement.objects.filter(fact__about__in=members, predicate__in=("name", "alias"))
    found = set(given.values_list("value", flat=True)) | set(moved.values_list("value", flat=True))
    words = {word for name in found for word in name.casefold().split()}
    # A mention may be a name ("Dr Berg") or words ("the minister"): it is a name where it ends as one does.
    for field in ("object", "object_now"):
        for value in Statement.objects.filter(**{f"{field}__in": members}).values_list("value", flat=True).distinct():
            mention = value.casefold().split()
            is_short = 1 < len(mention) <= _LONGEST_MENTION
            if not found or (is_short and mention[-1] in words):
                found.add(value)
    return sorted(name for name in found if BLOCK not in name)


def namesakes_of(entity: Entity) -> list[Entity]:
    """Other people of just the same name, whom erasing would cover too."""
    members = members_of(entity)
    keys = NameKey.objects.filter(entity__in=members).values_list("kind", "key")
    found: set[int] = set()
    for kind, key in keys:
        found |= set(NameKey.objects.filter(kind=kind, key=key, entity__kind="person").exclude(entity__in=members).values_list("entity__canonical", flat=True))  # fmt: skip
    return list(Entity.objects.filter(pk__in=found).order_by("pk"))


def _refuse(actor: Actor, entity: Entity, reason: str) -> None:
    actor.require(Role.ADMINISTRATOR)
    if entity.kind != "person":
        raise Refused(_("Only people are erased."))
    if not reason.strip():
        raise Refused(_("Say why: the trail keeps the reason, not the name."))


def _note(actor: Actor, members: Collection[int], reason: str, *, restricts: bool) -> tuple[Erasure, Masker]:
    forms = forms_of(names_of(members), settings.ERASURE_KEY)
    if not forms:
        raise Refused(_("There is no name left here to erase."))
    if restricts:
        forms = [form for form in forms if form.kind == FULL] or forms
    erasure = Erasure(uid=secrets.token_hex(10), at=timezone.now(), by=actor.name, restricts=restricts,
        forms=[[form.hash, form.words, form.letters, form.kind] for form in forms])  # fmt: skip
    masker = masker_of([erasure])
    erasure.reason = masker.mask(reason.strip(), context=True)
    erasure.save()
    return erasure, masker


def _cover_files(masker: Masker, touched: Touched) -> None:
    for original in Original.objects.filter(gone="", pk__in=touched.originals):
        cover_original(masker, original, original_path(original.sha256))


def _files_naming(masker: Masker) -> set[int]:
    """Files that no document was made of (lists, what waits to be read) with the name in them."""
    rows = Original.objects.filter(gone="", document=None)
    return {original.pk for original in rows if names_in(masker, original_path(original.sha256))}


def _refold(touched: Touched) -> None:
    about = set(Fact.objects.filter(pk__in=touched.facts).values_list("about", flat=True))
    named = set(Statement.objects.filter(fact__in=touched.facts).exclude(object_now=None).values_list("object_now", flat=True))  # fmt: skip
    entities = touched.entities | about | named
    # The names that were are in no statement any longer, so folding facts would not find them.
    for batch in batches(entities):
        make_names_again(batch)
    refresh(touched.facts, entities)
    refresh_search(documents=touched.documents, facts=touched.facts, entities=entities)


def _restrict(masker: Masker, members: Collection[int]) -> set[int]:
    facts = facts_naming(masker) | set(Fact.objects.filter(about__in=members).values_list("pk", flat=True))
    documents = documents_naming(masker) | set(Assertion.objects.filter(fact__in=facts).exclude(document=None).values_list("document", flat=True))  # fmt: skip
    Document.objects.filter(pk__in=documents).update(visibility=Visibility.RESTRICTED)
    Assertion.objects.filter(fact__in=facts, document=None).update(visibility=Visibility.RESTRICTED)
    refresh_documents(sorted(documents))
    refresh(facts)
    return documents
