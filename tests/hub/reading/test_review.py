from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handslag_hub.accounts.actors import Actor
from handslag_hub.reading.queries.reviewing import (
    QueueChoice,
    action_to_redo,
    action_to_undo,
    after,
    before,
    review_queue,
)
from handslag_hub.store.models import Fact, Review, Statement, Status
from handslag_hub.store.services import change_visibility, keep_reading, review_fact, undo_action

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
PAGE = """Samverkansmöte

Regionen Norrvik ska öppna ett kansli i oktober 2026.
Norrviks universitet lovar att bidra med två miljoner kronor till biobanken 2027.
"""


@pytest.fixture
def commitment(reviewer, read_text) -> Fact:
    document = keep_reading(reviewer, read_text(PAGE), address="https://example.org/mote").document
    return Fact.objects.filter(document=document, kind="commitment").first()


def values(fact: Fact, predicate: str) -> list[str]:
    rows = Statement.objects.filter(fact=fact, predicate=predicate, holds=True).order_by("rank", "pk")
    return list(rows.values_list("value", flat=True))


def form_of(client, fact: Fact, **changed: str) -> dict[str, str]:
    """What the correction form would send if only these fields were changed."""
    form = client.get(reverse("fact-correct", args=[fact.uid])).context["form"]
    last = Review.objects.filter(fact=fact, action__undone=False).order_by("pk").last()
    data = {name: str(field.initial or "") for name, field in form.fields.items()}
    data |= {f"initial-{name}": value for name, value in data.items()}
    return {**data, **changed, "seen": str(last.pk if last else 0)}


# --- the queue -------------------------------------------------------------------------------------------------------


def in_order(queue: QuerySet[Fact]) -> QuerySet[Fact]:
    return queue.order_by(F("document").desc(nulls_last=True), "position", "pk")


def test_the_queue_goes_through_every_waiting_fact_once_forwards_and_backwards(sample_documents, reviewer):
    queue = review_queue(reviewer, QueueChoice())
    order = list(in_order(queue))
    documents = [fact.document_id for fact in order]
    assert documents == sorted(documents, reverse=True)
    walked = [order[0]]
    while (following := after(queue, walked[-1])) is not None:
        walked.append(following)
    assert walked == order
    back = [order[-1]]
    while (earlier := before(queue, back[-1])) is not None:
        back.append(earlier)
    assert back == order[::-1]


def test_the_queue_is_narrowed_by_every_choice(sample_documents, reviewer):
    everything = review_queue(reviewer, QueueChoice())
    for name, wanted in (("kind", "commitment"), ("certainty", "certain"), ("language", "en")):
        narrowed = review_queue(reviewer, QueueChoice(**{name: wanted}))
        assert set(narrowed) == {fact for fact in everything if getattr(fact, name) == wanted} != set(everything)
    page = sample_documents["ministry-mou.html"]
    assert set(review_queue(reviewer, QueueChoice(document=page.uid))) == set(everything.filter(document=page))
    themed = review_queue(reviewer, QueueChoice(theme="research"))
    assert themed
    assert all("research" in values(fact, "theme") for fact in themed)
    aside = themed.first()
    review_fact(reviewer, aside, "unsure")
    assert aside not in review_queue(reviewer, QueueChoice())
    assert list(review_queue(reviewer, QueueChoice(status="unsure"))) == [aside]


def test_a_verdict_brings_the_next_fact_at_once(as_reviewer, sample_documents, reviewer):
    first, second = in_order(review_queue(reviewer, QueueChoice()))[:2]
    html = as_reviewer.get(reverse("review")).content.decode()
    assert f'data-fact="{first.uid}"' in html
    answer = as_reviewer.post(
        reverse("fact-review", args=[first.uid]) + "?back=review", {"verdict": "accept", "seen": "0"}, **HTMX
    )
    assert f'data-fact="{second.uid}"' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    first.refresh_from_db()
    assert first.status == Status.ACCEPTED


def test_without_scripts_a_verdict_leads_to_the_next_fact_too(as_reviewer, sample_documents, reviewer):
    first, second = in_order(review_queue(reviewer, QueueChoice()))[:2]
    answer = as_reviewer.post(
        reverse("fact-review", args=[first.uid]) + "?back=review", {"verdict": "reject"}, follow=True
    )
    assert f'data-fact="{second.uid}"' in answer.content.decode()


