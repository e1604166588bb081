"""What new facts add to the caches of entities, made from the claims at hand: adding takes no name and no key away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from handslag.kernel.claims import ClaimedFact
from handslag_hub.store.bulk import insert_rows, select_rows, update_rows
from handslag_hub.store.models import Entity, Name, NameKey, SearchRow
from handslag_hub.store.models.caches import NameKind
from handslag_hub.store.name_forms import NAMED, keys_of
from handslag_hub.store.refresh.changes import Added
from handslag_hub.store.refresh.conflicts import FUNCTIONAL, refresh_conflicts
from handslag_hub.store.refresh.entities import NAME_FIELDS, NAMING, NameRow, best_name, refresh_labels
from handslag_hub.store.refresh.identity import clusters_of
from handslag_hub.store.refresh.search import SEARCHED_FACTS, refresh_search
from handslag_hub.store.refresh.spelling import remember_words
from handslag_hub.store.refresh.titles import agreement_title, title_instead
from handslag_hub.store.search_tokens import tokens_of
from handslag_hub.store.services.facts import FactsKept, FactsToKeep

# Entity → (name, title, level) of what its facts say.
Titles = dict[int, list[tuple[str, str, int]]]


def refresh_after_adding(given: FactsToKeep, kept: FactsKept, *, new_page: bool = False) -> Added:
    """Brings the caches up to date for the facts that are new, and with `new_page` for their document; gives what was added."""
    claimed = [fact for fact in given.claimed if fact.uid in kept.new]
    language = given.document.language if given.document else ""
    names, told, titles = _names_given(claimed, kept.entities, given, language)
    fresh = _add_names(names, kept.new_entities)
    kinds = {kept.entities[fact.subject.uid]: fact.subject.kind for fact in claimed}
    kinds |= {kept.entities[claim.object.uid]: claim.object.kind for fact in claimed for claim in fact.claims if claim.object}  # fmt: skip
    _add_keys(fresh, kinds, kept.new_entities)
    _label(kinds, names, told, titles, kept.new_entities, given.level, {row[0] for row in fresh})
    _add_search_rows(
        claimed, given, kept, {key: kinds[key] for key in kept.new_entities if key in kinds}, names, new_page=new_page
    )
    renamed = {row[0] for row in fresh if kinds[row[0]] in NAMED[:2]} - kept.new_entities
    if renamed:
        refresh_search(entities=renamed)
    seen = [kept.entities[fact.subject.uid] for fact in claimed if fact.kind in FUNCTIONAL]
    again = {key for key in seen if key not in kept.new_entities or seen.count(key) > 1}
    if again:
        refresh_conflicts(clusters_of(again))
    return Added(given, kept, fresh, set(kinds))


def _names_given(claimed: Iterable[ClaimedFact], entities: dict[str, int], given: FactsToKeep, language: str) -> tuple[set[NameRow], dict[int, str], Titles]:  # fmt: skip
    """Names of entities known by name; for the others, the words that tell them; and what agreements are called under which name."""
    by_hand = given.extractor.is_human
    rows: set[NameRow] = set()
    told: dict[int, str] = {}
    titles: Titles = defaultdict(list)
    for fact in claimed:
        subject = entities[fact.subject.uid]
        spoken = language or fact.language
        for claim in fact.claims:
            if claim.predicate in {"name", "alias"}:
                kind = NameKind.ALIAS if claim.predicate == "alias" else NameKind.NAME
                rows.add((subject, claim.value[:500], spoken, int(kind), by_hand, by_hand, given.level))
            if claim.object is not None:
                rows.add((entities[claim.object.uid], claim.value[:500], spoken, int(NameKind.MENTION), False, False, given.level))  # fmt: skip
        if fact.kind == "agreement":
            titles[subject] += _titles(fact, given.level)
        if fact.kind in NAMING:
            values = {claim.predicate: claim.value for claim in reversed(fact.claims)}
            told[subject] = next((values[predicate] for predicate in NAMING[fact.kind] if predicate in values), "")[
                :500
            ]
    return rows, told, titles


def _titles(fact: ClaimedFact, level: int) -> list[tuple[str, str, int]]:
    """What an agreement is called under the name that this fact gives it: name, title, level; as `agreement_titles` has it."""
    said: dict[str, list[str]] = defaultdict(list)
    for claim in fact.claims:
        said[claim.predicate].append(claim.value)
    return [
        (name[:500], agreement_title(name, said["party"], is_form=bool(said["form"])), level)
        for name in said["name"][:1]
    ]


def _add_names(names: set[NameRow], new: Collection[int]) -> set[NameRow]:
    there = select_rows(Name, NAME_FIELDS, entity_id={row[0] for row in names} - new)
    fresh = names - {(*row[:4], bool(row[4]), bool(row[5]), row[6]) for row in there}
    insert_rows(Name, NAME_FIELDS, sorted(fresh))
    return fresh


def _add_keys(fresh: set[NameRow], kinds: dict[int, str], new: Collection[int]) -> None:
    wanted: dict[tuple[int, str, str], int] = {}
    for entity, name, language, _, _, _, level in fresh:
        for kind, key in keys_of(kinds[entity], name, language):
            slot = (entity, kind, key[:255])
            wanted[slot] = min(level, wanted.get(slot, level))
    if not wanted:
        return
    rows = select_rows(NameKey, ("entity", "kind", "key", "id", "level"), entity={slot[0] for slot in wanted} - {*new})
    there = {row[:3]: row[3:] for row in rows}
    update_rows(NameKey, ("level",), ((level, there[slot][0]) for slot, level in wanted.items() if slot in there and level < there[slot][1]))  # fmt: skip
    insert_rows(NameKey, ("entity", "kind", "key", "level"), sorted((*slot, level) for slot, level in wanted.items() if slot not in there))  # fmt: skip


def _label(kinds: dict[int, str], names: set[NameRow], told: dict[int, str], titles: Titles, new: Collection[int], level: int, renamed: set[int]) -> None:  # fmt: skip
    """New entities get label and level from what is at hand; others only where a name is new or the level is lower."""
    given: dict[int, list[tuple[str, int, bool, bool, int]]] = defaultdict(list)
    for row in names:
        given[row[0]].append((row[1], *row[3:]))
    labels = {
        key: title_instead(told.get(key) or best_name(given[key]), level, titles.get(key, ())) for key in sorted(new)
    }
    update_rows(Entity, ("label", "level"), ((label, level, key) for key, label in labels.items()))
    old = [key for key in kinds if key not in new]
    levels = select_rows(Entity, ("id", "level"), id=old)
    titled = {key for key, found in titles.items() if any(title != name for name, title, _ in found)}
    lower = {key for key, its in levels if its is None or its > level}
    again = lower | {key for key in old if key in renamed or key in told or key in titled}
    if again:
        refresh_labels(clusters_of(again))


def _add_search_rows(claimed: Iterable[ClaimedFact], given: FactsToKeep, kept: FactsKept, new: dict[int, str], names: set[NameRow], *, new_page: bool) -> None:  # fmt: skip
    document, level = given.document, given.level
    said_on = document.said_on if document else None
    rows: list[tuple[object, ...]] = []
    texts: list[str] = []
    if document is not None and new_page:
        texts.append(f"{document.title}\n{document.text}")
        rows.append((document.pk, None, None, "document", level, said_on, tokens_of(texts[0], "document", level)))
    for fact in claimed:
        if fact.kind in SEARCHED_FACTS:
            text = "\n".join([*(place.quote for place in fact.passages[:1]), *(claim.value for claim in fact.claims)])
            rows.append((None, kept.keys[fact.uid], None, fact.kind, level, said_on, tokens_of(text, fact.kind, level)))
            # The words of a quote are its document's too, and remembered with it.
            texts += [text] if document is None else []
    called: dict[int, set[str]] = defaultdict(set)
    for name in names:
        if new.get(name[0]) in NAMED[:2]:
            called[name[0]].add(name[1])
    for entity, found in sorted(called.items()):
        text = "\n".join(sorted(found))
        rows.append((None, None, entity, new[entity], level, None, tokens_of(text, new[entity], level)))
        texts.append(text)
    insert_rows(SearchRow, ("document", "fact", "entity", "kind", "level", "said_on", "tokens"), rows)
    remember_words(texts)
