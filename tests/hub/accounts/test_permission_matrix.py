"""Who may go where: every address of the site for nobody, a reader, a reviewer and an administrator."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from canaries import CANARY, keep_both
from django.db import transaction
from django.http import HttpResponse
from site_addresses import Address, known_keys, paths_of, site_addresses

from handslag_hub.asking.models import Letter, NextDate
from handslag_hub.exchange.api import addresses as operation_addresses
from handslag_hub.exchange.api import api, operations
from handslag_hub.exchange.models import ListImport
from handslag_hub.reading.models import Batch
from handslag_hub.store.models import Document, Entity, Fact

pytestmark = pytest.mark.django_db

# The least role of every address; "" for everybody. What is not listed here fails: say who may, then add it.
LEAST = {
    "health-live": "",
    "health-ready": "",
    "set_language": "",
    # store
    "trail": "reviewer",
    "trail-undo": "reviewer",
    "person-data": "administrator",
    "person-data-json": "administrator",
    "person-data-html": "administrator",
    "person-data-erase": "administrator",
    # accounts
    "people": "administrator",
    "invite": "administrator",
    "person-link": "administrator",
    "person-role": "administrator",
    "person-deactivate": "administrator",
    "person-reactivate": "administrator",
    "person-end-sessions": "administrator",
    # reading
    "documents": "reader",
    "add": "reviewer",
    "batch": "reviewer",
    "near-copy": "reviewer",
    "original": "reader",
    "read-again": "reviewer",
    "document": "reader",
    "document-accept-certain": "reviewer",
    "document-remove": "reviewer",
    "document-add-again": "reviewer",
    "document-visibility": "reviewer",
    "review": "reviewer",
    "review-undo": "reviewer",
    "review-accept-certain": "reviewer",
    "fact": "reader",
    "fact-review": "reviewer",
    "fact-correct": "reviewer",
    "fact-card": "reviewer",
    "fact-take-over": "reviewer",
    # register
    "register": "reader",
    "same": "reviewer",
    "judge-sameness": "reviewer",
    "compare": "reviewer",
    "decision-take-back": "reviewer",
    "new-entry": "reviewer",
    "entity": "reader",
    "entity-sheet": "reader",
    "entity-section": "reader",
    "entity-neighbourhood": "reader",
    "same-as": "reviewer",
    "split-entity": "reviewer",
    "add-to-entry": "reviewer",
    # commitments
    "commitments": "reader",
    "commitment-add": "reviewer",
    "commitment": "reader",
    "evidence-add": "reviewer",
    "heard": "reviewer",
    "heard-against": "reader",
    "contradiction-decide": "reviewer",
    "heard-same": "reviewer",
    "repetition-judge": "reviewer",
    "repetition-part": "reviewer",
    "heard-decide": "reviewer",
    "heard-take-back": "reviewer",
    "typed-take-back": "reviewer",
    "agreements": "reader",
    "agreement-add": "reviewer",
    "agreement": "reader",
    "agreement-sheet": "reader",
    "signals": "reader",
    "conflicts": "reader",
    "conflict": "reader",
    "conflict-settle": "reviewer",
    "conflict-take-back": "reviewer",
    # asking. Whoever has the secret in these addresses gets in, nobody else: tests/hub/asking
    "answer": "",
    "calendar-feed": "",
    "news-feed": "",
    "letters": "reviewer",
    "ask": "reviewer",
    "letter": "reviewer",
    "letter-language": "reviewer",
    "letter-finish": "reviewer",
    "letter-sent": "reviewer",
    "letter-mail": "reviewer",
    "letter-withdraw": "reviewer",
    "letter-remind": "reviewer",
    "letter-enter": "reviewer",
    "answers": "reviewer",
    "answer-review": "reviewer",
    "answer-take-back": "reviewer",
    "watching": "reader",
    "next-date": "reader",
    "note-delete": "reader",
    "watch": "reader",
    "watch-set": "reader",
    "note-add": "reader",
    "next-date-add": "reader",
    "subscribe": "reader",
    "news": "reader",
    "news-read": "reader",
    "news-settings": "reader",
    "feed-address": "reader",
    # briefs
    "briefs": "reader",
    "brief": "reader",
    "brief-pair": "reader",
    "brief-theme": "reader",
    "milestone": "reader",
    "milestone-add": "reviewer",
    "assessment-add": "reviewer",
    "milestone-take-back": "reviewer",
    "coherence": "reader",
    "coherence-cell": "reader",
    "coherence-pair": "reviewer",
    "theme-heard": "reader",
    "place": "reviewer",
    # exchange
    "exports": "reader",
    "export-context": "reader",
    "export": "reader",
    "lists": "reviewer",
    "list": "reviewer",
    "list-import": "reviewer",
    "list-undo": "reviewer",
    "list-faults": "reviewer",
    "api-tokens": "reader",
    "api-token-take-back": "reader",
    "id": "reader",
    "id-data": "reader",
    "passage": "reader",
    # exchange: the API. A row is an operation; where two share an address, its page has the least of both.
    "api:openapi-json": "reader",
    "api:openapi-view": "reader",
    "api:api-root": "reader",
    "api:list_documents": "reader",
    "api:add_files": "reviewer",
    "api:give_document": "reader",
    "api:give_text": "reader",
    "api:list_passages": "reader",
    "api:add_text": "reviewer",
    "api:give_batch": "reviewer",
    "api:list_facts": "reader",
    "api:give_fact": "reader",
    "api:list_commitments": "reader",
    "api:list_agreements": "reader",
    "api:list_signals": "reader",
    "api:list_entities": "reader",
    "api:give_entity": "reader",
    "api:list_conflicts": "reader",
    "api:list_contradictions": "reader",
    "api:search": "reader",
    "api:list_trail": "reviewer",
    # home
    "today": "reader",
    "search": "reader",
}
# Of allauth: what somebody without an account needs to get in or out; all else asks to log in by itself.
ALLAUTH_OPEN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
    "socialaccount_signup",
    "openid_connect_login",
    "openid_connect_callback",
    "account/social/login/cancelled/",
    "account/social/login/error/",
    "account/social/signup/",
    "account/social/connections/",
}
ALLAUTH_PERSONAL = {
    "account_email",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
    "socialaccount_connections",
}
RANK = {"": 0, "reader": 1, "reviewer": 2, "administrator": 3}
ADDRESSES = site_addresses()
OURS = [address for address in ADDRESSES if address.is_ours]


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """A refusal is no news here."""
    logging.disable(logging.ERROR)
    yield
    logging.disable(logging.NOTSET)


def test_every_address_is_listed_and_nothing_else():
    listed = LEAST.keys() | ALLAUTH_OPEN | ALLAUTH_PERSONAL
    assert sorted({address.label for address in ADDRESSES} - listed) == []
    assert sorted(LEAST.keys() - {address.label for address in ADDRESSES}) == []


def test_no_two_addresses_have_one_name():
    """`reverse` takes whichever fits first: a link would lead to another page than was meant."""
    routes: dict[str, set[str]] = {}
    for address in OURS:
        routes.setdefault(address.label, set()).add(address.route)
    assert {label: found for label, found in routes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("address", [address for address in OURS if hasattr(address.page, "needs")], ids=lambda a: a.label)  # fmt: skip
def test_the_door_is_the_one_that_is_listed(address: Address):
    sharing = [LEAST.get(other.label, "administrator") for other in OURS if other.route == address.route]
    assert address.page.needs == min(sharing, key=RANK.get)


def test_every_operation_of_the_api_needs_what_is_listed():
    patterns, _, _ = operation_addresses()
    names = {name for name in LEAST if name.startswith("api:")}
    found = {f"api:{operation.view_func.__name__}": operation.auth_callbacks[0].role for _, router in api._routers for view in router.path_operations.values() for operation in view.operations}  # fmt: skip
    assert len(patterns) == len(names)
    assert found == {name: LEAST[name] for name in names - {"api:openapi-json", "api:openapi-view", "api:api-root"}}


def test_no_page_of_ours_is_without_a_door():
    open_to_all = [address.label for address in OURS if not hasattr(address.page, "needs")]
    assert sorted(open_to_all) == [
        "answer",
        "calendar-feed",
        "health-live",
        "health-ready",
        "news-feed",
        "set_language",
    ]


def refused(response: HttpResponse) -> bool:
    """True for "log in first" and "not you"."""
    to_log_in = response.status_code == 302 and "/account/login/" in response["Location"]
    return to_log_in or response.status_code in {401, 403}


def least_of(address: Address, method: str) -> str:
    """The role that is listed for the address; of the API's, for the operation that the method is."""
    if not address.route.startswith("api/"):
        return LEAST.get(address.label, "administrator")
    roles = {asked: role for asked, path, role in operations() if path.replace("{", "<").replace("}", ">") == f"/{address.route}"}  # fmt: skip
    return roles.get(method.upper(), LEAST.get(address.label, "administrator"))


