"""The guard at the door: what is kept anew is covered before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, normal_words
from handslag.reading.results import Notice, Reading
from handslag_hub.store.erasing.known import keyed, maskers
from handslag_hub.store.erasing.names import Masker
from handslag_hub.store.models import Document, Entity, Fact

OWN_KINDS = ("commitment", "contradiction", "evidence", "figure", "quote", "signal")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A page as it may be kept. `masked`: a name was covered; `restricted`: it names somebody who was restricted."""

    reading: Reading
    claimed: tuple[ClaimedFact, ...]
    address: str
    chain: str
    masked: bool = False
    restricted: bool = False


def mask_text(text: str, *, context: bool = False) -> str:
    """The text with the names of those who were erased covered, every offset as before."""
    masker, _ = maskers()
    return masker.mask(text, context=context) if masker else text


def mask_texts(texts: Sequence[str]) -> list[str]:
    """As `mask_text`, for many at once."""
    masker, _ = maskers()
    return [masker.mask(text, context=False) for text in texts] if masker else list(texts)


def guarded_chain(address: str, chain: str) -> str:
    """The chain of a page under which it is kept: another one where its address names somebody who was erased."""
    masker, _ = maskers()
    if masker is None:
        return chain
    hidden = keyed(chain)
    return hidden if masker.mask(address) != address or Document.objects.filter(chain=hidden).exists() else chain


def guard_page(reading: Reading, claimed: tuple[ClaimedFact, ...], address: str, chain: str) -> Guarded:
    """The page as it may be kept; `claimed` are the claims of the reading as it came, so equal facts are known again."""
    masker, restricting = maskers()
    about = reading.document
    words = (reading.text, about.title, address)
    restricted = restricting is not None and any(restricting.finds(text) for text in words)
    if masker is None:
        return Guarded(reading, claimed, address, chain, restricted=restricted)
    context = any(masker.finds(text) for text in words)
    text = masker.mask(reading.text, context=context)
    title, path = masker.mask(about.title, context=context), masker.mask(about.path, context=context)
    warnings = tuple(Notice(notice.code, masker.mask(notice.message, context=context)) for notice in reading.warnings)
    covered = replace(reading, text=text, document=replace(about, title=title, path=path), warnings=warnings)
    hidden = masker.mask(address, context=context)
    facts = _mask(masker, claimed, text=text, context=context)
    masked = context or text != reading.text or hidden != address
    return Guarded(covered, facts, hidden, chain, masked=masked, restricted=restricted)


def mask_claims(claimed: Sequence[ClaimedFact]) -> tuple[tuple[ClaimedFact, ...], bool]:
    """Typed facts with the names of those who were erased covered; and whether they name somebody who was restricted."""
    masker, restricting = maskers()
    restricted = restricting is not None and any(restricting.finds(claim.value) for fact in claimed for claim in fact.claims)  # fmt: skip
    return (tuple(claimed) if masker is None else _mask(masker, claimed, text=None, context=False)), restricted


def mask_corrections(values: Sequence[Claim]) -> list[Claim]:
    """The values of a correction, covered."""
    masker, _ = maskers()
    if masker is None:
        return list(values)
    known = _keyed_entities(values)
    context = any(masker.finds(claim.value) for claim in values)
    return [_mask_claim(masker, claim, context, known) for claim in values]


def mask_normal(masker: Masker, value: str, normal: str, covered: str, *, context: bool) -> str:
    """The value to compare by, to a covered value."""
    if normal == value:
        return covered
    return normal_words(covered) if normal == normal_words(value) else masker.mask(normal, context=context, any_case=True)  # fmt: skip


def _mask(masker: Masker, claimed: Sequence[ClaimedFact], *, text: str | None, context: bool) -> tuple[ClaimedFact, ...]:  # fmt: skip
    hidden = {keyed(fact.uid) for fact in claimed}
    known_facts = set(Fact.objects.filter(uid__in=hidden).values_list("uid", flat=True))
    known = _keyed_entities([claim for fact in claimed for claim in fact.claims], [fact.subject for fact in claimed])
    found = []
    for fact in claimed:
        # Of a typed fact every value is about the same.
        here = context or (text is None and any(masker.finds(claim.value) for claim in fact.claims))
        claims = tuple(_mask_claim(masker, claim, here, known) for claim in fact.claims)
        places = tuple(replace(place, quote=text[place.start : place.end] if text is not None else masker.mask(place.quote, context=here)) for place in fact.passages)  # fmt: skip
        touched = claims != fact.claims or places != fact.passages
        uid = keyed(fact.uid) if touched or keyed(fact.uid) in known_facts else fact.uid
        subject = _mask_key(masker, fact.subject, here, known, own=touched and fact.kind in OWN_KINDS)
        found.append(replace(fact, uid=uid, subject=subject, claims=claims, passages=places))
    return tuple(found)


def _mask_claim(masker: Masker, claim: Claim, context: bool, known: set[str]) -> Claim:
    value = masker.mask(claim.value, context=context)
    normal = mask_normal(masker, claim.value, claim.normal, value, context=context)
    named = _mask_key(masker, claim.object, context, known) if claim.object else None
    return replace(claim, value=value, normal=normal, unit=masker.mask(claim.unit, context=context), object=named)


def _mask_key(masker: Masker, key: EntityKey, context: bool, known: set[str], *, own: bool = False) -> EntityKey:
    name = masker.mask(key.name, context=context)
    if not own and name == key.name and not masker.finds(key.key) and keyed(key.uid) not in known:
        return key
    return EntityKey(key.kind, "", name, given_uid=keyed(key.uid))


def _keyed_entities(claims: Sequence[Claim], subjects: Sequence[EntityKey] = ()) -> set[str]:
    keys = {claim.object.uid for claim in claims if claim.object} | {subject.uid for subject in subjects}
    return set(Entity.objects.filter(uid__in=[keyed(uid) for uid in keys]).values_list("uid", flat=True))