def test_queries_of_the_queue_do_not_grow_with_what_waits(
    as_reviewer, reviewer, read_text, commitment, sample_readings
):
    as_reviewer.get(reverse("review"))
    with CaptureQueriesContext(connection) as few:
        as_reviewer.get(reverse("review"), {"fact": commitment.uid})
    for name, reading in sample_readings.items():
        keep_reading(reviewer, reading, address=f"https://example.org/{name}")
    with CaptureQueriesContext(connection) as many:
        as_reviewer.get(reverse("review"), {"fact": commitment.uid})
    # One more finds the label of the entity that the neighbouring fact is about; none for each fact.
    assert len(many) <= len(few) + 1


def test_certain_facts_of_a_page_are_accepted_from_the_queue(as_reviewer, sample_documents):
    document = sample_documents["ministry-mou.html"]
    as_reviewer.post(reverse("review-accept-certain", args=[document.uid]) + "?back=review", **HTMX)
    assert not Fact.objects.filter(document=document, certainty="certain").exclude(status=Status.ACCEPTED).exists()
    assert Fact.objects.filter(document=document, status=Status.UNREVIEWED).exists()


# --- correcting ------------------------------------------------------------------------------------------------------


def test_only_what_was_changed_becomes_a_correction(as_reviewer, commitment):
    before_what = values(commitment, "what")
    as_reviewer.post(
        reverse("fact-correct", args=[commitment.uid]),
        form_of(as_reviewer, commitment, firmness="planned", note="fel grad"),
    )
    review = Review.objects.get(fact=commitment)
    assert (review.verdict, review.corrected, review.note) == ("correct", ["firmness"], "fel grad")
    assert values(commitment, "firmness") == ["planned"]
    assert values(commitment, "what") == before_what


def test_a_correction_survives_reading_the_page_again(as_reviewer, commitment, reviewer, read_text):
    as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), form_of(as_reviewer, commitment, firmness="aim"))
    keep_reading(reviewer, read_text(PAGE + "\nEn rad till.\n"), address="https://example.org/mote")
    commitment.refresh_from_db()
    assert commitment.status == Status.CORRECTED
    assert values(commitment, "firmness") == ["aim"]


def test_a_rejection_is_remembered_when_the_page_is_read_again(as_reviewer, commitment, reviewer, read_text):
    as_reviewer.post(reverse("fact-review", args=[commitment.uid]), {"verdict": "reject", "seen": "0"})
    keep_reading(reviewer, read_text(PAGE + "\nEn rad till.\n"), address="https://example.org/mote")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.shown) == (Status.REJECTED, False)
    assert commitment not in review_queue(reviewer, QueueChoice())


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2027/2026", "ends before it begins"),
        ("2026-02-30", "not in the calendar"),
        ("nästa höst", "no date known here"),
    ],
)
def test_a_date_that_cannot_be_is_refused_beside_its_field(as_reviewer, commitment, typed, told):
    data = form_of(as_reviewer, commitment, when=typed, what="öppna ett kontor")
    answer = as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), data)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html[html.index('id="correct-when"') : html.index('id="correct-condition"')]
    assert "öppna ett kontor" in html
    assert not Review.objects.exists()


def test_a_corrected_date_has_its_days(as_reviewer, commitment):
    as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), form_of(as_reviewer, commitment, when="2026-Q4"))
    said = Statement.objects.get(fact=commitment, predicate="when", holds=True)
    assert (str(said.valid_from), str(said.valid_to), said.precision) == ("2026-10-01", "2026-12-31", "quarter")


def test_a_value_is_taken_away_by_emptying_its_field(as_reviewer, commitment):
    assert values(commitment, "when")
    as_reviewer.post(
        reverse("fact-correct", args=[commitment.uid]), form_of(as_reviewer, commitment, when="", when_text="")
    )
    assert values(commitment, "when") == []


def test_what_a_fact_cannot_be_without_is_asked_for(as_reviewer, commitment):
    answer = as_reviewer.post(
        reverse("fact-correct", args=[commitment.uid]), form_of(as_reviewer, commitment, what=" ")
    )
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_nothing_changed_is_no_correction(as_reviewer, commitment):
    answer = as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), form_of(as_reviewer, commitment))
    assert answer.status_code == 422
    assert "Nothing is changed here" in answer.content.decode()


