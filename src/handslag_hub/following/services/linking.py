"""Linking: what a document says of the commitments that were stated before it, kept as evidence that a person decides on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Q

from handslag import __version__
from handslag.following.linking.index import MOST_COMPARED
from handslag.following.linking.judging import installed_judges
from handslag.following.linking.ledger import Ledger
from handslag.following.linking.link_features import OnPage
from handslag.following.results import Heard
from handslag.following.seeing.views import CommitmentView, DocumentView
from handslag.following.state import is_later
from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, fingerprint
from handslag.kernel.passages import Passage
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.following.found import Found, Stated
from handslag_hub.following.index import candidates
from handslag_hub.following.models import Page, Repetition
from handslag_hub.following.prepared import FOLLOWED, prepare_page, views_of
from handslag_hub.following.services.contradicting import contradictions_on
from handslag_hub.following.services.preparing import note_repetitions
from handslag_hub.reading.naming import known_entity
from handslag_hub.store.bulk import plain_rows
from handslag_hub.store.models import Document, Entity, Extractor, Fact, FactPassage, Sameness, Statement, Status
from handslag_hub.store.refresh.facts import batches
from handslag_hub.store.refresh.identity import verdicts_between
from handslag_hub.store.services import keep_heard
from handslag_hub.store.writing import one_writer

# In the trail: what was found by the program, not by somebody.
FINDER = Actor(None, "handslag", Role.ADMINISTRATOR)
VERSION = __version__
# So many of those most alike are looked at first, and so many where too few of them are of earlier days; so many rows at a time.
_LOOKED_AT, _LOOKED_AT_MOST, _AT_ONCE = 400, 3200, 120


def link_document(document: Document) -> int:
    """Keeps what the document says of commitments, as far as that differs from what was found before; gives how much it says."""
    view = prepare_page(document)
    found = heard_on(view, stated_before(document, view))
    with one_writer():
        document.refresh_from_db(fields=["live"])
        if document.live:
            claimed = claims_of(document, found)
            against = contradictions_on(document, view, found)
            keep_heard(FINDER, document, [*(claim for claim, _ in claimed), *(one.claimed for one in against)], _extractor(),
                {one.claimed.uid: one.elsewhere for one in against if one.elsewhere})  # fmt: skip
            _note_repetitions(document, claimed)
        Page.objects.filter(document=document).update(waits=False, taken_at=None, version=VERSION, fault="")
    return len(found)


def stated_before(document: Document, view: DocumentView) -> dict[int, list[Stated]]:
    """Level → the statements up to it, of earlier days, that share most with the page; only levels at which any of them is."""
    keys = {key for sentence in view.sentences for key in sentence.keys}
    earlier = _Earlier(document)
    found: dict[int, list[Stated]] = {}
    for most in (_LOOKED_AT, _LOOKED_AT_MOST):
        among = candidates(keys, most)
        found = earlier.among(among)
        # Few of those most alike were said before it: then more are looked at.
        if all(len(found[level]) >= MOST_COMPARED or len(ranked) < most for level, ranked in among.items()):
            break
    return {level: stated for level, stated in found.items() if any(one.level == level for one in stated)}


class _Earlier:
    """Which facts are statements that were said before a document: what came in late is compared with few that were."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[int, Stated | None] = {}

    def among(self, ranked: Mapping[int, Sequence[int]]) -> dict[int, list[Stated]]:
        """Level → of its facts, the most alike first, the first that were said before, up to the level."""
        found: dict[int, list[Stated]] = {level: [] for level in ranked}
        unfinished = [level for level, facts in ranked.items() if facts]
        at = 0
        while unfinished:
            parts = {level: ranked[level][at : at + _AT_ONCE] for level in unfinished}
            self._look({fact for part in parts.values() for fact in part} - self._known.keys())
            for level, part in parts.items():
                found[level] += [one for fact in part if (one := self._known[fact]) and one.level <= level]
            at += _AT_ONCE
            unfinished = [
                level for level in unfinished if len(found[level]) < MOST_COMPARED and at < len(ranked[level])
            ]
        return {level: stated[:MOST_COMPARED] for level, stated in found.items()}

    def _look(self, facts: Collection[int]) -> None:
        document = self._document
        self._known.update(dict.fromkeys(facts))
        for batch in batches(facts):
            rows = Fact.objects.filter(FOLLOWED, pk__in=batch)
            if document.said_on is not None:
                rows = rows.filter(Q(said_on__lt=document.said_on) | Q(document=None))
            columns = ("pk", "about", "about__canonical", "level", "document__chain", "document__said_period", "document__said_precision")  # fmt: skip
            for *of, chain, period, precision in plain_rows(rows.values_list(*columns)):
                said = "" if precision in {None, "unknown"} else period
                # A less precise day is later only if its earliest day is; what was typed is looked at when its day is known.
                is_before = precision is None or not document.known_period or is_later(document.known_period, said)
                if chain != document.chain and is_before:
                    self._known[of[0]] = Stated(*of)


