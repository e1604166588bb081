from __future__ import annotations

import pytest

from handslag_hub.register.models import Proposal
from handslag_hub.register.projections.following import refresh_projections
from handslag_hub.register.queries.same import proposals, view_proposals
from handslag_hub.store.models import Action, Entity, IdentityLink
from handslag_hub.store.services import judge_sameness

pytestmark = pytest.mark.django_db


def proposed(actor, **limits) -> list[set[str]]:
    return [{seen.a.label, seen.b.label} for seen in view_proposals(actor, proposals(actor, **limits))]


def test_entries_that_are_called_alike_are_proposed_with_reasons(typist, reviewer, browser):
    typist.organisation("Solvik Diagnostik AB")
    typist.organisation("Solvik Diagnostik")
    typist.organisation("Almviks sjukhus")
    assert proposed(reviewer) == [{"Solvik Diagnostik AB", "Solvik Diagnostik"}]
    page = browser.get("/register/same").content.decode()
    assert "other legal form" in page
    assert "annan bolagsform" in browser.get("/register/same", headers={"Accept-Language": "sv"}).content.decode()


def test_one_wrong_letter_is_enough_to_be_proposed(typist, reviewer):
    typist.organisation("Kustlabbet Norrhamn")
    typist.organisation("Kustlabbet Norhamn")
    assert proposed(reviewer) == [{"Kustlabbet Norrhamn", "Kustlabbet Norhamn"}]


def test_a_proposal_whose_reason_only_some_may_see_is_told_to_them_alone(typist, reviewer, reader):
    typist.organisation("Kustlabbet AB")
    typist.organisation("Laboratoriet vid havet")
    typist.organisation("Laboratoriet vid havet", "Kustlabbet", level=2)
    assert Proposal.objects.count() == 1
    assert proposed(reviewer) == [{"Kustlabbet AB", "Laboratoriet vid havet"}]
    assert proposed(reader) == []


def test_what_stricter_facts_rule_out_is_still_told_to_those_who_do_not_see_them(typist, reviewer, reader):
    a, b = typist.organisation("Solvik Diagnostik AB"), typist.organisation("Solvik Diagnostik")
    for entity, number in ((a, "556012-5790"), (b, "556036-0793")):
        typist.about(entity, "identifier", typist.words("organisation_number", number), level=2)
    assert proposed(reader) == [{"Solvik Diagnostik AB", "Solvik Diagnostik"}]
    assert proposed(reviewer) == []


def test_same_merges_and_taking_back_parts_them_again(typist, browser, reviewer):
    a, b = typist.organisation("Solvik Diagnostik AB"), typist.organisation("Solvik Diagnostik")
    typist.commitment("öppnar ett labb", "Solvik Diagnostik")
    answer = browser.post("/register/same/judge", {"a": a.uid, "b": b.uid, "verdict": "same", "from": "list"})
    assert answer.status_code == 302
    a.refresh_from_db()
    b.refresh_from_db()
    assert b.canonical_id == a.canonical_id
    assert proposed(reviewer) == []
    assert "öppnar ett labb" in browser.get(f"/register/{a.canonical.uid}").content.decode()
    action = IdentityLink.objects.get().action
    assert f"/register/take-back/{action.pk}" in browser.get(answer["Location"]).content.decode()
    back = browser.post(f"/register/take-back/{action.pk}", {"next": f"/register/{a.uid}"})
    assert back["Location"] == f"/register/{a.uid}"
    b.refresh_from_db()
    assert b.canonical_id == b.pk
    assert proposed(reviewer) == [{"Solvik Diagnostik AB", "Solvik Diagnostik"}]
    assert "öppnar ett labb" not in browser.get(f"/register/{a.uid}").content.decode()
    browser.post(f"/register/take-back/{action.pk}")
    a.refresh_from_db()
    b.refresh_from_db()
    assert a.canonical_id == b.canonical_id


def test_taking_back_leads_nowhere_outside(typist, browser):
    a, b = typist.organisation("Solvik Diagnostik AB"), typist.organisation("Solvik Diagnostik")
    browser.post("/register/same/judge", {"a": a.uid, "b": b.uid, "verdict": "same"})
    action = IdentityLink.objects.get().action
    assert browser.post(f"/register/take-back/{action.pk}", {"next": "https://example.org/"})["Location"] == "/register/same"  # fmt: skip


