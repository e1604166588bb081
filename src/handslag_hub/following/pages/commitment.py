"""The page of one commitment: what was said, what was heard since, where it stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handslag.following.state import is_known
from handslag_hub.accounts.doors import door
from handslag_hub.commitments.pages.asking import day_looked_from
from handslag_hub.commitments.pages.ledger import typed_here
from handslag_hub.commitments.queries.cards import facts_about, reviews_of, told, values_told
from handslag_hub.commitments.services import type_evidence
from handslag_hub.commitments.wording import choices
from handslag_hub.following.forms import EvidenceForm
from handslag_hub.following.panels import panels_of
from handslag_hub.following.queries.bearing import signals_bearing
from handslag_hub.following.queries.contradictions import text_contradictions, view_contradictions
from handslag_hub.following.queries.repetitions import joinings_of, repetitions, view_repetitions
from handslag_hub.following.queries.states import PROPOSED, REJECTED, Followed, Word, states_of
from handslag_hub.reading.queries.reviewing import last_reviews
from handslag_hub.store.access import access_entity_by_uid
from handslag_hub.store.models import Entity

_MOST = 10
_VALUES = (
    "who",
    "firmness",
    "cue",
    "condition",
    "theme",
    "said_by",
    "to_whom",
    "agreement",
    "area",
    "words",
    "link",
    "day",
)


@door("reader")
def show_commitment(request: HttpRequest, uid: str) -> HttpResponse:
    """One commitment: what is said of it, where, by whom, what was heard since."""
    entity = access_entity_by_uid(request.actor, uid, "commitment")
    if entity.canonical.uid != uid:
        return redirect(request.get_full_path().replace(uid, entity.canonical.uid, 1))
    return render(request, "following/commitment.html", commitment_card(request, entity))


def commitment_card(request: HttpRequest, entity: Entity, form: EvidenceForm | None = None) -> dict[str, object]:
    """What the page of a commitment shows; Http404 where nothing is known of it on the day chosen."""
    actor, known = request.actor, request.as_known
    facts = facts_about(actor, known, entity, "commitment")
    if not facts:
        raise Http404(_("Nothing is known of this commitment on the day chosen."))
    shown = told(actor, facts)
    views = [one.view for one in shown]
    followed = states_of(actor, facts[:1], known, with_history=True)[facts[0].pk]
    deciding = actor.may("reviewer") and known.day is None
    last = last_reviews(word.fact.pk for word in followed.heard)
    return {
        "entity": entity, "facts": shown, "typed": typed_here([fact.pk for fact in (*facts, *(word.fact for word in followed.heard))]),
        "what": views[0].first("what"), "when": values_told(views, "when"), "when_text": values_told(views, "when_text"),
        "values": [(name, values_told(views, name)) for name in _VALUES],
        "followed": followed, "resting": resting_on(followed), "words": [(word, last.get(word.fact.pk)) for word in words_shown(followed)],
        "set_aside": [(word, last.get(word.fact.pk)) for word in followed.heard if not _is_up(word)],
        "coming": {word.fact.pk for word in followed.heard if word.said_on and not is_known(word.said_on, day_looked_from(request).isoformat())},
        "reviews": reviews_of(facts), "says": choices("says"), "by": choices("heard_by"),
        "form": form or EvidenceForm(actor=actor), "may_type": deciding, "deciding": deciding,
        "contradictions": view_contradictions(actor, text_contradictions(actor, known, entity)[:_MOST]),
        "bearing": signals_bearing(actor, known, [fact.pk for fact in facts], views[0].first("theme"), facts[0].said_on),
        "repeated": view_repetitions(actor, repetitions(actor, entity)[:_MOST]) if deciding else [], "joinings": joinings_of(entity) if deciding else [],
        "panels": panels_of(request, entity, followed),
    }  # fmt: skip


def words_shown(followed: Followed) -> list[Word]:
    """What was heard, the latest first; weak proposals and what was rejected stand apart."""
    return [word for word in reversed(followed.heard) if _is_up(word)]


def _is_up(word: Word) -> bool:
    return word.status != REJECTED and not (word.status == PROPOSED and word.certainty == "weak")


def resting_on(followed: Followed) -> list[Word]:
    """The words that the state rests on: the deciding day's; of a disputed one the latest of both sides."""
    telling = [word for word in followed.heard if word.moves and word.said_on and word.says != "restated"]
    if followed.state == "disputed":
        sides = ([word for word in telling if (word.by == "owner") == is_owner] for is_owner in (True, False))
        return [words[-1] for words in sides if words]
    if followed.last_heard is None:
        return []
    return [word for word in telling if word.said_on == followed.since]


@door("reviewer")
@require_POST
def add_evidence(request: HttpRequest, uid: str) -> HttpResponse:
    """What was told of a commitment since."""
    entity = access_entity_by_uid(request.actor, uid, "commitment")
    form = EvidenceForm(request.POST, actor=request.actor)
    if not form.is_valid():
        return render(request, "following/commitment.html", commitment_card(request, entity, form), status=422)
    type_evidence(request.actor, entity, **form.cleaned_data)
    messages.success(request, _("What was heard is kept."))
    return redirect("commitment", entity.canonical.uid)
