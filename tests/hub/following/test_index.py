"""Which commitments a page is compared with: the most alike of earlier days, and for everybody only what they may know of."""

from __future__ import annotations

from importlib import import_module
from random import Random

import pytest
from django.apps import apps

from handslag.following.linking.index import MOST_COMPARED, by_likeness
from handslag_hub.following import projections
from handslag_hub.following.index import _by_likeness, candidates, number_of, wrong_counts
from handslag_hub.following.models import KeyCount, Page, PromiseKey, Repetition
from handslag_hub.following.prepared import prepare_page
from handslag_hub.following.queries.repetitions import repetitions
from handslag_hub.following.services.linking import heard_on, stated_before
from handslag_hub.following.services.waiting import follow_until_none_waits
from handslag_hub.store.checking import differences
from handslag_hub.store.models import Document, Fact
from handslag_hub.store.services import change_visibility, keep_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def keep(db: None, reviewer, read_text):
    """`keep(text, day, name)`: the page, read, kept and linked."""

    def make(text: str, day: str | None, name: str, level: int = 0) -> Document:
        document = keep_reading(reviewer, read_text(text, said_on=day), address=f"https://example.org/{name}", visibility=level).document  # fmt: skip
        follow_until_none_waits()
        return document

    return make


def promises(first: int, count: int, town: str = "Almvik") -> str:
    lines = [f"Region Norrholm will open clinic number {number} for children in {town} by 1 September 2026." for number in range(first, first + count)]  # fmt: skip
    return "\n\n".join(["Region Norrholm plans for care", *lines, ""])


def test_the_most_alike_are_compared_however_many_came_before_them(keep):
    keep(promises(0, 40), "2026-01-10", "a")
    keep(promises(40, 40), "2026-01-11", "b")
    keep(
        "Plans\n\nRegion Norrholm will build a heliport for ambulances in Skellefteå by 2028.\n",
        "2026-01-12",
        "heliport",
    )
    page = keep("Region Norrholm\n\nThe heliport for ambulances in Skellefteå is delayed until 2029, Region Norrholm said on Monday. It will open clinics for children in Almvik.\n", "2026-06-01", "later")  # fmt: skip
    (stated,) = stated_before(page, prepare_page(page)).values()
    assert len(stated) == MOST_COMPARED
    assert "heliport" in Fact.objects.get(pk=stated[0].fact).about.label
    evidence = Fact.objects.get(kind="evidence", statements__value="delayed")
    assert "heliport" in evidence.statements.get(predicate="of").object_now.label


def test_what_came_later_takes_no_place_from_what_was_said_before(keep):
    keep("Plans\n\nRegion Norrholm will open a clinic for children in Almvik by 2027.\n", "2026-01-10", "early")
    keep(promises(0, 70), "2026-09-10", "late")
    page = keep("Clinic\n\nRegion Norrholm: the clinic for children in Almvik is delayed.\n", "2026-03-01", "between")
    (stated,) = stated_before(page, prepare_page(page)).values()
    assert [Fact.objects.get(pk=one.fact).said_on.isoformat() for one in stated] == ["2026-01-10"]


def test_what_is_restricted_neither_comes_nor_weighs_for_others(keep, reviewer):
    public = keep(promises(0, 3), "2026-01-10", "public")
    page = keep("Clinics\n\nRegion Norrholm: clinic number 1 for children in Almvik is delayed.\n", "2026-06-01", "later")  # fmt: skip
    keys = {key for sentence in prepare_page(page).sentences for key in sentence.keys}
    before = candidates(keys, 100)
    heard = list(Fact.objects.filter(kind="evidence", level=0).order_by("uid").values_list("uid", "certainty"))
    assert before.keys() == {0}
    hidden = keep(promises(100, 9), "2026-01-10", "hidden", level=2)
    follow_until_none_waits()
    after = candidates(keys, 100)
    assert after.keys() == {0, 2}
    assert after[0] == before[0]
    assert set(after[0]) < set(after[2])
    assert list(Fact.objects.filter(kind="evidence", level=0).order_by("uid").values_list("uid", "certainty")) == heard
    change_visibility(reviewer, hidden, 0)
    follow_until_none_waits()
    assert candidates(keys, 100).keys() == {0}
    assert not PromiseKey.objects.filter(key=number_of("", 2)).exists()
    assert KeyCount.objects.get(key=number_of("", 0)).count == Fact.objects.filter(kind="commitment").count()
    assert wrong_counts() == 0
    assert list(differences()) == []
    assert public.live


