from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from handslag.kernel.claims import Claim
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import User
from handslag_hub.reading.claimants import worker_count
from handslag_hub.reading.models import Arrival, State
from handslag_hub.reading.outcomes import outcome_in_words
from handslag_hub.reading.services import Incoming, bring_in, claim_next, release_claims
from handslag_hub.reading.services.waiting import read_arrival
from handslag_hub.reading.workers import read_until_none_waits
from handslag_hub.store.models import Document, Fact, Statement
from handslag_hub.store.services import remove_document, review_fact
from handslag_hub.store.services.originals import original_path

pytestmark = pytest.mark.django_db


def _scanned_pdf() -> bytes:
    """A page with nothing but a picture of it, as scanners make them."""
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_several_files_are_read_and_their_facts_wait_for_review(bring, page):
    arrivals = bring({"one.txt": page, "two.md": page.replace("Kullhed", "Sandvik")}, visibility=1)
    assert [arrival.state for arrival in arrivals] == [State.READ, State.READ]
    for arrival in arrivals:
        assert arrival.document.visibility == 1
        assert arrival.document.original == arrival.original
        assert Fact.objects.filter(document=arrival.document, shown=True, kind="commitment").exists()
        assert arrival.seconds is not None


def test_the_bytes_are_on_disk_when_a_file_is_acknowledged(reviewer, page):
    batch = bring_in(reviewer, [Incoming("one.txt", page.encode()), Incoming("two.txt", b"")])
    for arrival in batch.arrivals.all():
        kept = original_path(arrival.original.sha256).read_bytes()
        assert hashlib.sha256(kept).hexdigest() == arrival.original.sha256
        assert arrival.state == State.WAITING


def test_what_came_before_an_interruption_is_kept_and_read(reviewer, page):
    def files():
        for number in range(60):
            yield Incoming(f"{number}.txt", f"{number}\n{page}".encode())
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in(reviewer, files())
    assert Arrival.objects.filter(state=State.WAITING).count() == 50


def test_the_same_page_twice_changes_nothing(bring, page):
    first = bring({"one.txt": page}, "https://example.org/a")[0]
    before = (Document.objects.count(), Fact.objects.count(), Statement.objects.count())
    for address in ("https://example.org/a", ""):
        again = bring({"other name.txt": page}, address)[0]
        assert (again.state, again.document) == (State.SAME, first.document)
    assert (Document.objects.count(), Fact.objects.count(), Statement.objects.count()) == before


def test_a_removed_page_that_is_brought_in_is_added_again(bring, page, reviewer):
    first = bring({"one.txt": page})[0]
    remove_document(reviewer, first.document)
    again = bring({"one.txt": page})[0]
    assert (again.state, again.document) == (State.AGAIN, first.document)
    assert again.document.live


def test_a_newer_version_at_the_same_address_supersedes_the_older(bring, page):
    first = bring({"a.txt": page}, "https://Example.org/a#top")[0]
    newer = bring({"a.txt": page.replace("twenty", "thirty")}, "https://example.org/a")[0]
    assert newer.state == State.VERSION
    assert newer.document.supersedes == first.document


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.txt", b"", ("is empty", "är tom")),
        ("binary.txt", bytes(range(256)) * 20, ("is not plain text", "är inte ren text")),
        ("scanned.pdf", _scanned_pdf(), ("text", "text")),
        ("picture.png", b"\x89PNG", ("has the ending .png", "har filändelsen .png")),
        ("without", b"words", ("has no ending", "har ingen filändelse")),
    ],
)
def test_what_cannot_be_read_is_listed_with_the_reason_in_both_languages(bring, page, name, content, words):
    good, bad = bring({"good.txt": page, name: content})
    assert good.state == State.READ
    assert (bad.state, bad.document) == (State.FAILED, None)
    for language, expected in zip(("en", "sv"), words, strict=True):
        with translation.override(language):
            assert expected in outcome_in_words(bad)


def test_a_file_whose_bytes_are_lost_does_not_stop_the_others(bring, reviewer, page):
    batch = bring_in(reviewer, [Incoming("lost.txt", b"lost " + page.encode()), Incoming("good.txt", page.encode())])
    lost, good = batch.arrivals.order_by("pk")
    original_path(lost.original.sha256).unlink()
    read_until_none_waits()
    lost.refresh_from_db()
    good.refresh_from_db()
    assert (lost.state, good.state) == (State.FAILED, State.READ)
    assert "does not exist" in outcome_in_words(lost)