def test_different_is_not_proposed_again_and_not_sure_is_put_aside(typist, browser, reviewer):
    a, b = typist.organisation("Solvik Diagnostik AB"), typist.organisation("Solvik Diagnostik")
    part = browser.post("/register/same/judge", {"a": a.uid, "b": b.uid, "verdict": "unsure", "from": "list"}, headers={"HX-Request": "true"})  # fmt: skip
    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert (proposed(reviewer), len(proposed(reviewer, unsure=True))) == ([], 1)
    assert "Solvik Diagnostik" in browser.get("/register/same?unsure=1").content.decode()
    browser.post("/register/same/judge", {"a": a.uid, "b": b.uid, "verdict": "different", "from": "list"})
    typist.organisation("Solvik Diagnostik", "Solvik")
    assert (proposed(reviewer), proposed(reviewer, unsure=True)) == ([], [])


def test_a_refusal_shows_the_chain(typist, browser, reviewer):
    a, b, c = (typist.organisation(name) for name in ("Solvik AB", "Solvik Diagnostik", "Solvik Holding"))
    judge_sameness(reviewer, a, b, "same")
    judge_sameness(reviewer, b, c, "different")
    for sent in ({}, {"from": "list"}):
        answer = browser.post("/register/same/judge", {"a": a.uid, "b": c.uid, "verdict": "same", **sent})
        assert answer.status_code == 409
        assert "notice--refused" in answer.content.decode()
        refused = answer.context["refused"]
        assert refused.index("Solvik Diagnostik") < refused.index("Solvik Holding")
    c.refresh_from_db()
    assert c.canonical_id == c.pk


def test_a_split_moves_the_chosen_facts_under_the_name_given_and_comes_back_whole(typist, browser):
    body = typist.organisation("Kustlabbet AB")
    stays = typist.commitment("öppnar ett labb", "Kustlabbet AB")
    goes = typist.commitment("stänger hamnen", "Kustlabbet AB")
    assert goes in browser.get(f"/register/{body.uid}/split").content.decode()
    answer = browser.post(f"/register/{body.uid}/split", {"fact": [goes], "name": "Kustlabbet i Syd AB"})
    target = Entity.objects.get(uid=answer["Location"].split("/")[2].split("?")[0])
    assert target.label == "Kustlabbet i Syd AB"
    here, there = (browser.get(f"/register/{uid}").content.decode() for uid in (body.uid, target.uid))
    assert (stays in here, goes in here, stays in there, goes in there) == (True, False, False, True)
    split = Action.objects.get(verb="split")
    browser.post(f"/register/take-back/{split.pk}")
    assert goes in browser.get(f"/register/{body.uid}").content.decode()
    assert browser.get(f"/register/{target.uid}").status_code == 404
    browser.post(f"/register/take-back/{split.pk}")
    assert "Kustlabbet i Syd AB" in browser.get(f"/register/{target.uid}").content.decode()


def test_a_split_without_facts_says_what_is_missing(typist, browser):
    body = typist.organisation("Kustlabbet AB")
    answer = browser.post(f"/register/{body.uid}/split", {"name": "En annan"})
    assert (answer.status_code, "notice--refused" in answer.content.decode()) == (400, True)


def test_only_reviewers_judge(typist, login):
    a, b = typist.organisation("Solvik Diagnostik AB"), typist.organisation("Solvik Diagnostik")
    client = login("reader")
    assert client.get("/register/same").status_code == 403
    assert client.post("/register/same/judge", {"a": a.uid, "b": b.uid, "verdict": "same"}).status_code == 403
    assert not IdentityLink.objects.exists()


def test_projections_made_again_are_what_they_were(sample_documents):
    def rows() -> list[tuple]:
        return [tuple(row) for row in Proposal.objects.order_by("a", "b", "level").values_list("a", "b", "level", "score", "reasons")]  # fmt: skip

    before = rows()
    assert before
    refresh_projections(list(Entity.objects.values_list("pk", flat=True)))
    assert rows() == before
