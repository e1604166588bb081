from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from handslag.reading.claims import organisation_key
from handslag_hub.register.queries.neighbours import MOST_NODES, draw, neighbourhood_of, rows_of
from handslag_hub.register.queries.sections import SHOWN
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Entity, Fact
from handslag_hub.store.services import judge_sameness

pytestmark = pytest.mark.django_db
TODAY = AsKnown()


def text_of(response) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_line_leads_to_its_fact(sample_documents, browser):
    entity = Entity.objects.get(label="Region Österdalen", kind="organisation")
    page = "".join(
        browser.get(f"/register/{entity.uid}{more}").content.decode()
        for more in ("", "/in/commitments", "/in/agreements")
    )
    facts = Fact.objects.filter(statements__object_now=entity, statements__holds=True, kind__in=("commitment", "agreement")).distinct()  # fmt: skip
    assert facts
    for fact in facts:
        assert f"/facts/{fact.uid}" in page
        assert fact.fact_passages.get(rank=0).passage.quote[:30] in unescape(page)


def test_a_member_of_a_merged_cluster_leads_to_what_stands_for_it(typist, reviewer, browser):
    a, b = typist.organisation("Kustlabbet AB"), typist.organisation("Kustlaboratoriet")
    judge_sameness(reviewer, a, b, "same")
    for more in ("", "/sheet", "/neighbourhood", "/in/commitments", "/same", "/split"):
        answer = browser.get(f"/register/{b.uid}{more}?on=2027-01-01")
        assert (answer.status_code, answer["Location"]) == (302, f"/register/{a.uid}{more}?on=2027-01-01")
    assert "Kustlaboratoriet" in text_of(browser.get(f"/register/{a.uid}"))


def test_what_only_reviewers_see_of_an_entry_is_nowhere_on_a_readers_pages(typist, reviewer, login):
    body = typist.organisation("Kustlabbet AB")
    typist.commitment("öppnar ett labb", "Kustlabbet AB", "Almviks sjukhus")
    typist.organisation("Kustlabbet AB", "Projekt Måsen", level=2)
    typist.commitment("säljer labbet", "Kustlabbet AB", "Hemliga bolaget", level=2)
    typist.person("Ture Tyst", "Kustlabbet AB", level=2)
    twin = typist.organisation("Doldlabbet", level=2)
    judge_sameness(reviewer, body, typist.organisation("Kustlab"), "same")
    judge_sameness(reviewer, body, twin, "different")
    client = login("reader")
    pages = [f"/register/{body.uid}{more}" for more in ("", "/sheet", "/neighbourhood", "/in/commitments", "/in/mentions", "/in/people")]  # fmt: skip
    hidden = ("Måsen", "säljer labbet", "Hemliga", "Ture", "Doldlabbet")
    for page in pages:
        answer = client.get(page, follow=True)
        assert answer.status_code == 200
        assert not [word for word in hidden if word in answer.content.decode()], page
    assert client.get(f"/register/{twin.uid}").status_code == 404
    seen = login("reviewer").get(f"/register/{body.uid}", follow=True).content.decode()
    assert all(word in seen for word in hidden)


def test_roles_are_told_as_of_the_day(typist, browser):
    person = typist.person("Anna Ek", "Kustlabbet AB", "ordförande")
    words = typist.words
    typist.about(
        person, "role", words("role", "styrelseledamot"), words("tense", "former"), words("period", "2019/2023")
    )
    states = {role.role: role.state for role in browser.get(f"/register/{person.uid}").context["roles"]}
    assert states == {"ordförande": "current", "styrelseledamot": "former"}


def test_a_card_asks_as_often_for_few_facts_as_for_many_and_shows_the_first(typist, browser):
    body = typist.organisation("Kustlabbet AB")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/register/{body.uid}").status_code == 200
        return len(asked)

    typist.commitment("öppnar ett labb", "Kustlabbet AB", "Almviks sjukhus")
    typist.person("Anna Ek", "Kustlabbet AB")
    queries()
    few = queries()
    for number in range(SHOWN + 5):
        typist.commitment(f"anställer {number}", "Kustlabbet AB", f"Bolag {number}")
        typist.person(f"Anna Ek{number}a", "Kustlabbet AB")
    assert queries() == few
    shown = {part.section.key: part for part in browser.get(f"/register/{body.uid}").context["sections"]}
    assert (len(shown["commitments"].lines), shown["commitments"].total, shown["commitments"].more) == (SHOWN, SHOWN + 6, True)  # fmt: skip
    part = browser.get(f"/register/{body.uid}/in/commitments", headers={"HX-Request": "true"})
    assert part.content.decode().count("/facts/") >= SHOWN + 6
    assert "<html" not in part.content.decode()


def test_the_sheet_has_all_facts_and_numbers_their_sources(sample_documents, browser):
    entity = Entity.objects.get(label="Region Österdalen", kind="organisation")
    page = browser.get(f"/register/{entity.uid}/sheet")
    sheet = page.context["sheet"]
    numbers = {line.note for _, lines in sheet.sections for line in lines}
    assert numbers == set(range(1, len(sheet.sources) + 1))
    for _, lines in sheet.sections:
        for line in lines:
            assert sheet.sources[line.note - 1].pk == line.line.fact.document_id
    assert all(f'id="source-{number}"' in page.content.decode() for number in numbers)


def test_the_picture_has_at_most_150_nodes_and_says_what_the_table_says(typist, reviewer, browser):
    body = typist.organisation("Kustlabbet AB")
    names = [f"Bolag {number}" for number in range(MOST_NODES + 10)]
    for name in names:
        typist.commitment(f"levererar till {name}", "Kustlabbet AB", name)
    typist.fact("agreement", None, *(typist.words("party", name, organisation_key(name)) for name in ("Kustlabbet AB", *names[:3])))  # fmt: skip
    found = neighbourhood_of(reviewer, TODAY, body, MOST_NODES)
    picture = draw(found)
    assert len(picture.nodes) == MOST_NODES
    # The centre with each, and the three parties among themselves.
    assert len(picture.edges) == MOST_NODES - 1 + 3
    assert found.left_out == len(names) - (MOST_NODES - 1)
    assert [node.key for node in picture.nodes] == [body.uid, *(row.node.uid for row in rows_of(found))]
    labels = {node.uid: node.label for node in (found.centre, *found.neighbours)}
    in_table = {frozenset((row.node.label, other)) for row in rows_of(found) for other in row.tied}
    assert in_table == {frozenset((labels[edge.source], labels[edge.target])) for edge in picture.edges}
    answer = browser.get(f"/register/{body.uid}/neighbourhood?all=1").content.decode()
    assert answer.count('<a class="node ') == MOST_NODES
    assert answer.count('<circle cx="') >= MOST_NODES
    assert 'style="' not in answer