def test_the_day_that_is_given_counts_and_with_several_files_only_where_none_is_printed(bring, page):
    single = bring({"one.txt": page}, said_on="2025-01-02")[0]
    assert single.document.said_period == "2025-01-02"
    undated = page.replace("Kullhed, 8 October 2026\n", "").replace("Kullhed", "Sandvik")
    dated, without = bring({"two.txt": page + "\nMore.", "three.txt": undated}, said_on="2025-01-02", said_on_is_fallback=True)  # fmt: skip
    assert dated.document.said_period == "2026-10-08"
    assert without.document.said_period == "2025-01-02"


def test_files_of_somebody_who_may_no_longer_add_are_not_read(page):
    user = User.objects.create_user("lage", role="reviewer")
    batch = bring_in(Actor(user.pk, "lage", "reviewer"), [Incoming("one.txt", page.encode())])
    User.objects.filter(pk=user.pk).update(role="reader")
    read_until_none_waits()
    arrival = batch.arrivals.get()
    assert arrival.state == State.FAILED
    assert "may no longer" in outcome_in_words(arrival)
    assert not Document.objects.exists()


# --- names known -----------------------------------------------------------------------------------------------------


def test_names_that_a_person_accepted_are_known_to_the_next_reading(bring, page, reviewer):
    blind = "A new laboratory\n\nMeanwhile, Blå porten will open a laboratory in Kullhed in May 2027, it was said on Monday.\n"
    assert not _organisations(bring({"one.txt": blind})[0].document, "Blå porten")
    fact = Fact.objects.filter(kind="organisation", document=bring({"two.txt": page})[0].document).first()
    name = Claim(predicate="name", value="Blå porten", normal="blå porten")
    review_fact(reviewer, fact, "correct", corrected={"name": [name]})
    assert _organisations(bring({"three.txt": blind.replace("May", "June")})[0].document, "Blå porten")


def _organisations(document: Document, name: str) -> bool:
    return Statement.objects.filter(fact__document=document, fact__kind="organisation", predicate="name", value=name).exists()  # fmt: skip


def test_a_name_that_the_reader_refuses_does_not_stop_the_reading(bring, page, reviewer):
    fact = Fact.objects.filter(kind="organisation", document=bring({"one.txt": page})[0].document).first()
    name = Claim(predicate="name", value="and", normal="and")
    review_fact(reviewer, fact, "correct", corrected={"name": [name]})
    assert bring({"two.txt": page.replace("twenty", "thirty")})[0].state == State.READ


# --- claims ----------------------------------------------------------------------------------------------------------


def test_a_file_claimed_by_a_process_that_is_gone_is_read_by_another(reviewer, page, claimant):
    bring_in(reviewer, [Incoming("one.txt", page.encode())])
    dead = claimant()
    assert claim_next(dead.name)
    assert claim_next(claimant().name) is None
    assert release_claims() == 0
    dead.leave()
    assert read_until_none_waits() == 1
    assert Arrival.objects.get().state == State.READ


def test_a_reader_that_ends_before_it_wrote_down_what_became_of_a_file_has_kept_nothing_of_it(reviewer, page, claimant):
    batch = bring_in(reviewer, [Incoming("one.txt", page.encode())])
    first = claimant()
    taken = claim_next(first.name)

    def end(execute, sql, *rest):
        if sql.startswith('UPDATE "reading_arrival"'):
            raise SystemExit
        return execute(sql, *rest)

    with connection.execute_wrapper(end), pytest.raises(SystemExit):
        read_arrival(taken)
    assert not Document.objects.exists()
    first.leave()
    read_until_none_waits()
    assert (batch.arrivals.get().state, batch.arrivals.get().attempts) == (State.READ, 2)


def test_a_claim_ends_with_its_lease(reviewer, page, claimant):
    bring_in(reviewer, [Incoming("one.txt", page.encode())])
    alive = claimant()
    claimed = claim_next(alive.name)
    Arrival.objects.filter(pk=claimed.pk).update(claimed_at=timezone.now() - timedelta(hours=1))
    assert release_claims() == 1
    other = claim_next(claimant().name)
    assert read_arrival(other) == State.READ
    # Who was thought to be gone comes late: it changes nothing.
    read_arrival(claimed)
    assert (Arrival.objects.get().state, Document.objects.count()) == (State.READ, 1)


def test_a_file_that_ends_every_process_is_left_aside(reviewer, page, claimant):
    bring_in(reviewer, [Incoming("killer.txt", page.encode())])
    for _attempt in range(3):
        dead = claimant()
        assert claim_next(dead.name)
        dead.leave()
        release_claims()
    assert claim_next(claimant().name) is None
    assert "ends every process" in outcome_in_words(Arrival.objects.get())


def test_no_more_jobs_are_queued_than_there_are_processes(reviewer, page):
    for number in range(5):
        bring_in(reviewer, [Incoming(f"{number}.txt", page.encode())])
    assert DBTaskResult.objects.count() == worker_count()
