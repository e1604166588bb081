"""Pages that are nearly the same: proposed when the second comes in, decided by a person, remembered."""

from __future__ import annotations

from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role
from handslag_hub.reading.models import Arrival, Batch, LikenessBand, NearCopy
from handslag_hub.reading.services.bringing import brought_in, ending_of
from handslag_hub.store.bulk import insert_rows, places_for, query, select_rows
from handslag_hub.store.errors import Overtaken, Refused
from handslag_hub.store.likeness import bits_apart
from handslag_hub.store.models import Document
from handslag_hub.store.writing import one_writer

# Of 64 bits; pages of a few hundred words with some words changed stay below, different pages have about 32.
NEAR = 6
# A page proposes so many: of a page that a site has many of, all are each other's near copies.
MOST_NEAR = 5
_BANDS = 4
_WIDTH = 16


def note_near_copies(document: Document) -> int:
    """Proposes the live pages, other than its own earlier versions, from which a document differs least, if little; gives how many."""
    if not document.likeness:
        return 0
    bands = _bands(document.likeness)
    insert_rows(LikenessBand, ("document", "band", "bits"), ((document.pk, band, bits) for band, bits in enumerate(bands)), or_ignore=True)  # fmt: skip
    # Six bits in four bands: some band differs in one bit at most.
    alike = [[band, bits, *(bits ^ (1 << bit) for bit in range(_WIDTH))] for band, bits in enumerate(bands)]
    places = places_for(alike[0][1:])
    keys = query(" UNION ".join([f"SELECT document_id FROM reading_likenessband WHERE band = %s AND bits IN ({places})"] * _BANDS), [value for values in alike for value in values])  # noqa: S608  places # fmt: skip
    others = {key for (key,) in keys} - {document.pk}
    found = select_rows(Document, ("id", "chain", "likeness", "live"), id=others)
    near: dict[str, tuple[int, int]] = {}
    for key, chain, likeness, live in sorted(found):
        # Of each page its newest version stands for all.
        if live and chain != document.chain:
            near[chain] = (bits_apart(document.likeness, likeness), -key)
    nearest = [(apart, -key) for apart, key in sorted(near.values())[:MOST_NEAR] if apart <= NEAR]
    insert_rows(NearCopy, ("document", "earlier", "bits_apart", "verdict", "judged_by"),
        ((document.pk, key, apart, NearCopy.Verdict.PROPOSED, "") for apart, key in nearest), or_ignore=True)  # fmt: skip
    return len(nearest)


def dismiss_near_copy(actor: Actor, near: NearCopy) -> None:
    """They are two pages; it is not asked again."""
    _judge(actor, near, NearCopy.Verdict.OTHER)


def declare_version(actor: Actor, near: NearCopy) -> Batch:
    """The document is a newer version of the earlier one: it is read anew as such, and the one kept for itself is removed.

    Done behind, as reading is; gives the batch in which it can be followed. Refused where there is nothing left to read.
    """
    document, earlier = near.document, near.earlier
    if document.original is None or document.original.gone:
        raise Refused(_("The original file is not here any longer: add it again, with the address of the page."))
    if not document.live or not earlier.live:
        raise Overtaken(_("One of the two pages has been removed in the meantime."))
    name = document.original.name
    with one_writer():
        _judge(actor, near, NearCopy.Verdict.VERSION)
        batch = Batch.objects.create(uid=get_random_string(16).lower(), name=name, user_id=actor.user_id, actor=actor.name,
            at=timezone.now(), visibility=document.visibility)  # fmt: skip
        Arrival.objects.create(batch=batch, name=name, ending=ending_of(name), original=document.original,
            address=document.address, said_on=document.said_period if document.said_basis == "given" else "",
            version_of=earlier, replaces=document)  # fmt: skip
    brought_in.send(sender=None)
    return batch


def _judge(actor: Actor, near: NearCopy, verdict: str) -> None:
    actor.require(Role.REVIEWER)
    judged = NearCopy.objects.filter(pk=near.pk, verdict=NearCopy.Verdict.PROPOSED)
    if not judged.update(verdict=verdict, judged_by=actor.name, judged_at=timezone.now()):
        raise Overtaken(_("This has been decided already."))


def _bands(likeness: str) -> list[int]:
    value = int(likeness, 16)
    return [value >> (_WIDTH * band) & 0xFFFF for band in range(_BANDS)]