# Of what those below a role may, it is asked one in so many by `make test`, all by `make sweep`.
ONE_IN = 6


@pytest.mark.parametrize(("role", "one_in"), [("", 1), ("reader", 1), ("reviewer", ONE_IN), ("administrator", ONE_IN), *(pytest.param(role, 1, marks=pytest.mark.long) for role in ("reviewer", "administrator"))])  # fmt: skip
def test_every_role_gets_where_it_may_and_nowhere_else(
    role: str, one_in: int, logged_in, reviewer, read_text, settings
):
    """GET and POST, on things that exist and would leak: restricted ones, with a canary in every field."""
    settings.LIMITS_PER_MINUTE = {}
    document = keep_both(reviewer, read_text)
    things = hidden_things(document)
    client = logged_in(role)
    wrong, asked = [], 0
    theirs = [
        address for address in OURS if RANK[""] < RANK[role] - 1 >= RANK[LEAST.get(address.label, "administrator")]
    ]
    walked = [address for address in OURS if address not in theirs or theirs.index(address) % one_in == 0]
    assert one_in == 1 or len(theirs) > 10 * one_in
    for address in walked:
        for path in some_paths(address, things, every=RANK[role] == RANK["reader"]):
            for method in ("get", "post"):
                with transaction.atomic():
                    response = getattr(client, method)(path)
                    content = b"".join(response.streaming_content) if response.streaming else response.content
                    transaction.set_rollback(True)
                asked += 1
                allowed = RANK[role] >= RANK[least_of(address, method)]
                # A page that takes the other method only says so to everybody.
                if response.status_code != 405 and refused(response) == allowed:
                    wrong.append((method, path, response.status_code))
                if RANK[role] < RANK["reviewer"] and CANARY.search(content):
                    wrong.append((method, path, "tells"))
    assert asked >= 2 * len(walked)
    assert wrong == []


