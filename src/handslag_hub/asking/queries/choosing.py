"""What a party can be asked about: its commitments, where they stand, since when nothing was heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max
from django.utils import timezone

from handslag_hub.accounts.actors import Actor, Level
from handslag_hub.asking.composing import OwnWords, sentence_around
from handslag_hub.asking.models import LetterItem
from handslag_hub.commitments.models import CommitmentRow, Part, Party
from handslag_hub.commitments.queries.ledger import known_rows
from handslag_hub.following.queries.states import Followed, states_of
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.queries import TODAY, view_facts

# So many commitments of a party are looked at, those due first.
MOST = 400
# Nothing heard for so long is silence worth asking about.
SILENT_DAYS = 90
# States after which there is nothing to ask.
_OVER = frozenset({"reported done", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Askable:
    """A commitment of a party: its row (of the newest fact that states it), where it stands, when it was last asked about."""

    row: CommitmentRow
    followed: Followed | None
    asked_on: date | None

    @property
    def may_be_told(self) -> bool:
        """False for what only those who review may see: its words do not leave the hub."""
        return self.row.level < Level.RESTRICTED

    @property
    def is_over(self) -> bool:
        """True where there is nothing left to ask."""
        return self.followed is not None and self.followed.state in _OVER

    @property
    def is_due(self) -> bool:
        """True where its day has passed and nobody said that it was done."""
        return not self.is_over and self.followed is not None and bool(self.followed.due_passed)

    @property
    def is_silent(self) -> bool:
        """True where nothing was heard for long."""
        return not self.is_over and self.followed is not None and (self.followed.silent_days or 0) >= SILENT_DAYS


def askable(actor: Actor, party: Entity, show: str = "") -> tuple[list[Askable], bool]:
    """The party's own commitments, those due first, one for each however often it was stated; and whether there are more.

    `show` narrows them: "silent", "due" or "" for all.
    """
    parties = Party.objects.filter(kind="commitment", entity=party.canonical_id).annotate(who=F("parts").bitand(int(Part.WHO))).filter(who__gt=0)  # fmt: skip
    rows = known_rows(CommitmentRow.objects.filter(pk__in=parties.values("fact")), "commitment", actor, TODAY)
    listed = list(rows.select_related("about", "fact__document__source").defer("fact__document__text", "fact__document__lines", "fact__document__warnings").order_by("due", "-said", "-pk")[: MOST + 1])  # fmt: skip
    once: dict[int, CommitmentRow] = {}
    for row in listed[:MOST]:
        there = once.get(row.about_id)
        # Words that may be told before newer ones that may not.
        if there is None or (row.level < Level.RESTRICTED, row.said) > (there.level < Level.RESTRICTED, there.said):
            once[row.about_id] = row
    states = states_of(actor, [row.pk for row in once.values()])
    asked = _asked_on(once)
    found = [Askable(row, states.get(row.pk), asked.get(about)) for about, row in once.items()]
    if show == "silent":
        found = [one for one in found if one.is_silent]
    elif show == "due":
        found = [one for one in found if one.is_due]
    return found, len(listed) > MOST


def _asked_on(commitments: dict[int, CommitmentRow]) -> dict[int, date]:
    """Commitment → the day of the last letter that was sent about it."""
    items = LetterItem.objects.filter(fact__about__canonical__in=commitments, letter__sent_at__isnull=False, letter__withdrawn_at=None)  # fmt: skip
    rows = items.values_list("fact__about__canonical").annotate(last=Max("letter__sent_at"))
    return {about: timezone.localdate(last) for about, last in rows}


def chosen_facts(actor: Actor, party: Entity, uids: Sequence[str]) -> list[Fact]:
    """The facts of those of the party's commitments that were ticked, in the order of the list."""
    ticked = set(uids)
    return [one.row.fact for one in askable(actor, party)[0] if one.row.fact.uid in ticked]


def words_of(actor: Actor, facts: Sequence[Fact]) -> list[OwnWords]:
    """The very passage of each fact, in its sentence, with its source and day; of what was typed, the words as they were typed."""
    found = []
    texts = dict(Document.objects.filter(pk__in={fact.document_id for fact in facts}).values_list("pk", "text"))
    for view in view_facts(actor, facts):
        document = view.fact.document
        if document is not None:
            source, said_on = document.title or document.address, document.said_on
        else:
            # Whatever was typed as its source; who typed is nobody's business outside.
            source, said_on = view.first("link"), None
        if view.lead:
            quote = sentence_around(texts[view.lead.document_id], view.lead.start, view.lead.end)
        else:
            quote = view.first("words") or view.first("what")
        due = view.values["when"][0].normal if view.values.get("when") else view.first("when_text")
        found.append(OwnWords(quote, source, said_on, due))
    return found
