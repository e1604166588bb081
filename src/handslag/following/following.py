"""Following documents over time: commitments collected, what was heard since, their states, and contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handslag.following.contradicting.contradictions import contradictions_of
from handslag.following.documents import Commitment, Document
from handslag.following.linking.judging import Judges, installed_judges
from handslag.following.linking.ledger import Ledger, Link, in_order
from handslag.following.results import Followed, Following, Heard
from handslag.following.seeing.views import DocumentView, view_commitment
from handslag.following.state import Word, history_of, is_known, state_of


def follow(
    documents: Iterable[Document],
    commitments: Iterable[Commitment],
    as_of: str,
    *,
    are_given: bool = False,
    judges: Judges | None = None,
) -> Following:
    """What was heard of each commitment up to the day `as_of`, from these documents and nothing else.

    `commitments` are those that were read in the documents; one that says again what an earlier one says becomes a sighting of
    that one. With `are_given` they are the whole list, and none is taken for another's repetition.
    """
    judges = judges or installed_judges()
    ordered = in_order(documents)
    known = [document for document in ordered if not document.said_on or is_known(document.said_on, as_of)]
    stated: dict[str, list[Commitment]] = {}
    for commitment in commitments:
        stated.setdefault(commitment.document, []).append(commitment)
    ledger = Ledger(judges)
    heard: list[list[Heard]] = []
    pages: list[DocumentView] = []
    for document in known:
        page = ledger.see(document)
        pages.append(page)
        links = ledger.link(page, {number for number, told in enumerate(heard) if _is_done(told)})
        for link in links:
            heard[link.number].append(link.heard)
        for commitment in stated.get(document.sha256, ()):
            view = view_commitment(commitment, page, judges.rarity)
            if are_given:
                ledger.add(view)
            elif _is_sighting(commitment, links) or ledger.saw(view):
                continue
            else:
                ledger.add(view)
            heard.append([])
    items = [
        followed(view.commitment, view.said_on, told, known, as_of)
        for view, told in zip(ledger.views, heard, strict=True)
    ]
    return Following(
        as_of=as_of,
        documents=tuple(ordered),
        undated=tuple(document.sha256 for document in ordered if not document.said_on),
        commitments=tuple(items),
        contradictions=contradictions_of(list(zip(ledger.views, items, strict=True)), pages, judges.rarity),
    )


def followed(
    commitment: Commitment, said_on: str, heard: Sequence[Heard], documents: Iterable[Document], as_of: str
) -> Followed:
    """A commitment with its state and its history, computed from what was heard."""
    words = [Word(item.said_on, item.says, item.by, item.certainty) for item in heard]
    days = [document.said_on for document in documents]
    return Followed(
        commitment,
        tuple(heard),
        state_of(commitment.firmness, said_on, words, days, as_of, commitment.when),
        history_of(commitment.firmness, said_on, words, days, as_of, commitment.when),
    )


def _is_done(heard: Iterable[Heard]) -> bool:
    return any(item.says == "done" and item.certainty != "weak" for item in heard)


def _is_sighting(commitment: Commitment, links: Iterable[Link]) -> bool:
    """True if the passage of a commitment is evidence of an earlier one."""
    place = commitment.evidence[0]
    return any(link.heard.certainty != "weak" and link.heard.place.meets(place) for link in links)


def by_document(documents: Iterable[Document]) -> Mapping[str, Document]:
    """The documents by their sha256."""
    return {document.sha256: document for document in documents}