def test_a_known_name_becomes_its_entity(as_reviewer, commitment):
    university = Fact.objects.get(kind="organisation", statements__value="Norrviks universitet").about
    data = form_of(as_reviewer, commitment, who="Norrviks  Universitet")
    as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), data)
    said = Statement.objects.get(fact=commitment, predicate="who", holds=True)
    assert said.object_now.canonical == university.canonical
    assert said.basis == "printed"


def test_an_unknown_name_is_asked_about_and_then_kept_as_what_it_is(as_reviewer, commitment):
    data = form_of(as_reviewer, commitment, who="Nordvik Biotech; Regionen Norrvik")
    answer = as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), data)
    assert answer.status_code == 422
    asked = answer.context["form"].asked["who"]
    data |= dict.fromkeys(asked, "new:organisation")
    assert as_reviewer.post(reverse("fact-correct", args=[commitment.uid]), data).status_code == 302
    said = Statement.objects.filter(fact=commitment, predicate="who", holds=True).order_by("rank")
    assert [row.value for row in said] == ["Nordvik Biotech", "Regionen Norrvik"]
    assert said[0].object_now.kind == "organisation"
    assert said[0].basis == "inferred"


def test_a_figure_keeps_number_and_unit_together(as_reviewer, reviewer, read_text):
    document = keep_reading(reviewer, read_text(PAGE)).document
    figure = Fact.objects.filter(document=document, kind="figure").first()
    answer = as_reviewer.post(reverse("fact-correct", args=[figure.uid]), form_of(as_reviewer, figure, value="2,500"))
    assert "read in two ways" in answer.content.decode()
    as_reviewer.post(
        reverse("fact-correct", args=[figure.uid]), form_of(as_reviewer, figure, value="2 500 000", unit="EUR")
    )
    said = Statement.objects.get(fact=figure, predicate="value", holds=True)
    assert (said.value, said.unit) == ("2500000", "EUR")
    assert values(figure, "unit") == ["EUR"]


# --- two at once -----------------------------------------------------------------------------------------------------


def test_who_decides_second_is_shown_what_the_other_decided(as_reviewer, as_other_reviewer, commitment):
    as_reviewer.post(
        reverse("fact-review", args=[commitment.uid]), {"verdict": "reject", "seen": "0", "note": "står inte här"}
    )
    for back in ("review", "document"):
        address = reverse("fact-review", args=[commitment.uid]) + f"?back={back}"
        answer = as_other_reviewer.post(address, {"verdict": "accept", "seen": "0"}, **HTMX)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "rut" in html
        assert "står inte här" in html
        assert commitment.uid in html
    commitment.refresh_from_db()
    assert commitment.status == Status.REJECTED


def test_nothing_typed_is_lost_when_somebody_else_was_first(as_reviewer, as_other_reviewer, commitment):
    mine = form_of(as_other_reviewer, commitment, what="öppna två kontor", note="min anteckning")
    as_reviewer.post(
        reverse("fact-correct", args=[commitment.uid]),
        form_of(as_reviewer, commitment, firmness="aim", condition="om medel finns"),
    )
    answer = as_other_reviewer.post(reverse("fact-correct", args=[commitment.uid]), mine)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "rut has decided on this" in html
    form = answer.context["form"]
    assert (form["what"].value(), form["note"].value()) == ("öppna två kontor", "min anteckning")
    # What they left alone follows the other's correction: saving again takes nothing of it back.
    assert (form["firmness"].value(), form["condition"].value()) == ("aim", "om medel finns")
    again = {name: str(form[name].value() or "") for name in form.fields} | {"seen": str(answer.context["card"].seen)}
    assert as_other_reviewer.post(reverse("fact-correct", args=[commitment.uid]), again).status_code == 302
    assert values(commitment, "what") == ["öppna två kontor"]
    assert values(commitment, "firmness") == ["aim"]
    assert Review.objects.filter(fact=commitment).order_by("pk").last().corrected == ["what"]


# --- undo ------------------------------------------------------------------------------------------------------------


