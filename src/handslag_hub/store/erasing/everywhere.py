"""Covering names in everything that is stored: pages and facts first, then every text of every table, of other parts too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from handslag_hub.accounts.models import User
from handslag_hub.store.erasing.guard import OWN_KINDS, mask_normal
from handslag_hub.store.erasing.known import keyed
from handslag_hub.store.erasing.names import Masker
from handslag_hub.store.likeness import likeness_of
from handslag_hub.store.models import (
    Document,
    Entity,
    Erasure,
    Fact,
    FactPassage,
    Name,
    NameKey,
    Original,
    Passage,
    SearchRow,
    SpellingKey,
    SpellingTerm,
    Statement,
)
from handslag_hub.store.refresh.facts import batches

# Made again from what is covered, or covered with care before.
_NOT_BY_ITSELF = (User, Erasure, SearchRow, SpellingTerm, SpellingKey, NameKey, Name, Passage, Document, Statement)
_ADDRESS = re.compile(r"(?<![a-z0-9])[a-z2-7]{16,24}(?![a-z0-9])")
_CHUNK = 500


@dataclass(slots=True)
class Touched:
    """What names were found in: keys of rows, and old addresses with those that took their place."""

    documents: set[int] = field(default_factory=set)
    facts: set[int] = field(default_factory=set)
    entities: set[int] = field(default_factory=set)
    originals: set[int] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)


def documents_naming(masker: Masker) -> set[int]:
    """The documents in whose title, address or text a full name stands."""
    rows = Document.objects.order_by("pk").values_list("pk", "title", "address", "text").iterator(_CHUNK)
    return {pk for pk, *words in rows if any(masker.finds(text) for text in words)}


def facts_naming(masker: Masker) -> set[int]:
    """The facts with a value in which a full name stands."""
    rows = Statement.objects.order_by("pk").values_list("fact", "value").iterator(_CHUNK)
    return {fact for fact, value in rows if masker.finds(value)}


def cover_everywhere(masker: Masker, members: Iterable[int], originals: Iterable[int] = ()) -> Touched:
    """Covers the names in all tables. `members` are entities known to be the person, `originals` files known to name them.

    In a transaction of the caller's.
    """
    touched = Touched(entities=set(members), originals=set(originals))
    touched.documents = documents_naming(masker)
    about = _facts_about(touched.entities)
    # Where the person is known by part of a name only.
    touched.documents |= set(FactPassage.objects.filter(fact__in=about).values_list("passage__document", flat=True))
    _cover_documents(masker, touched)
    in_documents = set(
        FactPassage.objects.filter(passage__document__in=touched.documents).values_list("fact", flat=True)
    )
    touched.facts = about | in_documents | facts_naming(masker)
    _cover_facts(masker, touched)
    for model in _models():
        _cover_table(masker, model, touched)
    _forget_words(masker)
    return touched


def _forget_words(masker: Masker) -> None:
    """Words of the name are no longer offered for misspelt ones; those that others' texts have come back with the next rebuild."""
    terms = SpellingTerm.objects.order_by("pk").values_list("pk", "term").iterator(_CHUNK)
    gone = [pk for pk, term in terms if masker.mask(term, context=True, any_case=True) != term]
    for batch in batches(gone):
        SpellingTerm.objects.filter(pk__in=batch).delete()


def _facts_about(entities: set[int]) -> set[int]:
    facts = set(Fact.objects.filter(about__in=entities).values_list("pk", flat=True))
    facts |= set(Fact.objects.filter(entity__in=entities).values_list("pk", flat=True))
    for field_name in ("object", "object_now"):
        facts |= set(Statement.objects.filter(**{f"{field_name}__in": entities}).values_list("fact", flat=True))
    return facts


def _cover_documents(masker: Masker, touched: Touched) -> None:
    chains: dict[str, str] = {}
    for document in Document.objects.filter(pk__in=touched.documents):
        address = masker.mask(document.address, context=True)
        if address != document.address:
            chains[document.chain] = keyed(document.chain)
            touched.addresses[document.uid] = keyed(document.uid)
        document.address = address
        document.title = masker.mask(document.title, context=True)
        document.text = masker.mask(document.text, context=True)
        document.warnings = _cover_json(masker, document.warnings, context=True, addresses={})
        if document.likeness:
            document.likeness = likeness_of(document.text)
        document.save(update_fields=["address", "title", "text", "warnings", "likeness"])
        if document.original_id:
            touched.originals.add(document.original_id)
        for passage in Passage.objects.filter(document=document):
            quote = document.text[passage.start : passage.end]
            if quote != passage.quote:
                Passage.objects.filter(pk=passage.pk).update(quote=quote)
    for old, new in chains.items():
        Document.objects.filter(chain=old).update(chain=new)
    for old, new in touched.addresses.items():
        Document.objects.filter(uid=old).update(uid=new)


