"""Which groups (academia, business, patients, care, public bodies) have been heard on a theme; of which nothing was found, as a search result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Source
from handslag_hub.briefs.levels import NOWHERE, STAKEHOLDERS, Placed
from handslag_hub.briefs.queries.placing import STAKEHOLDERS as WHAT
from handslag_hub.briefs.queries.placing import bodies_of_people, said_by_people, stakeholders_of_bodies
from handslag_hub.briefs.queries.searching import says_theme, theme_words
from handslag_hub.briefs.queries.sources import source_of, views_by_key
from handslag_hub.commitments.models import Part, Party
from handslag_hub.commitments.queries.ledger import known_commitments, known_rows
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Statement
from handslag_hub.store.queries import known_facts, labels_of

# Quotations gone through for the words of a theme, the newest; what is beyond is said not to have been searched.
MOST = 5000
# Voices of a group that are shown, and sources of each.
SHOWN, _SOURCES = 25, 2
UNKNOWN = "unknown"


@dataclass(slots=True)
class Voice:
    """Somebody who was heard: who, of which group and why, in how many quotations and commitments, and the first of them."""

    uid: str
    label: str
    kind: str
    placed: Placed
    quotes: int = 0
    promises: int = 0
    facts: list[int] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the field: the voices shown, and how many there are."""

    key: str
    voices: tuple[Voice, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Hearing:
    """Who was heard on a theme; what was searched: quotations (of how many), commitments, for which words."""

    theme: str
    groups: tuple[Group, ...]
    quotes: int
    quotes_there: int
    promises: int
    words: str


def hearing(actor: Actor, known: AsKnown, theme: str) -> Hearing:
    """Who was heard. A fixed number of queries."""
    promised = known_rows(
        Party.objects.filter(kind="commitment", theme=theme, entity__isnull=False), "commitment", actor, known
    )
    heard = [(entity, fact, "promises") for entity, fact, parts in promised.order_by("-known_on", "fact").values_list("entity", "fact", "parts") if parts & (Part.WHO | Part.SAID_BY)]  # fmt: skip
    quoted, searched, there = _quoted(actor, known, theme)
    heard += [(entity, fact, "quotes") for entity, fact in quoted]
    bodies = bodies_of_people(actor, known, {entity for entity, _, _ in heard})
    labels = labels_of(actor, {entity for entity, _, _ in heard})
    said = said_by_people(known, WHAT)
    placed = stakeholders_of_bodies(actor, said, {*labels, *bodies.values()})
    voices: dict[int, Voice] = {}
    for entity, fact, how in heard:
        if entity not in labels:
            continue
        if entity not in voices:
            voices[entity] = Voice(*labels[entity], _group_of(entity, placed, bodies))
        voice = voices[entity]
        setattr(voice, how, getattr(voice, how) + 1)
        if len(voice.facts) < _SOURCES and fact not in voice.facts:
            voice.facts.append(fact)
    by_group: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices.values():
        by_group[voice.placed.value or UNKNOWN].append(voice)
    groups = tuple(_group(key, by_group[key]) for key in (*STAKEHOLDERS, UNKNOWN))
    _add_sources(actor, known, [voice for group in groups for voice in group.voices])
    promises = known_commitments(actor, known).filter(theme=theme).count()
    return Hearing(theme, groups, searched, there, promises, theme_words(theme))


def _group(key: str, voices: Iterable[Voice]) -> Group:
    """The voices by their names: it is no ranking."""
    ordered = sorted(voices, key=lambda voice: (voice.label.casefold(), voice.uid))
    return Group(key, tuple(ordered[:SHOWN]), len(ordered))


def _group_of(entity: int, placed: dict[int, Placed], bodies: dict[int, int]) -> Placed:
    """A person is of the group of the body that they are told to be of, unless somebody said otherwise."""
    own = placed.get(entity, NOWHERE)
    return own if own.basis != NOWHERE.basis or entity not in bodies else placed.get(bodies[entity], NOWHERE)


def _quoted(actor: Actor, known: AsKnown, theme: str) -> tuple[list[tuple[int, int]], int, int]:
    """Who says a word of the theme in a quotation: (canonical entry, fact); how many quotations were searched, of how many."""
    quotes = known_facts(actor, known).filter(kind="quote")
    keys = list(quotes.order_by("-said_on", "-pk").values_list("pk", flat=True)[:MOST])
    told = Statement.objects.filter(fact__in=keys, holds=True)
    words = dict(told.filter(predicate="text").values_list("fact", "value"))
    wanted = {fact for fact, text in words.items() if says_theme(text, theme)}
    speakers = told.filter(fact__in=wanted, predicate__in=("speaker", "organisation"), object_now__isnull=False)
    found: dict[int, tuple[int, bool]] = {}
    for fact, entity, predicate in speakers.order_by("pk").values_list("fact", "object_now__canonical", "predicate"):
        # The speaker; the organisation where no speaker is named.
        if fact not in found or (predicate == "speaker" and not found[fact][1]):
            found[fact] = (entity, predicate == "speaker")
    there = len(keys) if len(keys) < MOST else quotes.count()
    return [(found[fact][0], fact) for fact in keys if fact in found], len(keys), there


def _add_sources(actor: Actor, known: AsKnown, voices: list[Voice]) -> None:
    views = views_by_key(actor, known, [fact for voice in voices for fact in voice.facts])
    for voice in voices:
        sources = {
            source.href: source for fact in voice.facts if fact in views for source in (source_of(views[fact], known),)
        }
        voice.sources = list(sources.values())
