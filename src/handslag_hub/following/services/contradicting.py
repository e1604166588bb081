"""Passages that contradict each other: what the engine finds among what was heard of a commitment, in two language versions, on a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from handslag.following.contradicting.contradictions import OF_PAGES, contradictions_of
from handslag.following.documents import Place
from handslag.following.linking.judging import installed_judges
from handslag.following.results import Because, Contradiction, Followed, Heard, State
from handslag.following.seeing.views import DocumentView
from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, normal_words, stable_uid
from handslag.kernel.passages import Passage
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.following.found import Found
from handslag_hub.following.models import Page
from handslag_hub.following.prepared import prepare_page, views_of
from handslag_hub.following.queries.states import Word, words_of
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.models import Document, Entity, Fact, Statement

# Whoever looks for contradictions sees all: what is found is as strict as both sides.
_LOOKER = Actor(None, "handslag", Role.ADMINISTRATOR)
# Two versions of a page are of days so near, and name of the fewer names at least so many in common.
_DAYS = timedelta(days=4)
_SHARED = 0.4
_MOST_NEAR, _MOST_VERSIONS, _MOST_PAGES = 200, 3, 6
_NOT_SAID = Because("", "")


@dataclass(frozen=True, slots=True)
class Against:
    """A contradiction as it is claimed; `elsewhere` is its other side where that stands in another document."""

    claimed: ClaimedFact
    elsewhere: tuple[Document, Passage] | None


def contradictions_on(document: Document, view: DocumentView, found: Sequence[Found]) -> list[Against]:
    """The contradictions of which a side stands in the document."""
    told: dict[str, Against] = {}
    for contradiction, of in (*_of_commitments(document, view, found), *_of_page(document, view)):
        if against := _against(document, contradiction, of):
            told.setdefault(against.claimed.uid, against)
    return list(told.values())


def _of_page(document: Document, view: DocumentView) -> Iterator[tuple[Contradiction, None]]:
    pages = [view, *(prepare_page(other) for other in _versions(document, view))]
    for contradiction in contradictions_of((), pages, installed_judges().rarity):
        yield contradiction, None


def _versions(document: Document, view: DocumentView) -> list[Document]:
    """Pages of nearly the same day in another language that name the same: what the engine will look at as versions."""
    if document.said_on is None or document.said_precision != "day" or not view.name_words:
        return []
    near = Document.objects.filter(
        live=True, said_on__gte=document.said_on - _DAYS, said_on__lte=document.said_on + _DAYS
    )
    near = (
        near.exclude(chain=document.chain)
        .exclude(language=document.language)
        .order_by("-pk")
        .values_list("pk", flat=True)[:_MOST_NEAR]
    )
    shared: list[tuple[float, int]] = []
    for key, home in Page.objects.filter(document__in=list(near), home__isnull=False).values_list("document", "home"):
        names = set(home["names"])
        fewer = min(len(names), len(view.name_words))
        if fewer and len(names & view.name_words) >= _SHARED * fewer:
            shared.append((len(names & view.name_words) / fewer, key))
    return list(Document.objects.filter(pk__in=[key for _, key in sorted(shared, reverse=True)[:_MOST_VERSIONS]]))


def _of_commitments(
    document: Document, view: DocumentView, found: Sequence[Found]
) -> Iterator[tuple[Contradiction, Entity]]:
    by_commitment: dict[int, list[Found]] = defaultdict(list)
    for item in found:
        if item.heard.certainty != "weak":
            by_commitment[item.of[0].about].append(item)
    before = _heard_before(document, by_commitment)
    for about, items in by_commitment.items():
        heard = [*(item.heard for item in items), *(_as_heard(word) for word in before.get(about, ()))]
        stated = views_of([items[0].of[0].fact]).get(items[0].of[0].fact)
        if stated is None or not any(one.says == "contradicted" for one in heard):
            continue
        others = {word.document.pk: word.document for word in before.get(about, ()) if word.document}
        pages = [view, *(prepare_page(Document.objects.get(pk=key)) for key in sorted(others)[:_MOST_PAGES])]
        followed = Followed(stated.commitment, tuple(heard), State("stated"))
        entity = Entity.objects.get(pk=about)
        for contradiction in contradictions_of([(stated, followed)], pages, installed_judges().rarity):
            if contradiction.kind not in OF_PAGES:
                yield contradiction, entity


def _heard_before(document: Document, commitments: Collection[int]) -> dict[int, list[Word]]:
    """What other documents say of these commitments."""
    of = Statement.objects.filter(
        predicate="of", object_now__in=commitments, holds=True, fact__kind="evidence", fact__shown=True
    )
    pairs = list(of.exclude(fact__certainty="weak").exclude(fact__document=document).exclude(fact__document=None).values_list("fact", "object_now"))  # fmt: skip
    facts = Fact.objects.filter(pk__in=[fact for fact, _ in pairs]).select_related("document__source").defer("document__text", "document__lines")  # fmt: skip
    words = {word.fact.pk: word for word in words_of(_LOOKER, facts)}
    found: dict[int, list[Word]] = defaultdict(list)
    for fact, about in pairs:
        if fact in words and words[fact].passage:
            found[about].append(words[fact])
    return found


def _as_heard(word: Word) -> Heard:
    passage = word.passage
    assert passage is not None and word.document is not None  # noqa: PT018  only such are given
    place = Place(word.document.uid, passage.start, passage.end, passage.quote)
    return Heard(place, word.said_on, word.says, word.by, word.basis, word.certainty, _NOT_SAID)


def _against(document: Document, contradiction: Contradiction, of: Entity | None) -> Against | None:
    sides = (contradiction.a, contradiction.b)
    here = [side for side in sides if side.document == document.uid]
    there = [side for side in sides if side.document != document.uid]
    other = Document.objects.filter(uid=there[0].document, live=True).first() if there else None
    if not here or (there and other is None):
        return None
    chains = {document.uid: document.chain} | ({other.uid: other.chain} if other else {})
    told = sorted(f"{chains[side.document]} {normal_words(side.quote)}" for side in sides)
    uid = stable_uid("fact", "contradiction", *told, length=24)
    kind = contradiction.kind
    claims = [Claim(predicate="kind", value=kind, normal=kind, basis="inferred")]
    for predicate, words in (("what_sv", contradiction.what.sv), ("what_en", contradiction.what.en)):
        claims.append(Claim(predicate=predicate, value=words, normal=words, basis="inferred"))
    if of is not None:
        claims.append(Claim(predicate="of", value=of.uid, normal=of.uid, object=known_entity(of)))
    claimed = ClaimedFact(uid=uid, kind="contradiction", subject=EntityKey("contradiction", uid, kind), claims=tuple(claims),
        passages=tuple(_passage(document, side) for side in here), certainty="probable", language=document.language)  # fmt: skip
    return Against(claimed, (other, _passage(other, there[0])) if other else None)


def _passage(document: Document, place: Place) -> Passage:
    lines: Iterable[Sequence] = document.lines
    zone = next((line[2] for line in lines if line[0] < place.end and place.start < line[1]), "")
    return Passage(place.start, place.end, place.quote, zone)