AGAIN = """Norrholm again

Region Norrholm will open a clinic for patients in Skellefteå by 1 September 2026, it said again.
"""


def test_a_proposal_stays_though_a_restricted_page_says_it_too(keep, reader, reviewer):
    first = "Region Norrholm plans for care\n\nRegion Norrholm will open a clinic for patients in Skellefteå by 1 September 2026.\n"  # fmt: skip
    keep(first, "2026-01-14", "first")
    keep(first, "2026-01-14", "copy")
    (row,) = Repetition.objects.all()
    assert list(repetitions(reader)) == [row]
    keep(AGAIN, "2026-03-01", "again", level=2)
    assert Repetition.objects.get(pk=row.pk).heard is None
    assert list(repetitions(reader)) == [row]
    assert len(repetitions(reviewer)) > 1


CARE = (
    "children",
    "dialysis",
    "sleep disorders",
    "hearing",
    "eye diseases",
    "vaccination",
    "rehabilitation",
    "dementia",
    "asthma",
)


def opens(first: int, count: int) -> str:
    lines = [f"Region Norrholm will open a clinic for {care} in Almvik by 1 September 2026." for care in CARE[first : first + count]]  # fmt: skip
    return "\n\n".join(["Region Norrholm plans for care", *lines, ""])


def test_each_level_hears_what_a_ledger_of_its_own_would_tell(keep):
    for level, first in ((0, 0), (1, 3), (2, 6)):
        keep(opens(first, 3), "2026-01-10", f"plans{level}", level)
    keep(opens(0, 2), "2026-01-12", "again", 1)
    lines = [f"Region Norrholm: the clinic for {CARE[number]} in Almvik {what}." for number, what in ((0, "is delayed until 2027"), (4, "was opened on Monday"), (7, "will not be opened"))]  # fmt: skip
    view = prepare_page(keep("\n\n".join(["Clinics", *lines, ""]), "2026-06-01", "later"))
    stated = stated_before(Document.objects.get(uid=view.document.sha256), view)
    assert stated.keys() == {0, 1, 2}
    told = [(one.level, found.heard, {other.fact for other in found.of}) for found in heard_on(view, stated) for one in found.of[:1]]  # fmt: skip
    alone = [(level, found.heard, {one.fact for one in found.of}) for level, seen in stated.items() for found in heard_on(view, {level: seen})]  # fmt: skip
    assert told == alone
    assert all(one.level <= level for level, seen in stated.items() for one in seen)
    assert {level for level, _, _ in told} == {0, 1, 2}


def test_keys_of_other_words_and_what_was_kept_of_pages_are_made_again(keep):
    page = keep(promises(0, 3), "2026-01-10", "plans")
    keys, home = set(PromiseKey.objects.values_list("key", "fact")), Page.objects.get(document=page).home
    # As an earlier version knew them: by other words, and of the page something else.
    fact = Fact.objects.filter(kind="commitment").first()
    PromiseKey.objects.filter(fact=fact).exclude(key=number_of("", 0)).delete()
    PromiseKey.objects.create(fact=fact, key=7)
    Page.objects.update(home=home | {"words": {"other": 1.0}})
    assert projections.differences() != []
    import_module("handslag_hub.following.migrations.0003_keys_in_one_language").write_all_again(apps, None)
    follow_until_none_waits()
    assert projections.differences() == []
    assert set(PromiseKey.objects.values_list("key", "fact")) == keys
    assert Page.objects.get(document=page).home == home


def test_many_lists_at_once_give_what_the_engine_gives_one_by_one() -> None:
    rng = Random(7)
    for most in (1, 5, 40, 500):
        lists = [sorted(rng.sample(range(300), rng.randint(1, 60))) for _ in range(25)]
        # Weights that repeat: many are just as like, and then the first that was kept comes first.
        weights = {level: [rng.choice((0.0, 0.7, 1.1, 2.3)) for _ in lists] for level in (0, 1)}
        found = _by_likeness([",".join(map(str, one)) for one in lists], weights, most)
        for level, of_list in weights.items():
            there = [(weight, one) for weight, one in zip(of_list, lists, strict=True) if weight]
            assert found[level] == by_likeness(there, most)
    assert _by_likeness([], {0: []}, 5) == {0: []}