def test_undo_takes_back_my_last_step_and_redo_brings_it_back(
    as_reviewer, as_other_reviewer, sample_documents, reviewer
):
    first, second, third = in_order(review_queue(reviewer, QueueChoice()))[:3]
    for fact, verdict in ((first, "accept"), (second, "reject")):
        as_reviewer.post(reverse("fact-review", args=[fact.uid]) + "?back=review", {"verdict": verdict})
    as_other_reviewer.post(reverse("fact-review", args=[third.uid]) + "?back=review", {"verdict": "unsure"})

    def statuses():
        return [Fact.objects.get(pk=fact.pk).status for fact in (first, second, third)]

    undo, redo = reverse("review-undo") + "?back=review", {"redo": "1"}
    answer = as_reviewer.post(undo, **HTMX)
    assert f'data-fact="{second.uid}"' in answer.content.decode()
    assert statuses() == ["accepted", "unreviewed", "unsure"]
    as_reviewer.post(undo, **HTMX)
    assert statuses() == ["unreviewed", "unreviewed", "unsure"]
    as_reviewer.post(undo, redo, **HTMX)
    assert statuses() == ["accepted", "unreviewed", "unsure"]
    as_reviewer.post(undo, redo, **HTMX)
    assert statuses() == ["accepted", "rejected", "unsure"]
    assert as_reviewer.post(undo, redo, **HTMX).status_code == 400


def test_a_new_verdict_ends_what_can_be_done_again(commitment):
    actor = Actor(None, "Rut Granskare", "reviewer")
    undo_action(actor, review_fact(actor, commitment, "reject"))
    assert action_to_redo(actor)
    accepted = review_fact(actor, commitment, "accept")
    assert action_to_redo(actor) is None
    assert action_to_undo(actor) == accepted


# --- changed words ---------------------------------------------------------------------------------------------------


def test_a_changed_word_shows_both_quotes_and_the_old_correction_is_taken_over(
    as_reviewer, commitment, reviewer, read_text
):
    as_reviewer.post(
        reverse("fact-correct", args=[commitment.uid]),
        form_of(as_reviewer, commitment, firmness="aim", condition="om medel finns"),
    )
    keep_reading(
        reviewer, read_text(PAGE.replace("i oktober 2026", "i november 2026")), address="https://example.org/mote"
    )
    new = Fact.objects.get(rewords=commitment)
    assert new.status == Status.CHECK_AGAIN
    html = as_reviewer.get(reverse("review"), {"fact": new.uid}).content.decode()
    assert "<del>oktober</del>" in html
    assert "<ins>november</ins>" in html
    assert "om medel finns" in html
    seen = Review.objects.filter(fact=new).last().pk
    as_reviewer.post(reverse("fact-take-over", args=[new.uid]) + "?back=review", {"seen": str(seen)}, **HTMX)
    new.refresh_from_db()
    assert new.status == Status.CORRECTED
    assert (values(new, "firmness"), values(new, "condition")) == (["aim"], ["om medel finns"])


def test_an_old_rejection_is_taken_over(as_reviewer, commitment, reviewer, read_text):
    review_fact(reviewer, commitment, "reject")
    keep_reading(
        reviewer, read_text(PAGE.replace("i oktober 2026", "i november 2026")), address="https://example.org/mote"
    )
    new = Fact.objects.get(rewords=commitment)
    as_reviewer.post(reverse("fact-take-over", args=[new.uid]), {})
    new.refresh_from_db()
    assert new.status == Status.REJECTED


# --- doors -----------------------------------------------------------------------------------------------------------


def test_who_only_reads_can_decide_nothing(as_reader, commitment):
    for name in ("fact-review", "fact-take-over", "fact-correct"):
        assert as_reader.post(reverse(name, args=[commitment.uid]), {"verdict": "accept"}).status_code == 403
    assert as_reader.post(reverse("review-undo")).status_code == 403
    assert not Review.objects.exists()


def test_verdicts_are_never_given_by_a_link(as_reviewer, commitment):
    assert as_reviewer.get(reverse("fact-review", args=[commitment.uid]), {"verdict": "accept"}).status_code == 405
    assert as_reviewer.get(reverse("review-undo")).status_code == 405


def test_the_queue_of_a_restricted_page_is_for_reviewers(as_reviewer, commitment, reviewer):
    change_visibility(reviewer, commitment.document, 2)
    assert commitment.uid in as_reviewer.get(reverse("review"), {"kind": "commitment"}).content.decode()
    assert not review_queue(Actor(None, "Lage Läsare", "reader"), QueueChoice()).exists()
