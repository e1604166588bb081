"""Entries found by what somebody typed: through keys of names, mistyped words through spellings, ranked by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz

from handslag.language.search import correct, deletions
from handslag.register.identifiers import BadIdentifier, check_identifier
from handslag.register.names import core_words, folded_name, unaccented, words_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.register.models import Trait
from handslag_hub.register.schemes import SCHEMES
from handslag_hub.store.models import Entity, Name, NameKey, SpellingKey

# So many entries are weighed against each other; who has more of them types another word.
MOST_FOUND = 200
_MOST_WORDS = 6
_MOST_NAMES = 6000
_MOST_SPELT = 5000
# Below this likeness (rapidfuzz WRatio, 0 to 100) a name is another name.
_LEAST_ALIKE = 62


def find_entities(actor: Actor, typed: str) -> list[int]:
    """Canonical entities whose names the actor may see and that are like what was typed, the likest first; at most 200."""
    words = words_of(typed)[:_MOST_WORDS]
    if not words:
        return []
    seen = NameKey.objects.filter(level__lte=actor.level)
    scores = dict.fromkeys(_by_identifier(actor, typed), 101.0)
    exact = _canonical(_having_exactly(seen, typed))
    candidates = [
        *exact,
        *_having_words(seen, [_beginning(word) if word == words[-1] else Q(key=word) for word in words]),
    ]
    if len(set(candidates)) < MOST_FOUND // 10:
        spelt = [_spelt(seen, word) for word in words]
        candidates += _having_words(seen, [Q(key__in=found) for found in spelt])
        if len(words) > 1 and not candidates:
            for found in spelt:
                candidates += _having_words(seen, [Q(key__in=found)])
    chosen = list(dict.fromkeys(candidates))[:MOST_FOUND]
    for entity, likeness in _likeness(actor, chosen, typed).items():
        scores[entity] = max(likeness, 93.0 if entity in exact else 0.0, scores.get(entity, 0.0))
    best = [entity for entity, score in scores.items() if score >= _LEAST_ALIKE]
    labels = dict(Entity.objects.filter(pk__in=best).values_list("pk", "label"))
    return sorted(best, key=lambda entity: (-scores[entity], labels.get(entity, ""), entity))


def _having_exactly(seen: QuerySet[NameKey], typed: str) -> QuerySet[NameKey]:
    words = words_of(typed)
    forms = {"folded": folded_name(typed), "unaccented": " ".join(words), "core": " ".join(core_words(typed))}
    if len(words) == 1:
        forms["acronym"] = unaccented(words[0])
    wanted = Q()
    for kind, key in forms.items():
        wanted |= Q(kind=kind, key=key[:255])
    return seen.filter(wanted)


def _having_words(seen: QuerySet[NameKey], words: list[Q]) -> list[int]:
    """Entities that have a word for each condition, found through the condition that fewest fulfil."""
    sizes = [seen.filter(word, kind="word")[: MOST_FOUND + 1].count() for word in words]
    rarest = sizes.index(min(sizes))
    rows = seen.filter(words[rarest], kind="word")
    for number, word in enumerate(words):
        if number != rarest:
            rows = rows.filter(Exists(seen.filter(word, kind="word", entity=OuterRef("entity"))))
    return _canonical(rows)


def _canonical(rows: QuerySet[NameKey]) -> list[int]:
    return list(dict.fromkeys(rows.values_list("entity__canonical", flat=True)[: 2 * MOST_FOUND]))


def _beginning(word: str) -> Q:
    """Keys that begin with a word, as a range: both databases answer it from the index, whatever their order of letters."""
    end = word.rstrip("z9")
    return Q(key__gte=word, key__lt=end[:-1] + chr(ord(end[-1]) + 1)) if end else Q(key__gte=word)


def _spelt(seen: QuerySet[NameKey], word: str) -> list[str]:
    """The word, and words of names that the actor may see that it may be meant for."""
    rows = SpellingKey.objects.filter(deletion__in=deletions(word)).values_list("term__term", flat=True).distinct()
    near = correct(word, ((found, 1) for found in rows[:_MOST_SPELT]))
    meant = {key for found in near for key in words_of(found)}
    return [word, *seen.filter(kind="word", key__in=meant).values_list("key", flat=True).distinct()]


def _by_identifier(actor: Actor, typed: str) -> Collection[int]:
    wanted = Q(pk=None)
    for scheme, predicate in SCHEMES.items():
        try:
            wanted |= Q(name=f"id:{predicate}", value=check_identifier(scheme, typed))
        except BadIdentifier:
            # What was typed is no identifier of this scheme: then it is searched as a name only.
            continue
    if wanted == Q(pk=None):
        return []
    return set(Trait.objects.filter(wanted, level__lte=actor.level).values_list("entity", flat=True))


def _likeness(actor: Actor, entities: Iterable[int], typed: str) -> dict[int, float]:
    """How like the likest visible name of each is: 100 for the same words."""
    wanted = " ".join(words_of(typed))
    names: dict[int, set[str]] = defaultdict(set)
    rows = Name.objects.filter(entity__canonical__in=entities, level__lte=actor.level).order_by("kind", "pk")
    for entity, name in rows.values_list("entity__canonical", "name")[:_MOST_NAMES]:
        names[entity].add(" ".join(words_of(name)))
    return {entity: max(_alike(wanted, name) for name in found) for entity, found in names.items()}


def _alike(wanted: str, name: str) -> float:
    if wanted == name:
        return 100.0
    # A name that begins as typed is likelier than one that has it somewhere inside.
    return min(99.0, fuzz.WRatio(wanted, name) + (5.0 if name.startswith(wanted) else 0.0))
