"""Spellings: the words of the register's names, to be found by what was mistyped."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from handslag.language.search import deletions
from handslag_hub.register.models import Spelling
from handslag_hub.register.projections.clusters import Clusters
from handslag_hub.store.models import NameKey

_LONGEST = 64


def learn_spellings(clusters: Clusters) -> None:
    """Adds the words of these entities' names that are not known yet. Two queries and one write."""
    rows = NameKey.objects.filter(entity__in=clusters.members, kind="word").values_list("key", flat=True).distinct()
    words = {word for word in rows if len(word) <= _LONGEST}
    words -= set(Spelling.objects.filter(word__in=words).values_list("word", flat=True).distinct())
    if words:
        Spelling.objects.bulk_create(
            (Spelling(key=key, word=word) for word in sorted(words) for key in deletions(word) if len(key) <= _LONGEST),
            ignore_conflicts=True,
        )


def forget_unused_spellings() -> int:
    """Takes out the words that no name has any longer, as after somebody was erased; gives the number of rows."""
    used = NameKey.objects.filter(kind="word", key=OuterRef("word"))
    removed, _ = Spelling.objects.filter(~Exists(used)).delete()
    return removed
