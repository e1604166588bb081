"""Signals that bear on a commitment: what happened since at those who are named in it, or in its theme. Proposed, with the reason."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from handslag.reading.facts.commitments.themes import theme_of
from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.models import Part, Party
from handslag_hub.commitments.queries.signals import SignalChoice, SignalLine, known_signals, with_documents, words_of
from handslag_hub.commitments.wording import label
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Fact
from handslag_hub.store.queries import labels_of

_BY_SUBJECT, _BY_THEME = 8, 3
# So many of the newest signals are looked at for their theme.
_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Bearing:
    """A signal, and why it may bear on the commitment."""

    line: SignalLine
    why: str


def signals_bearing(
    actor: Actor, known: AsKnown, facts: Collection[int], theme: str, since: date | None
) -> list[Bearing]:
    """The newest signals, said since the commitment was, about who is named in it; then those in its theme. Six queries."""
    parts: dict[int, int] = {}
    for entity, its in Party.objects.filter(fact__in=facts, kind="commitment", entity__isnull=False, parts__gt=0).values_list("entity", "parts"):  # fmt: skip
        parts[entity] = parts.get(entity, 0) | its
    homes = Fact.objects.filter(pk__in=facts, document__isnull=False).values("document")
    rows = known_signals(actor, known, SignalChoice(first=since)).exclude(fact__document__in=homes)
    about = Party.objects.filter(kind="signal", entity__in=parts, fact__in=rows.order_by().values("pk"))
    subjects = dict(about.values_list("fact", "entity"))
    labels = labels_of(actor, set(subjects.values()))
    named = with_documents(rows.filter(pk__in=subjects).order_by("-known_on", "-fact"))[:_BY_SUBJECT]
    found = [
        (row, _why(parts[subjects[row.pk]], labels[subjects[row.pk]][1])) for row in named if subjects[row.pk] in labels
    ]
    if theme:
        newest = with_documents(rows.exclude(pk__in=subjects).order_by("-known_on", "-fact"))[:_LOOKED_AT]
        why = _("in the theme of the commitment: %(theme)s") % {"theme": label("theme", theme)}
        found += [(row, why) for row in [row for row in newest if theme_of(row.headline, ()) == theme][:_BY_THEME]]
    words = words_of(actor, [row.pk for row, _reason in found])
    return [Bearing(SignalLine(row, words.get(row.pk, "")), why) for row, why in found]


def _why(parts: int, name: str) -> str:
    if parts & Part.WHO:
        return _("about %(name)s, who is to act") % {"name": name}
    if parts & Part.TO_WHOM:
        return _("about %(name)s, to whom it was promised") % {"name": name}
    return _("about %(name)s, who said it") % {"name": name}
