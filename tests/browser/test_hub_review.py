"""The review desk in a real browser: a page of twenty facts by keyboard alone, counted."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, Route, expect

from handslag.reading.loading import load
from handslag.reading.reader import read_loaded
from handslag_hub.accounts.actors import Actor
from handslag_hub.accounts.models import Role, User
from handslag_hub.store.models import Document, Fact, Status
from handslag_hub.store.services import keep_reading, review_fact

pytestmark = pytest.mark.django_db(transaction=True)

FACTS = 20
SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "ministry-mou.html"
# The desk says when it takes keys.
READY = "#desk[data-ready]"
REVIEWER = Actor(None, "Rut Granskare", "reviewer")


@pytest.fixture
def document() -> Document:
    """A page with twenty facts that wait."""
    document = keep_reading(REVIEWER, read_loaded(load(SAMPLE)), address="https://example.org/mou").document
    surplus = Fact.objects.filter(document=document).order_by("position", "pk")[FACTS:]
    for fact in surplus:
        review_fact(REVIEWER, fact, "unsure")
    assert Fact.objects.filter(document=document, status=Status.UNREVIEWED).count() == FACTS
    return document


@pytest.fixture
def logged_in(chromium_page: Page, live_server, settings) -> Page:
    """The browser of a reviewer who has logged in."""
    settings.TEAM = True
    client = Client()
    user = User.objects.create_user("rut", role=Role.REVIEWER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    chromium_page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    chromium_page.set_viewport_size({"width": 1280, "height": 800})
    return chromium_page


@pytest.fixture
def desk(logged_in: Page, live_server, document: Document) -> Iterator[Page]:
    """The review page, opened."""
    logged_in.goto(f"{live_server.url}/review/?document={document.uid}")
    expect(logged_in.locator(f"{READY} [data-focus]")).to_be_focused()
    yield logged_in
    # What is on its way must not reach the database after it is emptied.
    logged_in.wait_for_load_state("networkidle")


def press(page: Page, key: str, *, goes_on: bool = True) -> None:
    """One key on a desk that takes it; where it brings the next fact, until that takes keys."""
    before = page.locator(READY).get_attribute("data-fact")
    page.keyboard.press(key)
    if goes_on:
        expect(page.locator(f"{READY}:not([data-fact='{before}'])")).to_be_attached()


def test_a_page_of_twenty_facts_is_reviewed_by_keyboard_alone(desk: Page, document: Document, capsys) -> None:
    verdicts = {"a": 0, "r": 0, "u": 0, "c": 0}
    keys = 0
    began = time.perf_counter()
    for number in range(FACTS):
        kind = Fact.objects.get(uid=desk.locator("#desk").get_attribute("data-fact")).kind
        if number > 5 and kind == "organisation" and not verdicts["c"]:
            # One is wrong in its name: what is typed is no choosing of what to do.
            press(desk, "c", goes_on=False)
            name = desk.locator("[data-correct] input:not([type=hidden]), [data-correct] textarea").first
            expect(name).to_be_focused()
            desk.keyboard.type("Ny ")
            press(desk, "Control+Enter")
            verdicts["c"] += 1
            keys += 2
            continue
        key = "r" if number == 3 else "u" if number == 11 else "a"
        press(desk, key)
        verdicts[key] += 1
        keys += 1
    seconds = time.perf_counter() - began
    expect(desk.locator("#desk .empty")).to_be_visible()
    told = Fact.objects.filter(document=document).values_list("status", flat=True)
    assert sorted(told).count("rejected") == verdicts["r"] == 1
    assert sorted(told).count("corrected") == verdicts["c"] == 1
    assert sorted(told).count("accepted") == verdicts["a"] == 17
    with capsys.disabled():
        sys.stdout.write(
            f"\nreview desk: {FACTS} facts, {keys} keystrokes ({keys / FACTS:.2f} a fact), {seconds:.1f} s\n"
        )
    assert keys <= 2 * FACTS
    assert seconds < 120


def test_a_key_pressed_while_the_answer_is_on_its_way_decides_nothing(desk: Page) -> None:
    first = desk.locator("#desk").get_attribute("data-fact")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/review?*", hold)
    with desk.expect_request("**/review?*"):
        desk.keyboard.press("a")
    expect(desk.locator("#desk:not([data-ready])")).to_be_attached()
    desk.keyboard.press("a")
    desk.keyboard.press("r")
    desk.keyboard.press("ArrowRight")
    assert len(held) == 1
    held[0].continue_()
    expect(desk.locator(f"{READY}:not([data-fact='{first}'])")).to_be_attached()
    assert Fact.objects.get(uid=first).status == Status.ACCEPTED
    assert Fact.objects.filter(status__in=[Status.ACCEPTED, Status.REJECTED]).count() == 1
    assert len(held) == 1


def test_a_key_pressed_as_soon_as_the_next_fact_is_there_does_not_load_the_page_anew(desk: Page) -> None:
    desk.evaluate("""() => {
        window.pressed = 0;
        const press = () => {
            window.pressed += 1;
            window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
        };
        new MutationObserver(() => window.pressed < 5 && setTimeout(press)).observe(document.getElementById("content"), { childList: true });
        press();
    }""")
    desk.wait_for_function("() => window.pressed === 5")
    expect(desk.locator(READY)).to_be_attached()
    assert Fact.objects.filter(status=Status.ACCEPTED).count() == 5


def test_undo_redo_arrows_and_help_by_keyboard(desk: Page) -> None:
    first = desk.locator("#desk").get_attribute("data-fact")
    press(desk, "ArrowRight")
    second = desk.locator("#desk").get_attribute("data-fact")
    press(desk, "ArrowLeft")
    assert desk.locator("#desk").get_attribute("data-fact") == first
    press(desk, "r")
    assert desk.locator("#desk").get_attribute("data-fact") == second
    assert Fact.objects.get(uid=first).status == Status.REJECTED
    press(desk, "z")
    assert desk.locator("#desk").get_attribute("data-fact") == first
    assert Fact.objects.get(uid=first).status == Status.UNREVIEWED
    desk.keyboard.press("Shift+Z")
    expect(desk.locator("#desk-said")).to_contain_text("Done again")
    assert Fact.objects.get(uid=first).status == Status.REJECTED
    desk.keyboard.press("?")
    expect(desk.locator("#review-keys")).to_be_visible()
    desk.keyboard.press("a")  # While help is open no key decides.
    desk.keyboard.press("Escape")
    expect(desk.locator("#review-keys")).to_be_hidden()
    assert not Fact.objects.filter(status=Status.ACCEPTED).exists()


def test_all_that_is_certain_by_one_key_and_back_by_another(desk: Page, document: Document) -> None:
    certain = Fact.objects.filter(document=document, certainty="certain", status=Status.UNREVIEWED).count()
    assert certain
    desk.keyboard.press("Shift+A")
    expect(desk.locator("#desk-said")).to_contain_text(str(certain))
    assert Fact.objects.filter(status=Status.ACCEPTED).count() == certain
    desk.keyboard.press("z")
    expect(desk.locator("#desk-said")).to_contain_text("Undone")
    assert not Fact.objects.filter(status=Status.ACCEPTED).exists()


def test_a_letter_typed_in_a_field_decides_nothing_and_a_note_goes_with_the_verdict(desk: Page) -> None:
    first = desk.locator("#desk").get_attribute("data-fact")
    desk.keyboard.press("n")
    expect(desk.locator("#desk-note")).to_be_focused()
    desk.keyboard.type("arcu")
    assert not Fact.objects.exclude(status__in=[Status.UNREVIEWED, Status.UNSURE]).exists()
    desk.keyboard.press("Enter")
    press(desk, "r")
    assert Fact.objects.get(uid=first).reviews.last().note == "arcu"


def test_what_somebody_else_decided_first_is_shown_and_stays(desk: Page) -> None:
    first = desk.locator("#desk").get_attribute("data-fact")
    review_fact(REVIEWER, Fact.objects.get(uid=first), "reject", note="står inte i texten")
    desk.keyboard.press("a")
    expect(desk.locator(".desk__said [role=alert]")).to_contain_text("står inte i texten")
    assert Fact.objects.get(uid=first).status == Status.REJECTED


def test_a_wrong_date_is_said_beside_its_field_and_what_was_typed_stays(
    desk: Page, live_server, document: Document
) -> None:
    desk.goto(f"{live_server.url}/review/?document={document.uid}&kind=commitment")
    desk.keyboard.press("c")
    desk.get_by_label("What", exact=True).fill("öppna två kontor")
    desk.get_by_label("When", exact=True).fill("2028/2027")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#correct-when_error")).to_contain_text("ends before it begins")
    expect(desk.get_by_label("When", exact=True)).to_be_focused()
    expect(desk.get_by_label("What", exact=True)).to_have_value("öppna två kontor")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("button", name="Accept", exact=False).first).to_be_visible()


def test_on_the_documents_page_a_card_is_decided_in_place(logged_in: Page, live_server, document: Document) -> None:
    logged_in.goto(f"{live_server.url}/documents/{document.uid}")
    card = logged_in.locator("article.fact").first
    uid = card.get_attribute("id").removeprefix("f-")
    card.hover()
    expect(logged_in.locator("mark.is-lit").first).to_be_visible()
    card.get_by_role("button", name="Accept").click()
    expect(logged_in.locator(f"#f-{uid} .badge--accepted")).to_be_visible()
    logged_in.locator(f"#f-{uid}").get_by_role("button", name="Undo").click()
    expect(logged_in.locator(f"#f-{uid} .badge--unreviewed")).to_be_visible()
    logged_in.locator(f"#f-{uid}").get_by_role("link", name="Correct").click()
    # A form that is ready has the focus.
    expect(logged_in.locator(f"#f-{uid} [data-correct] :focus")).to_be_visible()
    logged_in.keyboard.press("Escape")
    expect(logged_in.locator(f"#f-{uid} .badge--unreviewed")).to_be_visible()
    logged_in.wait_for_load_state("networkidle")
