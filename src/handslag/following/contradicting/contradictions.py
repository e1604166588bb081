"""Passages that contradict each other: figures, sums, durations and dates of one thing, percentages and their amounts, roles.

What is told here is rather too little than wrong: two passages must be of one thing by their words, and what differs must be
printed in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final

from handslag.following.contradicting.on_one_page import of_approvals, within
from handslag.following.contradicting.prices import charged_beside, dearer, lowered, may_be_raised, raised
from handslag.following.contradicting.roles_held import held_by_another
from handslag.following.contradicting.shares import is_of_parts, other_share
from handslag.following.contradicting.versions import are_of_same_days, are_versions, differences_of
from handslag.following.documents import Place
from handslag.following.results import Because, Contradiction, Followed, Heard
from handslag.following.seeing.differences import (
    DEAREST,
    Difference,
    dates_of,
    differing,
    durations_of,
    free_and_price,
    is_free,
)
from handslag.following.seeing.measures import Measure, measure_words, verdict_of
from handslag.following.seeing.telling import Sentence
from handslag.following.seeing.views import CommitmentView, DocumentView, Rarity
from handslag.following.state import is_later
from handslag.following.wording import said

# kinds of contradictions of pages, whatever is promised on them
OF_PAGES: Final = frozenset(
    ("versions", "percentage", "total", "tellers", "claim", "role", "lists", "count_and_list", "approval")
)
_OPPOSED: Final = frozenset((("reached", "short"), ("within", "beyond")))
_ANSWERED: Final = frozenset(("claim", "tellers"))
_CELLS: Final = 2
_NEARLY: Final = 0.65  # of one time another: "two days" for "two working days"
# kind of a measure → kind of a contradiction
_KINDS: Final = {"money": "sum", "duration": "duration", "count": "count", "share": "share"}


def contradictions_of(
    followed: Sequence[tuple[CommitmentView, Followed]], pages: Sequence[DocumentView], rarity: Rarity
) -> tuple[Contradiction, ...]:
    """What contradicts what among the passages heard of the commitments, between two versions of a page, and within a page."""
    found: list[Contradiction] = []
    by_document = {page.document.sha256: page for page in pages}
    on_pages = [told for page in pages for told in within(page, rarity)]
    answered = [place for told in on_pages if told.kind in _ANSWERED for place in (told.a, told.b)]
    for view, item in followed:
        promise = item.commitment.evidence[0]
        of_item = [*_of_commitment(view, item, by_document)]
        claimed = [told.b for told in of_item if told.a != promise]
        of_item += [
            told
            for told in _of_prices_and_shares(view, item, pages, rarity)
            if not any(told.b.meets(place) for place in claimed)
        ]
        # What a claim beside it answers is told of the claim, not of what was promised.
        found += [told for told in of_item if told.a != promise or not any(told.b.meets(place) for place in answered)]
    for one, other in combinations(pages, 2):
        if are_versions(one, other, rarity):
            found += _of_versions(one, other, rarity)
            found += held_by_another(one, other)
    found += of_approvals(pages, rarity)
    found += on_pages
    return _once(found)


def _of_commitment(view: CommitmentView, item: Followed, pages: dict[str, DocumentView]) -> Iterable[Contradiction]:
    """What was promised, or was said again, against what another passage says of it."""
    heard = [h for h in item.heard if h.certainty != "weak"]
    home = pages.get(item.commitment.document)
    for again in heard:
        page = pages.get(again.place.document)
        theirs = _sentence_at(again.place, pages)
        if again.says == "restated" and theirs and home and page and are_of_same_days(home, page):
            difference = differing(view.sentence, theirs, is_limit=False) or dates_of(view.sentence, theirs)
            if difference is not None:
                yield _told(item.commitment.evidence[0], again.place, difference, "versions")
        elif again.says == "restated" and theirs and "delayed" not in theirs.classes:
            another_day = dates_of(view.sentence, theirs)
            if another_day is not None:
                yield _told(item.commitment.evidence[0], again.place, another_day)
    claims = _claims(view, item, pages)
    for contrary in item.heard:
        theirs = _sentence_at(contrary.place, pages)
        if theirs is not None:
            yield from _against(view, item, claims, (contrary, theirs))


def _of_prices_and_shares(
    view: CommitmentView, item: Followed, pages: Sequence[DocumentView], rarity: Rarity
) -> Iterable[Contradiction]:
    """What is charged, spent or paid on a later page, beside the promised price or share, whether or not a judge links the two."""
    if not (view.measures or is_free(view.sentence) or may_be_raised(view) or is_of_parts(view)):
        return
    contrary = [heard.place for heard in item.heard if heard.says == "contradicted"]
    linked = [heard for heard in item.heard if heard.says in {"contradicted", "underway", "done"}]
    for page in pages:
        if not page.document.said_on or not is_later(page.document.said_on, view.said_on):
            continue
        for sentence in page.sentences:
            place = page.document.place(sentence.start, sentence.end)
            found = dearer(view, sentence) or charged_beside(view, page, sentence, rarity)
            if found is None and any(place.meets(other) for other in contrary):
                found = raised(view, sentence)
            if found is None:
                says = next((heard.says for heard in linked if heard.place.meets(place)), "")
                found = other_share(view, sentence, rarity, says=says) or (lowered(view, sentence) if says else None)
            if found is not None:
                yield _told(item.commitment.evidence[0], place, found)


def _claims(view: CommitmentView, item: Followed, pages: dict[str, DocumentView]) -> list[tuple[Heard, Sentence]]:
    """What the owner says of the commitment as if it were kept, or says again.

    Who else got what was promised tells nothing against one who did not: only the owner's word is a claim. A mean or a share leaves room
    for one who waited longer, and another time than the promised is of another matter.
    """
    found = []
    for kept in item.heard:
        mine = _sentence_at(kept.place, pages)
        if mine is None or kept.says not in {"restated", "underway", "done"} or _is_of_most(mine):
            continue
        is_again = kept.says == "restated" and _says_the_same(view.measures, mine)
        if (kept.by == "owner" and kept.certainty != "weak" and _is_of_its_time(view.measures, mine)) or is_again:
            found.append((kept, mine))
    return found


def _against(
    view: CommitmentView,
    item: Followed,
    claims: Sequence[tuple[Heard, Sentence]],
    contrary: tuple[Heard, Sentence],
) -> Iterable[Contradiction]:
    """What one passage tells against the promise, and against the claims that it is kept."""
    promised, (heard, theirs) = view.measures, contrary
    broken = _differing(view.sentence, theirs, heard)
    differ = [
        (kept, difference)
        for kept, mine in claims
        if kept.place != heard.place
        and (
            difference := _differing(mine, theirs, heard)
            or _charged_after_claim(kept, mine, contrary)
            or _against_claim(promised, (kept, mine), contrary)
        )
        and not _is_made_good(kept, heard, difference)
    ]
    for kept, difference in differ:
        yield _told(kept.place, heard.place, difference)
    # What was claimed beside it, or with another figure, stands for what was promised.
    is_replaced = any(kept.place.document == heard.place.document for kept, _ in claims if kept.place != heard.place)
    if broken is None:
        broken = _beyond(promised, theirs, heard)
    else:
        is_replaced |= any(difference.one != broken.one for kept, difference in differ if kept.certainty != "weak")
    if broken is not None and not is_replaced:
        yield _told(item.commitment.evidence[0], heard.place, broken)


def _is_made_good(kept: Heard, contrary: Heard, difference: Difference) -> bool:
    """True for a claim of a later day that what was short is done since."""
    return kept.said_on > contrary.said_on and (kept.says == "done" or difference.kind in {"count", "share"})


def _is_of_most(sentence: Sentence) -> bool:
    """True for a mean, or a share of all: one case beyond it does not speak against it."""
    return bool(measure_words("mean") & set(sentence.low)) or any(f.kind == "percent" for f in sentence.figures)


def _is_of_its_time(promised: Sequence[Measure], claim: Sentence) -> bool:
    """False where a time was promised and the sentence tells of quite another."""
    times = [measure.value for measure in promised if measure.kind == "duration"]
    told = [days for days, _ in durations_of(claim)]
    if not times or not told:
        return True
    return any(_NEARLY < days / time < 1 / _NEARLY for days in told for time in times)


def _says_the_same(promised: Sequence[Measure], again: Sentence) -> bool:
    """True for the promised limit told again, whoever tells it."""
    verdict = verdict_of([measure for measure in promised if measure.is_limit], again)
    return verdict is not None and verdict.is_plain and verdict.outcome == "within"


def _differing(mine: Sentence, theirs: Sentence, contrary: Heard) -> Difference | None:
    """What differs in print where a passage is judged to say the opposite."""
    is_row = theirs.low.count("|") >= _CELLS  # of a table, of which one cell may be of another
    difference = differing(mine, theirs, is_limit=True) if contrary.says == "contradicted" and not is_row else None
    return difference if difference is not None and _is_plain(difference, contrary) else None


def _charged_after_claim(kept: Heard, claim: Sentence, contrary: tuple[Heard, Sentence]) -> Difference | None:
    """Said to be free, and a price in a passage that is judged to be of it."""
    heard, theirs = contrary
    if heard.says != "contradicted" or "weak" in (heard.certainty, kept.certainty):
        return None
    return free_and_price(claim, theirs, are_of_one=True)


def _beyond(promised: Sequence[Measure], theirs: Sentence, contrary: Heard) -> Difference | None:
    """What differs where a passage that is surely of the commitment tells of more than was promised at most."""
    verdict = verdict_of(promised, theirs)
    if verdict is None or verdict.outcome != "beyond" or not (verdict.is_plain and _may_break(contrary)):
        return None
    if contrary.says != "contradicted" and verdict.kind not in {"money", "duration"}:
        return None  # more than was promised is often more than was hoped
    if verdict.kind == "money" and verdict.times > DEAREST:
        return None
    return Difference(_KINDS[verdict.kind], verdict.promised, verdict.told)


def _against_claim(
    promised: Sequence[Measure], claim: tuple[Heard, Sentence], contrary: tuple[Heard, Sentence]
) -> Difference | None:
    """What differs where one passage tells by its measure that the promise is kept, and another that it is not."""
    kept, broken = verdict_of(promised, claim[1]), verdict_of(promised, contrary[1])
    if kept is None or broken is None or not (kept.is_plain and broken.is_plain) or kept.kind != broken.kind:
        return None
    if (kept.outcome, broken.outcome) not in _OPPOSED or not _may_break(contrary[0]):
        return None
    if broken.kind == "duration" and claim[0].says != "restated":
        return None  # one answer in time tells nothing against another that came late
    if broken.outcome == "short" and (claim[0].says == "restated" or contrary[0].says == "underway"):
        return None  # said again, and not yet kept: no two sources that differ
    return Difference(_KINDS[broken.kind], kept.told, broken.told)


def _may_break(contrary: Heard) -> bool:
    """True for a passage that is at least probably of the commitment and tells more than its words again or its new date."""
    return contrary.certainty != "weak" and contrary.says not in {"delayed", "restated"}


def _is_plain(difference: Difference, contrary: Heard) -> bool:
    """False for a sum in a passage of which it is in doubt whether it is about this at all: pages are full of sums."""
    return contrary.certainty != "weak" or difference.kind != "sum"


def _sentence_at(place: Place, pages: dict[str, DocumentView]) -> Sentence | None:
    page = pages.get(place.document)
    if page is None:
        return None
    return next((s for s in page.sentences if s.start < place.end and place.start < s.end), None)


def _of_versions(one: DocumentView, other: DocumentView, rarity: Rarity) -> Iterable[Contradiction]:
    """Sentences of two language versions that say the same with another figure, or list fewer things."""
    for pair, difference in differences_of(one, other, rarity):
        a = one.document.place(pair.one.start, pair.one.end)
        b = other.document.place(pair.other.start, pair.other.end)
        if difference is not None:
            yield _told(a, b, difference, "versions")
        else:
            yield Contradiction(a, b, "versions", said("contradictions", "versions"))


def _told(a: Place, b: Place, difference: Difference, kind: str = "") -> Contradiction:
    words = said("contradictions", kind or difference.kind)
    if difference.kind == "left_out":
        return Contradiction(a, b, kind, said("contradictions", "left_out", difference.one))
    return Contradiction(
        a,
        b,
        kind or difference.kind,
        Because(
            f"{words.sv}: {difference.one} – {difference.other}", f"{words.en}: {difference.one} – {difference.other}"
        ),
    )


def _once(found: Iterable[Contradiction]) -> tuple[Contradiction, ...]:
    """Each pair of passages once, the first of those that tell of the same places."""
    kept: list[Contradiction] = []
    for one in found:
        if not any(_are_same(one, other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _are_same(one: Contradiction, other: Contradiction) -> bool:
    return (one.a.meets(other.a) and one.b.meets(other.b)) or (one.a.meets(other.b) and one.b.meets(other.a))
