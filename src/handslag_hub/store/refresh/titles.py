"""What an agreement is called where its page gives it no name but a word for agreements: by that word and those whose it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from handslag.reading.facts.agreements.words import is_word_for_agreements
from handslag_hub.store.models import Statement

_LONGEST = 500
# "memorandum of understanding" tells no more than "avtal".
_FEW_WORDS = 3


def agreement_title(name: str, parties: Sequence[str], *, is_form: bool) -> str:
    """A name as it is; "Avtal: A – B" for bare words for agreements (`is_form`), "A – B" for another bare word ("signed")."""
    words = name.split()
    bare = all(map(str.isalpha, words)) and name[1:].islower() and len(words) <= (_FEW_WORDS if is_form else 1)
    # A capital is of a name, or of a sentence's first word.
    if not bare or not parties or (name[:1].isupper() and not is_word_for_agreements(name)):
        return name[:_LONGEST]
    whose = " – ".join(dict.fromkeys(parties))
    return (f"{name[:1].upper()}{name[1:]}: {whose}" if is_form else whose)[:_LONGEST]


@dataclass(slots=True)
class _Said:
    entity: int
    level: int
    names: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


def agreement_titles(entities: Collection[int]) -> dict[int, list[tuple[str, str, int]]]:
    """Entity → (name, title, level) of the agreements that are told of, in the order of their facts."""
    rows = Statement.objects.filter(fact__about__in=entities, fact__kind="agreement", fact__shown=True, holds=True, predicate__in=("name", "party", "form"))  # fmt: skip
    facts: dict[int, _Said] = {}
    told = rows.order_by("fact", "rank", "pk").values_list("fact", "fact__about", "fact__level", "predicate", "value")
    for fact, entity, level, predicate, value in told:
        said = facts.setdefault(fact, _Said(entity, level))
        {"name": said.names, "party": said.parties, "form": said.forms}[predicate].append(value)
    found: dict[int, list[tuple[str, str, int]]] = defaultdict(list)
    for said in facts.values():
        for name in said.names[:1]:
            found[said.entity].append((name[:_LONGEST], agreement_title(name, said.parties, is_form=bool(said.forms)), said.level))  # fmt: skip
    return dict(found)


def title_instead(label: str, level: int | None, titles: Iterable[tuple[str, str, int]]) -> str:
    """The title of the first agreement of this name that whoever sees the label may see; the label where there is none."""
    return next((title for name, title, its in titles if name == label and level is not None and its <= level), label)
