"""Contradictions: side by side for whom they concern, settled, taken back, opened again by a new value."""

from __future__ import annotations

import json

import pytest

from handslag_hub.store.models import Conflict
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db
PAGE = "Nordic Matching Days 2027\n\nNordic Matching Days 2027 will be held on {} in Malmö. Companies meet in the exhibition hall.\n"


@pytest.fixture
def keep(reviewer, read_text):
    def keep_page(day: str, visibility: int = 0) -> None:
        keep_reading(
            reviewer,
            read_text(PAGE.format(day)),
            address=f"https://example.org/{day.replace(' ', '-')}",
            visibility=visibility,
        )

    return keep_page


def settle(client, conflict: Conflict, value: str, seen: list[str] | None = None, note: str = ""):
    return client.post(
        f"/conflicts/{conflict.pk}/settle",
        {"value": value, "seen": json.dumps(seen or conflict.values), "note": note},
        follow=True,
    )


def side_of(client, conflict: Conflict, value: str) -> str:
    found = client.get(f"/conflicts/{conflict.pk}").context["found"]
    return str(next(side.key for side in found.sides if side.normal == value))


def test_values_stand_side_by_side_and_are_settled_taken_back_and_opened_again(keep, as_somebody):
    keep("3 March 2027")
    keep("10 March 2027")
    client = as_somebody("reviewer")
    conflict = Conflict.objects.get()
    page = client.get("/conflicts/").text
    assert client.get("/conflicts/", {"page": "99"}).context["page"] == 1
    assert "2027-03-03" in page
    assert "2027-03-10" in page
    assert page.count('<blockquote class="passage">') == page.count('class="source"') == 2
    answer = settle(client, conflict, side_of(client, conflict, "2027-03-10"), note="Told by the organiser")
    assert "settled for this" in answer.text
    assert "Told by the organiser" in answer.text
    assert "2027-03-03" not in client.get("/conflicts/").text
    assert "2027-03-03" in client.get("/conflicts/", {"settled": "1"}).text
    client.post(f"/conflicts/{conflict.pk}/take-back")
    assert "2027-03-03" in client.get("/conflicts/").text
    settle(client, conflict, "standing")
    assert "left standing" in client.get("/conflicts/", {"settled": "1"}).text
    keep("17 March 2027")
    opened = client.get("/conflicts/").text
    assert "2027-03-17" in opened
    assert "2027-03-03" in opened


def test_who_looked_at_other_values_is_told_and_nothing_is_written(keep, as_somebody):
    keep("3 March 2027")
    keep("10 March 2027")
    client = as_somebody("reviewer")
    conflict = Conflict.objects.get()
    seen = conflict.values
    keep("17 March 2027")
    answer = settle(client, conflict, side_of(client, conflict, "2027-03-10"), seen)
    assert answer.status_code == 409
    assert "have changed in the meantime" in answer.text
    conflict.refresh_from_db()
    assert conflict.settlement is None
    assert settle(client, conflict, "").status_code == 422
    conflict.refresh_from_db()
    assert conflict.settlement is None


def test_a_reader_sees_only_values_that_are_theirs_and_decides_nothing(keep, as_somebody):
    keep("3 March 2027")
    keep("10 March 2027", 2)
    reader, reviewer = as_somebody("reader"), as_somebody("reviewer")
    conflict = Conflict.objects.get()
    assert "2027-03-10" not in reader.get("/conflicts/").text
    assert "2027-03-03" not in reader.get("/conflicts/").text
    assert reader.get(f"/conflicts/{conflict.pk}").status_code == 404
    keep("17 March 2027")
    conflicts = {row.level: row for row in Conflict.objects.all()}
    assert conflicts.keys() == {0, 2}
    page = reader.get("/conflicts/").text
    assert "2027-03-17" in page
    assert "2027-03-10" not in page
    whole = reviewer.get("/conflicts/").text
    assert whole.count("<article") == 1
    assert "2027-03-10" in whole
    assert (
        reviewer.get(f"/conflicts/{conflicts[0].pk}", follow=True).request["PATH_INFO"]
        == f"/conflicts/{conflicts[2].pk}"
    )
    key = side_of(reviewer, conflicts[2], "2027-03-03")
    assert settle(reader, conflicts[0], key).status_code == 403
    settle(reviewer, conflicts[2], key, note="the secret page is wrong")
    told = reader.get(f"/conflicts/{conflicts[0].pk}").text
    assert "settled for this" in told
    assert "secret page" not in told
    assert "secret page" in reviewer.get(f"/conflicts/{conflicts[2].pk}").text


def test_before_the_second_value_was_said_nothing_contradicts(reviewer, read_text, as_somebody):
    for day, said in (("3 March 2027", "2026-09-01"), ("10 March 2027", "2026-11-01")):
        keep_reading(reviewer, read_text(PAGE.format(day), said), address=f"https://example.org/{said}")
    client = as_somebody("reader")
    assert "2027-03-10" in client.get("/conflicts/", {"on": "2026-11-02"}).text
    earlier = client.get("/conflicts/", {"on": "2026-10-01"}).text
    assert "2027-03-03" not in earlier
    assert client.get(f"/conflicts/{Conflict.objects.get().pk}", {"on": "2026-10-01"}).status_code == 404


def test_a_decision_for_a_value_that_a_reader_sees_is_theirs_to_see_whichever_page_was_named(
    reviewer, read_text, as_somebody
):
    for at, (day, visibility) in enumerate((("3 March 2027", 2), ("3 March 2027", 0), ("10 March 2027", 0))):
        keep_reading(reviewer, read_text(PAGE.format(day), said_on=f"2026-0{at + 1}-01"), address=f"https://example.org/{at}", visibility=visibility)  # fmt: skip
    client, reader = as_somebody("reviewer"), as_somebody("reader")
    conflict = Conflict.objects.order_by("-level").first()
    settle(client, conflict, side_of(client, conflict, "2027-03-03"))
    assert "settled for this" in client.get(f"/conflicts/{conflict.pk}").text
    page = reader.get("/conflicts/", {"settled": "1"}).text
    assert "settled for this" in page
    assert "2027-03-03" in page


def test_a_decision_for_a_value_that_a_reader_does_not_see_leaves_theirs_open(keep, as_somebody):
    keep("3 March 2027", 2)
    keep("10 March 2027")
    keep("17 March 2027")
    client, reader = as_somebody("reviewer"), as_somebody("reader")
    fullest = Conflict.objects.order_by("-level").first()
    settle(client, fullest, side_of(client, fullest, "2027-03-03"))
    assert "2027-03-10" in reader.get("/conflicts/").text
    decided = reader.get("/conflicts/", {"settled": "1"}).text
    assert "2027-03-10" not in decided
    assert "2027-03-03" not in decided
    assert "2027-03-03" in client.get("/conflicts/", {"settled": "1"}).text
