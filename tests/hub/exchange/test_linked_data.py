from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest
from django.test import Client
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import PROV, RDF
from responses_read import closed_after

from handslag_hub.accounts.actors import Actor
from handslag_hub.exchange.giving_out import response_with
from handslag_hub.exchange.selection import Selection
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.services import change_visibility, review_fact

# rdflib itself still uses what it calls deprecated.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
BASE = "https://hub.example.org"


def graph_of(table: str, chosen: Selection) -> Graph:
    with closed_after(response_with(table, "jsonld", chosen, BASE)) as response:
        return Graph().parse(data=b"".join(response), format="json-ld")


def test_every_fact_is_derived_from_passages_that_stand_in_their_documents(sample_documents, reader: Actor):
    graph = graph_of("all", Selection(actor=reader))
    texts = {document.uid: document.text for document in Document.objects.all()}
    facts = {URIRef(f"{BASE}/id/{uid}") for uid in Fact.objects.values_list("uid", flat=True)}
    assert facts <= set(graph.subjects(RDF.type, PROV.Entity))
    for fact in facts:
        assert graph.value(fact, PROV.wasGeneratedBy)
        passages = list(graph.objects(fact, PROV.wasDerivedFrom))
        assert passages
        for passage in passages:
            uid = str(graph.value(passage, OA.hasSource)).rpartition("/")[2]
            place, quote = {}, {}
            for selector in graph.objects(passage, OA.hasSelector):
                kind = graph.value(selector, RDF.type)
                found = {
                    name: graph.value(selector, OA[name]) for name in ("start", "end", "exact", "prefix", "suffix")
                }
                (place if kind == OA.TextPositionSelector else quote).update(found)
            start, end = int(place["start"]), int(place["end"])
            assert texts[uid][start:end] == str(quote["exact"])
            assert texts[uid][:start].endswith(str(quote["prefix"]))
            assert texts[uid][end:].startswith(str(quote["suffix"]))


def test_readings_name_the_reader_and_its_version_and_reviewers_are_named(sample_documents, reviewer: Actor):
    fact = Fact.objects.filter(kind="commitment").first()
    review_fact(reviewer, fact, "accept")
    graph = graph_of("commitments", Selection(actor=reviewer))
    node = URIRef(f"{BASE}/id/{fact.uid}")
    activity = graph.value(node, PROV.wasGeneratedBy)
    assert (activity, RDF.type, PROV.Activity) in graph
    agent = graph.value(activity, PROV.wasAssociatedWith)
    assert str(graph.value(agent, URIRef("https://schema.org/softwareVersion"))) == fact.extractor.version
    who = graph.value(node, PROV.wasAttributedTo)
    assert str(graph.value(who, URIRef("http://xmlns.com/foaf/0.1/name"))) == "Rut Granskare"


def test_roles_are_memberships_of_people_in_organisations(sample_documents, reader: Actor):
    graph = graph_of("people", Selection(actor=reader))
    memberships = list(graph.subjects(RDF.type, ORG.Membership))
    assert len(memberships) == Fact.objects.filter(kind="role").count()
    assert all(graph.value(membership, ORG.member) for membership in memberships)
    assert any((body, RDF.type, ORG.Organization) in graph for body in graph.objects(None, ORG.organization))


def test_no_context_is_fetched_and_the_same_one_is_served(client: Client, sample_documents):
    exported = json.loads(b"".join(client.get("/export/agreements.jsonld")))
    assert exported["@context"] == client.get("/export/context.jsonld").json()["@context"]


@pytest.mark.parametrize(
    "kind", ["organisation", "person", "event", "agreement", "commitment", "quote", "figure", "signal"]
)
def test_a_stable_address_leads_to_the_page_and_to_data(kind, client: Client, sample_documents):
    uid = Entity.objects.filter(kind=kind).first().uid
    answer = client.get(f"/id/{uid}", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert client.get(answer["Location"]).status_code == 200
    for accepted, ending in (("application/json", "json"), ("application/ld+json", "jsonld")):
        answer = client.get(f"/id/{uid}?on=2026-12-31", headers={"Accept": accepted})
        assert answer["Location"] == f"/id/{uid}.{ending}?on=2026-12-31"
        assert client.get(answer["Location"]).status_code == 200
    assert client.get(f"/id/{uid}.json").json()["kind"] == kind
    assert Graph().parse(data=client.get(f"/id/{uid}.jsonld").content, format="json-ld")


def test_facts_documents_and_passages_have_stable_addresses(client: Client, sample_documents):
    fact = Fact.objects.filter(kind="commitment").first()
    assert client.get(f"/id/{fact.uid}")["Location"] == f"/facts/{fact.uid}"
    assert client.get(f"/id/{fact.uid}.json").json()["uid"] == fact.uid
    document = fact.document
    assert client.get(f"/id/{document.uid}")["Location"] == f"/documents/{document.uid}"
    passage = fact.fact_passages.first().passage
    answer = client.get(f"/passages/{document.uid}/{passage.start}-{passage.end}")
    assert answer.status_code == 303
    assert urlsplit(answer["Location"]).path == f"/documents/{document.uid}"
    assert urlsplit(answer["Location"]).fragment == f"p{passage.start}-{passage.end}"
    assert client.get(f"/passages/{document.uid}/5-{10**9}").status_code == 404


def test_what_one_may_not_see_has_no_address(client: Client, settings, sample_documents, reviewer: Actor):
    from handslag_hub.accounts.models import User  # noqa: PLC0415

    document = sample_documents["ministry-mou.html"]
    fact = Fact.objects.filter(document=document, kind="commitment").first()
    change_visibility(reviewer, document, 2)
    settings.TEAM = True
    settings.SECURE_SSL_REDIRECT = False
    client.force_login(User.objects.create(username="lage", role="reader"), "django.contrib.auth.backends.ModelBackend")
    for uid in (document.uid, fact.uid, fact.about.uid):
        for ending in ("", ".json", ".jsonld"):
            assert client.get(f"/id/{uid}{ending}").status_code == 404
    assert client.get(f"/passages/{document.uid}/0-5").status_code == 404
