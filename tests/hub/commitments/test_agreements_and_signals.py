"""Agreements as one line each, signals grouped by subject, adverts left out."""

from __future__ import annotations

from collections import Counter

import pytest

from handslag.kernel.claims import Claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.commitments.models import AgreementRow, AgreementTheme, SignalRow
from handslag_hub.commitments.projections import differences, rebuild
from handslag_hub.commitments.queries.agreements import COLUMNS, AgreementChoice, agreement_facets, agreement_lines
from handslag_hub.commitments.queries.signals import SignalChoice, count_signals, signals_by_subject
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import change_visibility, judge_sameness, keep_reading, review_fact

pytestmark = pytest.mark.django_db


def test_merged_agreements_are_one_line_and_counted_once(sample_documents, reviewer):
    agreed = list(Entity.objects.filter(kind="agreement").order_by("pk"))
    total, _ = agreement_facets(reviewer, AsKnown(), AgreementChoice())
    assert total == len(agreed)
    judge_sameness(reviewer, agreed[0], agreed[1], "same")
    total, counts = agreement_facets(reviewer, AsKnown(), AgreementChoice())
    lines = agreement_lines(reviewer, AsKnown(), AgreementChoice(), 0, 100)
    assert total == len(lines) == len(agreed) - 1
    assert len(next(line for line in lines if line.uid == agreed[0].uid).rows) == 2
    for name in COLUMNS:
        expected = Counter()
        for line in lines:
            if name == "theme":
                themes = AgreementTheme.objects.filter(fact__in=[row.pk for row in line.rows])
                expected.update(set(themes.values_list("theme", flat=True)))
            else:
                expected.update({str(getattr(row, name) or "") for row in line.rows})
        assert counts[name] == expected


def test_agreements_are_chosen_by_the_themes_of_their_areas(sample_documents, reviewer, as_somebody):
    fact = Fact.objects.filter(kind="agreement").order_by("pk")[0]
    areas = [Claim(predicate="area", value=value, normal=value) for value in ("Shared biobanks", "clinical trials of vaccines", "biobank samples")]  # fmt: skip
    review_fact(reviewer, fact, "correct", corrected={"area": areas, "activity": []})
    assert list(AgreementTheme.objects.filter(fact=fact).order_by("rank").values_list("theme", flat=True)) == ["biobanks", "clinical_trials"]  # fmt: skip
    assert differences() == []
    page = as_somebody("reader").get("/agreements/", {"theme": "clinical_trials"})
    assert fact.about.uid in [line.uid for line in page.context["lines"]]
    assert page.context["total"] == AgreementTheme.objects.filter(theme="clinical_trials").values("fact__about").distinct().count()  # fmt: skip
    assert "clinical trials" in page.text
    _, counts = agreement_facets(reviewer, AsKnown(), AgreementChoice())
    change_visibility(reviewer, fact.document, 2)
    _, fewer = agreement_facets(Actor(None, "reader", "reader"), AsKnown(), AgreementChoice())
    assert fewer["theme"].get("biobanks", 0) < counts["theme"]["biobanks"]


def test_the_address_of_a_merged_agreement_leads_to_the_one_it_is(sample_documents, reviewer, as_somebody):
    one, other = Entity.objects.filter(kind="agreement").order_by("pk")[:2]
    judge_sameness(reviewer, one, other, "same")
    client = as_somebody("reader")
    assert client.get(f"/agreements/{other.uid}?on=2026-12-01").url == f"/agreements/{one.uid}?on=2026-12-01"


def test_a_restricted_agreement_is_not_told_or_counted(sample_documents, reviewer, as_somebody):
    reader = as_somebody("reader")
    memorandum = AgreementRow.objects.get(fact__document=sample_documents["ministry-mou.html"], title="signed")
    assert "Republic of Aldora" in reader.get("/agreements/").text
    before = reader.get("/agreements/").context["total"]
    hidden = (
        AgreementRow.objects.filter(fact__document=sample_documents["ministry-mou.html"])
        .values("about")
        .distinct()
        .count()
    )
    change_visibility(reviewer, sample_documents["ministry-mou.html"], 2)
    page = reader.get("/agreements/")
    assert "Republic of Aldora" not in page.text
    assert page.context["total"] == before - hidden
    for path in (f"/agreements/{memorandum.about.uid}", f"/agreements/{memorandum.about.uid}/sheet"):
        assert reader.get(path).status_code == 404
        assert as_somebody("reviewer").get(path).status_code == 200


