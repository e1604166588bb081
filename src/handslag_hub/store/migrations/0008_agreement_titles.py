"""Agreements that were called by a bare word ("avtal", "signed") are called by whose they are."""

from __future__ import annotations

from collections import defaultdict

from django.apps.registry import Apps as StateApps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from handslag.reading.facts.agreements.words import is_word_for_agreements

_LONGEST = 500


def _is_bare(label: str) -> bool:
    words = label.split()
    return all(map(str.isalpha, words)) and len(words) <= 3 and label[1:].islower() and (label[:1].islower() or is_word_for_agreements(label))  # fmt: skip


def fill(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    entity, statement = apps.get_model("store", "Entity"), apps.get_model("store", "Statement")
    bare = [
        one for one in entity.objects.filter(kind="agreement").exclude(label="").order_by("pk") if _is_bare(one.label)
    ]
    by_cluster = defaultdict(list)
    for one in bare:
        by_cluster[one.canonical_id].append(one)
    rows = statement.objects.filter(fact__kind="agreement", fact__about__canonical__in=by_cluster, fact__shown=True, holds=True,
        predicate__in=("name", "party", "form")).order_by("fact", "rank", "pk")  # fmt: skip
    facts = {}
    for fact, about, level, predicate, value in rows.values_list("fact", "fact__about", "fact__level", "predicate", "value"):  # fmt: skip
        facts.setdefault(fact, (about, level, defaultdict(list)))[2][predicate].append(value)
    told = defaultdict(list)
    for about, level, said in facts.values():
        told[about].append((level, said))
    for cluster in by_cluster.values():
        for level, said in (one for entity_there in cluster for one in told[entity_there.pk]):
            label = cluster[0].label
            if said["name"][:1] != [label] or level > (cluster[0].level or 0):
                continue
            if not said["party"] or (" " in label and not said["form"]):
                break
            whose = " – ".join(dict.fromkeys(said["party"]))
            title = (f"{label[:1].upper()}{label[1:]}: {whose}" if said["form"] else whose)[:_LONGEST]
            entity.objects.filter(pk__in=[one.pk for one in cluster]).update(label=title)
            break


class Migration(migrations.Migration):
    dependencies = [("store", "0007_search_blocks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