def hidden_things(document: Document) -> dict[str, list[str]]:
    """First part of an address → what it may be asked for that only restricted documents give."""
    facts = [document.facts.filter(kind=kind).first().uid for kind in ("commitment", "agreement", "role")]
    entities = dict(Entity.objects.filter(level=2).values_list("kind", "uid"))
    assert {"organisation", "person", "event", "agreement", "commitment"} <= entities.keys()
    assert document.visibility == 2
    batches, lists = Batch.objects.filter(visibility=2), ListImport.objects.filter(visibility=2)
    return {
        "documents": [document.uid, *batches.values_list("uid", flat=True)],
        "review": [document.uid],
        "facts": facts,
        "typed": [Fact.objects.filter(document=None).first().uid],
        "register": [entities["organisation"], entities["person"]],
        "people-data": [entities["person"]],
        "commitments": [entities["commitment"], facts[0]],
        "agreements": [entities["agreement"], facts[1]],
        "letters": [*Letter.objects.values_list("uid", flat=True), entities["organisation"]],
        "watching": [entities["commitment"], entities["organisation"], *NextDate.objects.values_list("uid", flat=True)],
        "briefs": [entities["organisation"], entities["agreement"]],
        "milestones": [
            entities["milestone"],
            *Fact.objects.filter(kind="milestone", level=2).values_list("uid", flat=True),
        ],
        "lists": list(lists.values_list("uid", flat=True)),
        "passages": [document.uid],
        "id": [document.uid, facts[0], entities["organisation"]],
        "api": [document.uid, facts[0], entities["organisation"], *batches.values_list("uid", flat=True)],
    }


def some_paths(address: Address, things: dict[str, list[str]], *, every: bool) -> list[str]:
    """Paths of an address to what is hidden; only the first, unless every one is wanted."""
    uids = things.get(address.route.partition("/")[0], []) or ["x"]
    keys = sorted(known_keys())[-2:]
    return paths_of(address, uids, keys, most=4) if every else paths_of(address, uids, keys[:1], most=1)


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address.label in ALLAUTH_PERSONAL], ids=lambda a: a.label)  # fmt: skip
def test_pages_of_an_account_ask_to_log_in(address: Address, logged_in):
    client = logged_in("")
    for path in paths_of(address, ["x"], [1]):
        for method in (client.get, client.post):
            response = method(path)
            assert refused(response) or response.status_code in {404, 405}, path


def test_the_second_factor_of_another_cannot_be_changed(logged_in, account):
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - a model, after Django is set up

    other = account("reader", "other")
    key = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}})  # fmt: skip
    client = logged_in("administrator")
    for what in ("remove", "edit"):
        assert client.post(f"/account/2fa/webauthn/keys/{key.pk}/{what}/").status_code in {302, 404}
    assert Authenticator.objects.filter(pk=key.pk).exists()