def test_adverts_are_left_out_and_how_many_is_told(sample_documents, reviewer, as_somebody):
    signals = SignalRow.objects.order_by("pk")
    adverts = list(signals.exclude(zone="member_news")[:2])
    Fact.objects.filter(pk__in=[row.pk for row in adverts]).update(zone="member_news")
    rebuild()
    there = SignalRow.objects.filter(zone="member_news").count()
    total, left_out, kinds = count_signals(reviewer, AsKnown(), SignalChoice())
    assert (total, left_out) == (SignalRow.objects.count() - there, there)
    assert sum(kinds.values()) == total
    groups, _ = signals_by_subject(reviewer, AsKnown(), SignalChoice(), 1)
    assert not {line.row.pk for group in groups for line in group.lines} & {row.pk for row in adverts}
    client = as_somebody("reader")
    assert f"{there} from member news are left out." in client.get("/signals/").text
    shown, _ = signals_by_subject(reviewer, AsKnown(), SignalChoice(adverts=True), 1)
    assert {row.pk for row in adverts} <= {line.row.pk for group in shown for line in group.lines}
    assert "member news." in client.get("/signals/", {"adverts": "1"}).text


def test_signals_of_a_week_and_a_kind_are_those_of_the_facts(sample_documents, reviewer, as_somebody):
    client = as_somebody("reader")
    page = client.get("/signals/", {"when": "2026-W41", "kind": "agreement", "adverts": "1"})
    expected = {fact.pk for fact in Fact.objects.filter(kind="signal", said_on__gte="2026-10-05", said_on__lte="2026-10-11",
        statements__predicate="kind", statements__value="agreement")}  # fmt: skip
    assert expected
    assert {line.row.pk for group in page.context["groups"] for line in group.lines} == expected
    assert "is no date known here" in client.get("/signals/", {"when": "week 41"}).text


def test_every_page_answers_in_swedish_too(sample_documents, as_somebody):
    client = as_somebody("reviewer")
    commitment = Fact.objects.filter(kind="commitment").first().about.uid
    agreement = Fact.objects.filter(kind="agreement").first().about.uid
    client.cookies["handslag_language"] = "sv"
    for path in ("/commitments/", f"/commitments/{commitment}", "/commitments/add", "/agreements/", f"/agreements/{agreement}",
        f"/agreements/{agreement}/sheet", "/agreements/add", "/signals/", "/conflicts/"):  # fmt: skip
        assert client.get(path).status_code == 200
    assert "utlovat" in client.get("/commitments/").text


def test_a_signal_without_headline_is_told_by_its_words_and_never_by_its_address(reviewer, read_text, as_somebody):
    for text, visibility in (
        ("Solvik AB har utsett Maria Sten till ny vd.", 0),
        ("Kvarnbolaget AB har utsett Greta Sten till ny vd.", 2),
    ):
        keep_reading(reviewer, read_text(f"{text}\n", said_on="2026-10-07"), visibility=visibility)
    signals = {signal.fact.level: signal.fact for signal in SignalRow.objects.select_related("fact")}
    assert SignalRow.objects.filter(headline="").count() == len(signals) == 2, (
        "the pages give one signal each, without headline"
    )
    page = as_somebody("reader").get("/signals/").text
    assert "Solvik AB har utsett Maria Sten till ny vd." in page
    assert f">{signals[0].uid}<" not in page
    assert "Kvarnbolaget" not in page
    assert "Kvarnbolaget AB har utsett Greta Sten till ny vd." in as_somebody("reviewer").get("/signals/").text
