"""An agreement that its page calls by nothing but a word for agreements is called by whose it is."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from handslag.kernel.claims import Claim, ClaimedFact, EntityKey, stable_uid
from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.accounts.actors import Actor
from handslag_hub.store.checking import differences
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.refresh.titles import agreement_title
from handslag_hub.store.services import TypedFact, keep_reading, review_fact, type_facts, undo_action

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).resolve().parents[3] / "samples"
REVIEWER = Actor(None, "Rut Granskare", "reviewer")
PARTIES = ("Region Norrholm", "Solvik AB")


@pytest.mark.parametrize(
    ("name", "is_form", "title"),
    [
        ("avtal", True, "Avtal: Region Norrholm – Solvik AB"),
        ("Avtalet", True, "Avtalet: Region Norrholm – Solvik AB"),
        ("memorandum of understanding", True, "Memorandum of understanding: Region Norrholm – Solvik AB"),
        ("signed", False, "Region Norrholm – Solvik AB"),
        ("Nordsjöavtalet", True, "Nordsjöavtalet"),
        ("Avtal 7 om hälsodata", True, "Avtal 7 om hälsodata"),
    ],
)
def test_only_what_is_no_name_is_told_by_its_parties(name: str, is_form: bool, title: str) -> None:
    assert agreement_title(name, PARTIES, is_form=is_form) == title
    assert agreement_title(name, (), is_form=is_form) == name


def test_the_title_follows_the_parties_and_comes_back_when_a_correction_is_undone() -> None:
    keep_reading(REVIEWER, read_loaded(load(SAMPLES / "ministry-mou.html")))
    agreement = Entity.objects.get(kind="agreement")
    before = agreement.label
    assert before == "Ministry of Health and Trade of Norland – Ministry of Health of the Republic of Aldora"
    fact = Fact.objects.get(kind="agreement")
    norland = Claim(predicate="party", value="Norland", normal="norland", object=None)
    review = review_fact(REVIEWER, fact, "correct", corrected={"party": [norland]})
    agreement.refresh_from_db()
    assert agreement.label == "Norland"
    undo_action(REVIEWER, review)
    agreement.refresh_from_db()
    assert agreement.label == before
    assert not list(differences())


def test_what_an_earlier_version_called_by_a_bare_word_is_called_by_whose_it_is() -> None:
    keep_reading(REVIEWER, read_loaded(load(SAMPLES / "ministry-mou.html")))
    agreement = Entity.objects.get(kind="agreement")
    step = import_module("handslag_hub.store.migrations.0008_agreement_titles")
    for cluster in (agreement.canonical_id, None):
        Entity.objects.filter(pk=agreement.pk).update(label="signed", canonical=cluster)
        step.fill(apps, connection.schema_editor())
        assert Entity.objects.get(pk=agreement.pk).label == agreement.label


@pytest.mark.parametrize(
    ("names", "label"),
    [
        (("avtal", "Nordsjöavtalet"), "Nordsjöavtalet"),
        (("Nordsjöavtalet", "avtal"), "Nordsjöavtalet"),
        (("avtal", "avtal"), "Avtal: Bolag 0"),
    ],
)
def test_an_agreement_told_of_twice_at_once_is_called_as_when_all_is_made_again(db, names: tuple[str, str], label: str) -> None:  # fmt: skip
    subject = EntityKey("agreement", "avtal-nordsjo", names[0])
    typed = []
    for at, name in enumerate(names):
        claims = (Claim(predicate="name", value=name, normal=name.lower()), Claim(predicate="party", value=f"Bolag {at}", normal=f"bolag {at}"),
            Claim(predicate="form", value="agreement", normal="agreement"))  # fmt: skip
        uid = stable_uid("typed", str(at), length=24)
        typed.append(TypedFact(ClaimedFact(uid=uid, kind="agreement", subject=subject, claims=claims)))
    type_facts(REVIEWER, typed)
    assert Entity.objects.get(kind="agreement").label == label
    assert not list(differences())