def heard_on(page: DocumentView, stated: Mapping[int, Sequence[Stated]]) -> list[Found]:
    """What the page says of these.

    Each level by itself: what somebody sees is just what is found among what they may know of.
    """
    found: list[Found] = []
    views = views_of({one.fact for seen in stated.values() for one in seen})
    on_page = OnPage(page)
    compared = {level: [one for one in among if one.fact in views and _may_be_of(views[one.fact], page)] for level, among in stated.items()}  # fmt: skip
    everyone = {one for seen in compared.values() for one in seen}
    repeated, done = _Repeated(everyone), _done(everyone)
    for level, seen in sorted(compared.items()):
        order = sorted(repeated.grouped(seen, level), key=lambda group: min(one.fact for one in group))
        ledger = Ledger(installed_judges())
        for group in order:
            first = min(group, key=lambda one: (views[one.fact].said_on or "9", one.fact))
            ledger.add(views[first.fact])
        # What is of lower levels only was told there.
        wanted = {number for number, group in enumerate(order) if any(one.level == level for one in group)}
        is_done = {number for number, group in enumerate(order) if any(done.get(one.about, level + 1) <= level for one in group)}  # fmt: skip
        for link in ledger.link(page, is_done, wanted, on_page):
            of = tuple(sorted((one for one in order[link.number] if one.level == level), key=lambda one: one.fact))
            found.append(Found(link.heard, of))
    return found


def _may_be_of(view: CommitmentView, page: DocumentView) -> bool:
    said_on = page.document.said_on
    return not said_on or is_later(said_on, view.said_on)


class _Repeated:
    """Which of some statements are of one commitment, from which level on. Two queries."""

    def __init__(self, stated: Iterable[Stated]) -> None:
        entities = {one.about for one in stated}
        different = {pair for pair, verdict in verdicts_between(entities).items() if verdict == Sameness.DIFFERENT}
        sure = (
            Q(heard=None)
            | Q(heard__shown=True, heard__certainty="certain")
            | Q(heard__status__in=(Status.ACCEPTED, Status.CORRECTED))
        )
        rows = Repetition.objects.filter(sure, a__in=entities, b__in=entities).order_by("pk")
        self._pairs = [(a, b, level or 0) for a, b, level in rows.values_list("a", "b", "heard__level") if (a, b) not in different]  # fmt: skip

    def grouped(self, stated: Iterable[Stated], level: int) -> list[list[Stated]]:
        """Statements of one commitment together, for who sees up to a level: those that a person says are one, and those that all but
        surely are, unless a person says not.
        """
        ordered = list(stated)
        leader = {one.cluster: one.cluster for one in ordered}

        def find(key: int) -> int:
            while leader[key] != key:
                key = leader[key]
            return key

        clusters = {one.about: one.cluster for one in ordered}
        for a, b, heard_at in self._pairs:
            if heard_at <= level and a in clusters and b in clusters:
                leader[find(clusters[b])] = find(clusters[a])
        groups: dict[int, list[Stated]] = defaultdict(list)
        for one in ordered:
            groups[find(one.cluster)].append(one)
        return list(groups.values())


