"""What a brief did not look through stands in it: on the page, in the PDF and in Markdown, in both languages."""

from __future__ import annotations

import pytest
from briefs_read import named, words_of

from handslag.kernel.claims import Claim, EntityKey
from handslag.reading.claims import organisation_key
from handslag_hub.briefs import telling
from handslag_hub.briefs.queries import agreement_page, composing, promises, sources, surroundings
from handslag_hub.commitments.services import Named, coded_claim, named_claims, type_fact, when_claims, words_claim
from handslag_hub.store.models import Entity
from handslag_hub.store.services import keep_reading

pytestmark = pytest.mark.django_db

BOARD = """Ny ledning i Region Norrholm

Karin Almgren, regiondirektör i Region Norrholm, leder arbetet.

Erik Sandin, ekonomidirektör i Region Norrholm, ansvarar för budgeten.

Maja Holmkvist, förvaltningschef i Region Norrholm, leder vården.

Region Norrholm ska öppna ett testcenter för hälsodata i Umeå senast den 1 mars 2027.
"""


def told_everywhere(client, path: str) -> dict[str, list[str]]:
    """The brief as page, as PDF and as Markdown, on one page and with all lines, by language."""
    found: dict[str, list[str]] = {}
    for language in ("sv", "en"):
        for everything in ("", "&all=1"):
            address = f"{path}?language={language}{everything}"
            page, markdown = client.get(address).text, client.get(f"{address}&as=md").text
            pdf = words_of(client.get(f"{address}&as=pdf").content)[1]
            found.setdefault(language, []).extend([page, pdf, markdown.replace("\\", "")])
    return found


def say(told: dict[str, list[str]], swedish: str, english: str) -> None:
    for text in told["sv"]:
        assert swedish in text
    for text in told["en"]:
        assert english in text


@pytest.fixture
def agreement(reviewer, promise) -> Entity:
    """An agreement with five commitments of three who are to act."""
    claims = [*words_claim("name", "Nordsjöavtalet"), *named_claims("party", [Named("Ekdal AB", organisation_key("Ekdal AB"))])]  # fmt: skip
    fact, _action = type_fact(reviewer, "agreement", "Nordsjöavtalet", claims, visibility=0, origin="", language="sv")
    found = fact.about.canonical
    for number, who in enumerate(("Alvik AB", "Alvik AB", "Alvik AB", "Solvik AB", "Ekdal AB"), 1):
        its = [*words_claim("what", f"bygga hus {number}"), *named_claims("who", [Named(who, organisation_key(who))]), *coded_claim("firmness", "promised"),
            *when_claims("when", f"{2027 + number}"), *coded_claim("theme", "health_data"),
            Claim(predicate="agreement", value="Nordsjöavtalet", normal="nordsjöavtalet", object=EntityKey("agreement", "", given_uid=found.uid))]  # fmt: skip
        type_fact(reviewer, "commitment", f"bygga hus {number}", its, visibility=0, origin="", language="sv")
    return found


def test_commitments_of_an_agreement_beyond_those_looked_through(agreement, client, monkeypatch):
    monkeypatch.setattr(promises, "LOOKED_AT", 3)
    told = told_everywhere(client, f"/briefs/{agreement.uid}")
    say(told, "minst 3", "at least 3")
    say(told, "2 uppgifter om åtaganden till har inte gåtts igenom.", "2 further statements of commitments were not looked through.")  # fmt: skip
    for path in (f"/agreements/{agreement.uid}", f"/agreements/{agreement.uid}/sheet"):
        page = client.get(path).text
        assert "bygga hus 3" in page
        assert "bygga hus 4" not in page
        assert "2 further statements of commitments were not looked through." in page
    monkeypatch.setattr(promises, "LOOKED_AT", 5)
    whole = told_everywhere(client, f"/briefs/{agreement.uid}")
    assert not any("inte gåtts igenom" in text or "minst" in text for text in whole["sv"])
    assert "not looked through" not in client.get(f"/agreements/{agreement.uid}").text


def test_what_is_dear_to_count_is_told_as_more_than(agreement, client, monkeypatch):
    monkeypatch.setattr(promises, "LOOKED_AT", 2)
    for module in (sources, telling):
        monkeypatch.setattr(module, "COUNTED", 2)
    say(
        told_everywhere(client, f"/briefs/{agreement.uid}"),
        "Fler än 2 uppgifter om åtaganden till har inte gåtts igenom.",
        "More than 2 further statements of commitments were not looked through.",
    )


def test_those_who_are_to_act_beyond_those_looked_up(agreement, client, monkeypatch):
    monkeypatch.setattr(composing, "_OWNERS", 1)
    # Ekdal AB is a party and told of anyway.
    say(told_everywhere(client, f"/briefs/{agreement.uid}"), "1 annan som ska göra något har inte slagits upp.", "1 other who is to act was not looked up.")  # fmt: skip


def test_roles_beyond_those_looked_through(reviewer, read_text, client, monkeypatch):
    keep_reading(reviewer, read_text(BOARD, said_on="2026-10-08"), address="https://www.regionnorrholm.example/l")
    monkeypatch.setattr(surroundings, "_ROLE_FACTS", 1)
    path = f"/briefs/{named('Region Norrholm').uid}"
    told = told_everywhere(client, path)
    say(told, "minst 1", "at least 1")
    say(told, "2 äldre uppgifter om roller har inte gåtts igenom.", "2 older statements of roles were not looked through.")  # fmt: skip
    monkeypatch.setattr(surroundings, "_ROLE_FACTS", 3)
    monkeypatch.setattr(promises, "_ROLES", 2)
    told = told_everywhere(client, path)
    say(told, "1 äldre uppgift om dess personer har inte gåtts igenom.", "1 older statement of its people was not looked through.")  # fmt: skip
    assert not any("om roller har inte" in text for text in told["sv"])


def test_signals_of_others_beyond_those_looked_through_for_the_theme(
    reviewer, read_text, agreement, client, monkeypatch
):
    for name in ("Bolag Ett", "Bolag Två", "Bolag Tre"):
        keep_reading(reviewer, read_text(f"{name} AB lanserar en plattform för hälsodata\n\n{name} AB lanserade i dag en plattform för hälsodata.\n", said_on="2026-10-08"))  # fmt: skip
    monkeypatch.setattr(surroundings, "_NEWEST", 1)
    told = told_everywhere(client, f"/briefs/{agreement.uid}")
    say(told, "2 äldre signaler har inte gåtts igenom efter temat.", "2 older signals were not looked through for the theme.")  # fmt: skip
    # A party's brief tells no signals of others: none were left out.
    party = told_everywhere(client, f"/briefs/{named('Solvik AB').uid}")
    assert not any("efter temat" in text for text in party["sv"])


def test_the_page_of_an_agreement_says_who_and_what_is_not_listed(pages, client, monkeypatch):
    uid = Entity.objects.get(kind="agreement").uid
    monkeypatch.setattr(agreement_page, "_MOST_NAMED", 1)
    page = client.get(f"/agreements/{uid}").text
    there = page[page.index("not said to have signed") :][:600]
    assert "Anna Ekdal" in there
    assert "Bo Lind" not in there
    assert "and 1 more" in there


def test_all_lines_left_out_are_not_said_to_be_so_for_one_page(promise, client, monkeypatch):
    monkeypatch.setattr(composing, "ALL", 2)
    for number in range(5):
        promise(f"bygga hus {number}")
    page = client.get(f"/briefs/{named('Solvik AB').uid}?all=1&language=sv").text
    assert "3 rader är utelämnade." in page
    assert "för att få plats" not in page
