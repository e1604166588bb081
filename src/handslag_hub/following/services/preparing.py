"""Keeping the index: commitments that are new or changed get their keys, and pages that may tell of them are to be looked at again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Q

from handslag.following.linking.sightings import are_same
from handslag.following.seeing.views import CommitmentView
from handslag.following.state import is_later
from handslag.language.search import parse_query
from handslag_hub.following.index import candidates, numbers_of, write_keys
from handslag_hub.following.models import Page, Promise, Repetition
from handslag_hub.following.prepared import views_of
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.refresh.facts import BATCH, batches
from handslag_hub.store.refresh.identity import pair_of
from handslag_hub.store.search import documents_answering
from handslag_hub.store.writing import one_writer

_TOGETHER = 100
# Commitments that share most with one that comes in: among them is what says the same.
_ALIKE = 400
# So many of these are held prepared at most, beside those that come in and those of one of them.
_PREPARED = 2000
# Later pages that may tell of a commitment that came in after them: all of so few, else those that have its rarest words.
_FEW_PAGES = 50
_RAREST = 4
_MOST_PAGES = 100


def prepare_what_waits() -> int:
    """Gives all commitments that wait their keys; gives how many there were."""
    count = 0
    while keys := list(Promise.objects.filter(waits=True).order_by("fact").values_list("fact", flat=True)[:_TOGETHER]):
        prepare(keys)
        count += len(keys)
    return count


def prepare(facts: Collection[int]) -> None:
    """Gives these commitments their keys as their words are now."""
    views = views_of(facts)
    levels = dict(Fact.objects.filter(pk__in=facts).values_list("pk", "level"))
    pages = {page for fact, view in views.items() for page in _later_pages(fact, view)}
    with one_writer():
        write_keys({fact: numbers_of(views[fact].keys, levels[fact]) if fact in views else () for fact in facts})
        Promise.objects.filter(fact__in=facts).update(waits=False)
        for batch in batches(pages):
            Page.objects.filter(document__in=batch).exclude(version="").update(waits=True)
    repeated = list(_said_at_once(views))
    if repeated:
        with one_writer():
            note_repetitions((a, b, None) for a, b in repeated)


def note_repetitions(pairs: Iterable[tuple[int, int, int | None]]) -> None:
    """Keeps that two commitments (their entities) may be one; the third is the evidence that says so, None for the same words at once.

    Of several the least strict is kept: what a restricted page says again takes no proposal from those who do not see it.
    """
    found: dict[tuple[int, int], int | None] = {}
    for a, b, heard in pairs:
        if a != b:
            found[pair_of(a, b)] = heard
    evidence = Fact.objects.filter(pk__in=[heard for heard in found.values() if heard]).values_list("pk", "level")
    levels: dict[int | None, int] = {None: -1, **dict(evidence)}
    there: dict[tuple[int, int], Repetition] = {}
    for batch in batches(a for a, _ in found):
        rows = Repetition.objects.filter(a__in=batch).select_related("heard")
        there |= {(row.a_id, row.b_id): row for row in rows if (row.a_id, row.b_id) in found}
    new = [Repetition(a_id=a, b_id=b, heard_id=heard) for (a, b), heard in found.items() if (a, b) not in there]
    Repetition.objects.bulk_create(new, batch_size=BATCH)
    for pair, row in there.items():
        heard = found[pair]
        if row.heard and (not row.heard.shown or levels[heard] < row.heard.level):
            row.heard_id = heard
            row.save(update_fields=["heard"])


def _said_at_once(views: Mapping[int, CommitmentView]) -> Iterator[tuple[int, int]]:
    """Of these commitments and others, what was said in all but the same words on the same page or day."""
    said = {key: (day, mine, level) for key, day, mine, level in Fact.objects.filter(pk__in=views).values_list("pk", "said_on", "about", "level")}  # fmt: skip
    # What comes in together is mostly like the same others.
    prepared = dict(views)
    for fact, view in views.items():
        day, mine, level = said[fact]
        # At the levels of all who see it: what is stricter takes no place from what is not.
        among = {key for at, ranked in candidates(view.keys, _ALIKE).items() if at >= level for key in ranked} - {fact}
        about = dict(Fact.objects.filter(pk__in=among, said_on=day).values_list("pk", "about"))
        if len(prepared) > _PREPARED:
            prepared = dict(views)
        prepared |= views_of(sorted(about.keys() - prepared.keys()))
        for key in sorted(about.keys() & prepared.keys()):
            other = prepared[key]
            if not is_later(view.said_on, other.said_on) and not is_later(other.said_on, view.said_on) and are_same(other, view):  # fmt: skip
                yield about[key], mine


def _later_pages(fact: int, view: CommitmentView) -> set[int]:
    """Pages that were linked before this commitment was known, are of a later day (or of none), and may tell of it."""
    day, home = Fact.objects.filter(pk=fact).values_list("said_on", "document").get()
    if day is None:
        return set()
    linked = Page.objects.exclude(version="").filter(document__live=True, waits=False).exclude(document=home)
    later = linked.filter(Q(document__said_on__gt=day) | Q(document__said_on=None))
    few = list(later.order_by().values_list("document", flat=True)[: _FEW_PAGES + 1])
    if len(few) <= _FEW_PAGES:
        return set(few)
    heaviest = sorted(zip(view.weights, view.words, strict=True), key=lambda pair: (-pair[0], pair[1].form))
    words = list(dict.fromkeys(word.form for _, word in heaviest))[:_RAREST]
    words += [" ".join(party.core) for party in view.parties]
    found = {page for asked in words for page in documents_answering(parse_query(asked), _MOST_PAGES)}
    return set(Document.objects.filter(pk__in=found, live=True, said_on__gt=day).values_list("pk", flat=True))