def _done(stated: Iterable[Stated]) -> dict[int, int]:
    """Of those that were reported done by what was heard before (their entities), from which level on that may be seen."""
    of = {one.about for one in stated}
    rows = Statement.objects.filter(predicate="of", object_now__in=of, holds=True, fact__kind="evidence", fact__shown=True)  # fmt: skip
    rows = rows.exclude(fact__certainty="weak").filter(fact__statements__predicate="says", fact__statements__value="done", fact__statements__holds=True)  # fmt: skip
    found: dict[int, int] = {}
    for about, level in rows.values_list("object_now", "fact__level"):
        found[about] = min(level, found.get(about, level))
    return found


# --- as claims ---------------------------------------------------------------------------------------------------------


def claims_of(document: Document, found: Iterable[Found]) -> list[tuple[ClaimedFact, Found]]:
    """What was found, as evidence. What stands at the same place of the same commitment is the same evidence as before, whatever its words."""
    before = _there(document)
    entities = Entity.objects.in_bulk({one.about for item in found for one in item.of})
    lines = [(line[0], line[1], line[2]) for line in document.lines]
    seen: dict[str, int] = defaultdict(int)
    claimed: list[tuple[ClaimedFact, Found]] = []
    taken: set[str] = set()
    for item in found:
        place = item.heard.place
        about = [entities[one.about] for one in item.of]
        uid = next((uid for entity in about for uid in before.get((place.start, place.end, entity.pk), ()) if uid not in taken), "")  # fmt: skip
        if not uid:
            first = fingerprint(document.chain, "evidence", about[0].uid, [], place.quote, 0)
            seen[first] += 1
            uid = first if seen[first] == 1 else fingerprint(document.chain, "evidence", about[0].uid, [], place.quote, seen[first] - 1)  # fmt: skip
        taken.add(uid)
        zone = next((zone for start, end, zone in lines if start < place.end and place.start < end), "")
        claimed.append((_claimed(document, uid, item.heard, about, Passage(place.start, place.end, place.quote, zone)), item))  # fmt: skip
    return claimed


def _claimed(document: Document, uid: str, heard: Heard, about: Sequence[Entity], place: Passage) -> ClaimedFact:
    claims = [
        Claim(predicate="of", value=entity.uid, normal=entity.uid, object=known_entity(entity)) for entity in about
    ]
    claims += [Claim(predicate="says", value=heard.says, normal=heard.says, basis=heard.basis)]
    for predicate, value in (("by", heard.by), ("why_sv", heard.why.sv), ("why_en", heard.why.en)):
        claims.append(Claim(predicate=predicate, value=value, normal=value, basis="inferred"))
    return ClaimedFact(uid=uid, kind="evidence", subject=EntityKey("evidence", uid, heard.says), claims=tuple(claims),
        passages=(place,), certainty=heard.certainty, language=document.language)  # fmt: skip


def _there(document: Document) -> dict[tuple[int, int, int], list[str]]:
    """(place, commitment) → the evidence that was found there."""
    rows = FactPassage.objects.filter(
        fact__kind="evidence", passage__document=document, fact__statements__predicate="of"
    )
    found: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for uid, start, end, entity in rows.values_list("fact__uid", "passage__start", "passage__end", "fact__statements__object_now").distinct().order_by("fact__pk"):  # fmt: skip
        found[start, end, entity].append(uid)
    return found


def _note_repetitions(document: Document, claimed: Sequence[tuple[ClaimedFact, Found]]) -> None:
    """A commitment whose passage says an earlier one again may be that one."""
    rows = FactPassage.objects.filter(fact__document=document, passage__document=document, rank=0)
    rows = rows.filter(fact__in=Fact.objects.filter(FOLLOWED, document=document).values("pk"))
    standing = list(rows.values_list("fact__about", "passage__start", "passage__end"))
    evidence = dict(Fact.objects.filter(uid__in=[claim.uid for claim, _ in claimed]).values_list("uid", "pk"))
    pairs = []
    for claim, item in claimed:
        place = item.heard.place
        meeting = [about for about, start, end in standing if start < place.end and place.start < end]
        if item.heard.says == "restated" and item.heard.certainty != "weak" and claim.uid in evidence:
            pairs += [(item.of[0].about, about, evidence[claim.uid]) for about in meeting]
    note_repetitions(pairs)


def _extractor() -> Extractor:
    return Extractor.objects.get_or_create(
        name="handslag following", version=VERSION, parameters_hash="", is_human=False
    )[0]
