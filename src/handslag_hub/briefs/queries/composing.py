"""A brief put together: as somebody sees it, as known on a day. The number of queries does not grow with what there is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Brief, Section, Subject, Unread
from handslag_hub.briefs.queries.bonds import bonds
from handslag_hub.briefs.queries.promises import (
    Gathered,
    gathered,
    owners_of,
    sections_of,
    told_of_agreement,
    told_of_party,
    told_of_theme,
)
from handslag_hub.briefs.queries.surroundings import agreements_naming, clashes, happenings, posts
from handslag_hub.commitments.models import AgreementTheme, Party
from handslag_hub.commitments.queries.ledger import known_rows
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity
from handslag_hub.store.queries import labels_of

# More than fits a page; and all, within reason.
FEW, ALL = 48, 2000
# Whose signals and roles are told in the brief of a theme: those who have the most to do.
_OWNERS = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What a brief is asked for: a theme, or one entry, or two who will meet."""

    entities: tuple[Entity, ...] = ()
    theme: str = ""

    @property
    def kind(self) -> str:
        """As `Subject.kind`."""
        if self.theme:
            return "theme"
        return "pair" if len(self.entities) > 1 else self.entities[0].kind


def compose(actor: Actor, known: AsKnown, asked: Asked, today: date, *, everything: bool = False) -> Brief:
    """The brief; `everything` for all lines, not only what could fit a page."""
    most = ALL if everything else FEW
    day = known.day or today
    groups, unread = _groups(actor, known, asked, day)
    sections = sections_of(actor, known, groups, unread, most)
    whom, others = _whom(actor, known, asked, groups)
    disputed = (
        {*whom, *agreements_naming(actor, known, whom)}
        if asked.kind not in {"agreement", "theme"}
        else _agreements(actor, known, asked)
    )
    promised = [one for its in groups.values() for one in its]
    commitments = {one.lead.about for one in promised}
    # A party promises in many themes: what happens in each at others is too much for its brief.
    themes = {one.lead.theme for one in promised if not one.is_closed} if asked.kind in {"theme", "agreement"} else set()  # fmt: skip
    rest: list[Section] = [
        clashes(actor, known, disputed, commitments, most),
        *(
            replace(found, unread=(*found.unread, *others))
            for found in (happenings(actor, known, whom, themes, most), posts(actor, known, whom, day, most))
        ),
    ]
    if asked.kind != "agreement":
        rest.insert(0, bonds(actor, known, asked.entities, asked.theme, most))
    *before, closed = sections
    return Brief(_subject(actor, asked), day, known.held, today, (*before, *rest, closed))


def _groups(
    actor: Actor, known: AsKnown, asked: Asked, day: date
) -> tuple[dict[str, list[Gathered]], tuple[Unread, ...]]:
    if asked.theme:
        told, unread = told_of_theme(actor, known, asked.theme)
        return {"open": gathered(actor, known, told, day)}, unread
    if asked.kind == "agreement":
        told, unread = told_of_agreement(actor, known, asked.entities[0])
        return {"open": gathered(actor, known, told, day)}, unread
    found = [told_of_party(actor, known, entity) for entity in asked.entities]
    unread = _together([one for _, more in found for one in more])
    everything = gathered(actor, known, [one for told, _ in found for one in told], day)
    if len(found) == 1:
        return {"open": everything}, unread
    shared = {one.about for one in found[0][0]} & {one.about for one in found[1][0]}
    return {
        "between": [one for one in everything if one.lead.about in shared],
        "open": [one for one in everything if one.lead.about not in shared],
    }, unread


def _together(unread: list[Unread]) -> tuple[Unread, ...]:
    """What was not looked through of two who will meet, each sort once."""
    counts: dict[str, int] = {}
    for one in unread:
        counts[one.what] = counts.get(one.what, 0) + one.count
    return tuple(Unread(what, count) for what, count in counts.items())


def _whom(actor: Actor, known: AsKnown, asked: Asked, groups: dict[str, list[Gathered]]) -> tuple[list[int], tuple[Unread, ...]]:  # fmt: skip
    """Whose signals and roles are told, and of how many others they are not."""
    if asked.kind not in {"theme", "agreement"}:
        return [entity.canonical_id for entity in asked.entities], ()
    everybody = owners_of([one.fact for group in groups["open"] for one in group.told])
    owners, others = everybody[:_OWNERS], everybody[_OWNERS:]
    if asked.kind == "theme":
        return owners, _owners_unread(others)
    named = Party.objects.filter(
        kind="agreement", fact__about__canonical=asked.entities[0].canonical_id, entity__isnull=False
    )
    parties = list(
        known_rows(named, "agreement", actor, known).order_by("fact", "rank").values_list("entity", flat=True)
    )
    return list(dict.fromkeys([*parties, *owners])), _owners_unread([one for one in others if one not in set(parties)])


def _owners_unread(others: list[int]) -> tuple[Unread, ...]:
    return (Unread("owners", len(others)),) if others else ()


def _agreements(actor: Actor, known: AsKnown, asked: Asked) -> set[int]:
    if asked.kind == "agreement":
        return {asked.entities[0].canonical_id}
    told = AgreementTheme.objects.filter(theme=asked.theme)
    return set(told.values_list("fact__about__canonical", flat=True))


def _subject(actor: Actor, asked: Asked) -> Subject:
    if asked.theme:
        return Subject("theme", (asked.theme,))
    labels = labels_of(actor, [entity.pk for entity in asked.entities])
    named = [labels[entity.pk] for entity in asked.entities if entity.pk in labels]
    return Subject(asked.kind, tuple(label for _, label, _ in named), tuple(uid for uid, _, _ in named))