def _cover_facts(masker: Masker, touched: Touched) -> None:
    """Values, and the addresses of facts and entities that were made of what is covered now."""
    changed: set[int] = set()
    # Facts whose own name is covered, and entities whose address was made of what is.
    naming: set[int] = set()
    renamed = set(touched.entities)
    for statement in Statement.objects.filter(fact__in=touched.facts).order_by("pk").iterator(_CHUNK):
        value = masker.mask(statement.value, context=True)
        normal = mask_normal(masker, statement.value, statement.value_normal, value, context=True)
        unit = masker.mask(statement.unit, context=True)
        if (value, normal, unit) != (statement.value, statement.value_normal, statement.unit):
            Statement.objects.filter(pk=statement.pk).update(value=value, value_normal=normal, unit=unit)
            changed.add(statement.fact_id)
            renamed |= {key for key in (statement.object_id, statement.object_now_id) if key}
            if statement.predicate in {"name", "alias"}:
                naming.add(statement.fact_id)
    quotes = FactPassage.objects.filter(fact__in=touched.facts, passage__quote__contains="\u2588")
    changed |= set(quotes.values_list("fact", flat=True))
    for fact in Fact.objects.filter(pk__in=changed):
        touched.addresses[fact.uid] = keyed(fact.uid)
        if fact.kind in OWN_KINDS or fact.pk in naming:
            renamed |= {fact.entity_id, fact.about_id}
        Fact.objects.filter(pk=fact.pk).update(uid=keyed(fact.uid))
    for entity in Entity.objects.filter(pk__in=renamed):
        touched.addresses[entity.uid] = keyed(entity.uid)
        Entity.objects.filter(pk=entity.pk).update(uid=keyed(entity.uid))
    _rename_in_evidence(touched)
    own = Fact.objects.filter(pk__in=touched.facts, kind__in=OWN_KINDS).values_list("entity", flat=True)
    touched.entities |= renamed | set(own)


def _rename_in_evidence(touched: Touched) -> None:
    """Evidence tells what it is of by its address."""
    for statement in Statement.objects.filter(predicate="of", value__in=touched.addresses):
        new = touched.addresses[statement.value]
        Statement.objects.filter(pk=statement.pk).update(value=new, value_normal=new)


def _models() -> Iterator[type[models.Model]]:
    """Every table of the hub's parts, and of the tasks that they put off."""
    for app in apps.get_app_configs():
        if app.name.startswith("handslag_hub.") or app.name == "django_tasks_db":
            for model in app.get_models():
                if not issubclass(model, _NOT_BY_ITSELF) and not model._meta.proxy and model._meta.managed:
                    yield model


def _cover_table(masker: Masker, model: type[models.Model], touched: Touched) -> None:
    fields = model._meta.concrete_fields
    words = [
        f for f in fields if isinstance(f, models.CharField | models.TextField | models.JSONField) and not f.choices
    ]
    if not words:
        return
    near = {Document: touched.documents, Fact: touched.facts, Entity: touched.entities, Original: touched.originals}
    links = [(f.attname, near[f.related_model]) for f in fields if f.is_relation and f.related_model in near]
    if model in near:
        links.append((model._meta.pk.attname, near[model]))
    names = [f.attname for f in words]
    rows = model._base_manager.order_by("pk").values_list("pk", *(name for name, _ in links), *names)
    changed = []
    for pk, *values in rows.iterator(_CHUNK):
        context = any(key in keys for key, (_, keys) in zip(values, links, strict=False))
        before = values[len(links) :]
        after = [_cover_json(masker, value, context=context, addresses=touched.addresses) for value in before]
        if after != before:
            changed.append((pk, dict(zip(names, after, strict=True))))
    for pk, new in changed:
        model._base_manager.filter(pk=pk).update(**new)


def _cover_json(masker: Masker, value: object, *, context: bool, addresses: dict[str, str]) -> object:
    if isinstance(value, str):
        new = masker.mask(value, context=context)
        return _ADDRESS.sub(lambda match: addresses.get(match.group(), match.group()), new) if addresses else new
    if isinstance(value, list):
        return [_cover_json(masker, item, context=context, addresses=addresses) for item in value]
    if isinstance(value, dict):
        return {_cover_json(masker, key, context=context, addresses=addresses): _cover_json(masker, item, context=context, addresses=addresses) for key, item in value.items()}  # fmt: skip
    return value
