"""What contradicts what within one page: lists and their counts, shares and their amounts, claims and days, roles, approvals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from handslag.following.contradicting.listings import (
    Listing,
    counted_lists,
    is_same,
    is_shorter,
    line_lists,
    plain_lists,
    things_in_list,
    things_in_sentence,
    without_heading,
)
from handslag.following.contradicting.part_sums import is_off, wrong_shares_told, wrong_sums
from handslag.following.contradicting.roles_held import held_by_two
from handslag.following.contradicting.tables import wrong_shares
from handslag.following.contradicting.tellers import told_otherwise
from handslag.following.documents import Document
from handslag.following.results import Contradiction
from handslag.following.seeing.differences import durations_of
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import DocumentView, Rarity
from handslag.following.seeing.words import likeness
from handslag.following.wording import said
from handslag.language.lexicon import classes_of

_OF_WHICH: Final = re.compile(r"\b(?:of which|of whom|of these|of them|varav|av dessa|av dem)\b")
_OF: Final = re.compile(r"\s*(?:of|av)\s+(?:[^\W\d]+\s+){0,2}(?:SEK|EUR|USD|£|\$|€)?\s*$")
_NEAR_SHARE: Final = 45
_AFTER: Final = 3  # sentences after a claim in which somebody may tell of another time
_BEYOND: Final = 1.2
_AT_ONCE: Final = 3  # letters
_RARE: Final = 3.5
_WAITED: Final = re.compile(
    r"^(?:vänta|väntade|väntat|väntan|väntetid\w*|dröj\w*|tog|tagit|dagar|waited|waiting|wait|took|taken|takes|lasted|delay\w*)$"
)
_EVERY: Final = frozenset(
    "alla samtliga varje inom högst within every all each always alltid no never ingen aldrig most".split()
)
_SUPPOSED: Final = frozenset(("if", "om"))
_APPROVED: Final = re.compile(r"^(?:godkän(?:t|ts|d|da|de|des|ner|ns)|approved|approves|approval|godkännande\w*)$")
_RECOMMENDED: Final = re.compile(
    r"^(?:rekommender\w*|avstyrk\w*|avråd\w*|recommend(?:s|ed|ation|ations)?|advise[ds]?)$"
)
_AGAINST: Final = re.compile(r"^(?:avstyrk\w*|avråd\w*|against)$")
_NOT: Final = frozenset(
    "inte ej not never aldrig inga ingen no neither varken n't hasn't haven't hasn’t haven’t".split()
)


def within(page: DocumentView, rarity: Rarity) -> Iterable[Contradiction]:
    """What contradicts what within the page."""
    yield from _counts(page)
    yield from _lists(page)
    for sentence in page.sentences:
        yield from _share(page.document, sentence)
    for row, total in wrong_shares(page.document.text):
        quote = page.document.text[row.start : row.end].split()[-1].strip("()")
        yield _told(page.document, (row.start, row.end), (total.start, total.end), "percentage", quote)
    for unlike in wrong_shares_told(page):
        yield _told(page.document, unlike.one, unlike.other, "percentage", unlike.printed)
    for unlike in wrong_sums(page):
        yield _told(page.document, unlike.one, unlike.other, "total", unlike.printed)
    for unlike in told_otherwise(page):
        yield _told(page.document, unlike.one, unlike.other, "tellers", unlike.printed)
    yield from _claims(page)
    yield from held_by_two(page)
    yield from _approvals(page, page, rarity)


def _told(document: Document, a: tuple[int, int], b: tuple[int, int], kind: str, filling: str = "") -> Contradiction:
    return Contradiction(document.place(*a), document.place(*b), kind, said("contradictions", kind, filling))


def _counts(page: DocumentView) -> Iterable[Contradiction]:
    """A number of things ("four areas:"), and a list of more or fewer."""
    for counted in counted_lists(page):
        listing = counted.listing
        if _counts_its_parts(page, listing):
            continue
        if counted.number < listing.least or counted.number > listing.most:
            told = listing.least if counted.number < listing.least else listing.most
            printed = f"{counted.number} – {told}"
            yield _told(
                page.document, (counted.start, counted.end), (listing.start, listing.end), "count_and_list", printed
            )


def _counts_its_parts(page: DocumentView, listing: Listing) -> bool:
    """True for a list that says how many of each there are: "five purchases: four in the north, one in Gävle"."""
    inside = [f for s in page.sentences for f in s.figures if listing.start <= f.start < listing.end]
    return any(figure.kind == "count" and figure.start - listing.start < _AT_ONCE for figure in inside)


def _lists(page: DocumentView) -> Iterable[Contradiction]:
    """Areas named in a sentence, and the list of them with one more or one less."""
    lists = [[things_in_list(page, listing)] for listing in line_lists(page)]
    lists += [
        [things_in_list(page, one) for one in (without_heading(page, listing), listing)]
        for listing in plain_lists(page)
    ]
    for sentence in page.sentences if lists else ():
        named = things_in_sentence(page, sentence)
        if named is None:
            continue
        for readings in lists:
            listed = next((one for one in readings if is_shorter(named, one)), None)
            if listed is None or any(is_same(named, one) for one in readings):
                continue
            if named.end <= listed.start or listed.end <= named.start:
                yield _told(page.document, (named.start, named.end), (listed.start, listed.end), "lists")


def _share(document: Document, sentence: Sentence) -> Iterable[Contradiction]:
    """A percentage beside two amounts of one sentence that give another."""
    percents = [f for f in sentence.figures if f.kind == "percent"]
    if len(percents) != 1:
        return
    for kind in ("money", "count"):
        amounts = [f for f in sentence.figures if f.kind == kind]
        if len(amounts) != 2 or amounts[0].unit != amounts[1].unit:
            continue
        fitting = _percentages(document.text, sentence, amounts, percents[0])
        if fitting and all(is_off(sentence, percents[0].value, value) for value in fitting):
            place = min(f.start for f in amounts), max(f.end for f in amounts)
            share = percents[0]
            quote = document.text[share.start : share.end]
            yield _told(document, (share.start, share.end), place, "percentage", quote)


def _percentages(text: str, sentence: Sentence, amounts: Sequence[Figure], share: Figure) -> list[float]:
    """What the share of two amounts, or the change from one to the other, comes to; nothing where neither is meant."""
    first, second = amounts
    low, high = sorted((first.value, second.value))
    if low <= 0 or low == high or min(abs(share.start - second.end), abs(first.start - share.end)) > _NEAR_SHARE:
        return []
    before, between = text[sentence.start : first.start].lower(), text[first.end : second.start].lower()
    is_part = _OF.search(between) or _OF_WHICH.search(between) or _OF.search(" " + before)
    if is_part:
        return [100 * low / high, 100 * (high - low) / high]
    words = set(re.findall(r"\w+", f"{before} {between}"))
    is_change = bool({"from", "från"} & words) and bool({"to", "till"} & set(re.findall(r"\w+", between)))
    if is_change and first.kind == "money":
        return [100 * (high - low) / first.value]
    return []


def _claims(page: DocumentView) -> Iterable[Contradiction]:
    """A time within which everything is said to be done, and right after it somebody who waited longer."""
    for at, claim in enumerate(page.sentences):
        mine = durations_of(claim)
        if len(mine) != 1 or not _EVERY & set(claim.low) or "?" in claim.low:
            continue
        for other in page.sentences[at + 1 : at + 1 + _AFTER]:
            theirs = durations_of(other)
            waited = any(_WAITED.match(low) for low in other.low)
            if len(theirs) != 1 or not waited or (_EVERY | _SUPPOSED) & set(other.low):
                continue
            if theirs[0][0] > _BEYOND * mine[0][0] and claim.paragraph >= other.paragraph - 1:
                printed = f"{mine[0][1]} – {theirs[0][1]}"
                place, contrary = (claim.start, claim.end), (other.start, other.end)
                yield _told(page.document, place, contrary, "claim", printed)


def of_approvals(pages: Sequence[DocumentView], rarity: Rarity) -> Iterable[Contradiction]:
    """A body's own page recommends, and another's page says of the body that it has approved."""
    approving = [page for page in pages if any(_says(s, _APPROVED) for s in page.sentences)]
    for own in pages if approving else ():
        publisher = frozenset(word for name in own.head for word in name.words)
        if not publisher or not any(_says(s, _RECOMMENDED) for s in own.sentences):
            continue
        for foreign in approving:
            if not publisher & {word for name in foreign.head for word in name.words}:
                yield from _approvals(own, foreign, rarity, publisher)


def _approvals(
    own: DocumentView, foreign: DocumentView, rarity: Rarity, body: frozenset[str] = frozenset()
) -> Iterable[Contradiction]:
    """Recommended and no more in a sentence of the one page, approved in one of the other, by the same body."""
    advising = [
        s
        for s in own.sentences
        if _says(s, _RECOMMENDED) and (_negated(s) or _says(s, _AGAINST) or not _says(s, _APPROVED))
    ]
    approving = [s for s in foreign.sentences if _says(s, _APPROVED) and not _negated(s) and not _says(s, _RECOMMENDED)]
    for one in approving:
        for other in advising:
            shared = [
                word
                for word in one.words
                if rarity.of(word) > _RARE and any(likeness(word, theirs) >= 1 for theirs in other.words)
            ]
            is_one_thing = len({word.stem for word in shared if not _APPROVED.match(word.form)}) > 1 or any(
                _is_named(one, word.start) and word.form not in body for word in shared
            )
            if is_one_thing and _by_one_body(one, other, body):
                yield Contradiction(
                    foreign.document.place(one.start, one.end),
                    own.document.place(other.start, other.end),
                    "approval",
                    said("contradictions", "approval"),
                )


def _by_one_body(approving: Sentence, advising: Sentence, body: frozenset[str]) -> bool:
    if body:
        return any(body & set(name.words) for name in approving.names)
    if _says(advising, _APPROVED):
        return True  # recommended, and expressly not approved
    bodies = {low for low in advising.low if _is_body(low)}
    return any(low in bodies for low in approving.low)


def _is_body(low: str) -> bool:
    return any(name.startswith(("org", "-org", "stand-in")) for name in classes_of(low))


def _says(sentence: Sentence, words: re.Pattern[str]) -> bool:
    return any(words.match(low) for low in sentence.low)


def _negated(sentence: Sentence) -> bool:
    return bool(_NOT & set(sentence.low))


def _is_named(sentence: Sentence, start: int) -> bool:
    return any(name.start <= start < name.end for name in sentence.names)
