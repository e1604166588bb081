"""Briefs: what they hold, in which order, what fits a page, and who sees what of it."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
from briefs_read import REGION, named, words_of
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from markdown_it import MarkdownIt

from handslag_hub.accounts.actors import Actor
from handslag_hub.briefs.brief import Brief, Post, Promise, Section, in_order
from handslag_hub.briefs.queries.composing import Asked, compose
from handslag_hub.briefs.rendering.markdown import markdown_of
from handslag_hub.briefs.rendering.pdf import fitting, pages_of, pdf_of
from handslag_hub.briefs.telling import tell
from handslag_hub.following.services import tell as tell_directly
from handslag_hub.store.as_known import AsKnown
from handslag_hub.store.models import Document, Entity, Fact
from handslag_hub.store.services import judge_sameness, keep_reading

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def brief_of(actor: Actor, *names: str, known: AsKnown = AsKnown(), everything: bool = False) -> Brief:  # noqa: B008  never changed
    return compose(actor, known, Asked(tuple(named(name) for name in names)), TODAY, everything=everything)


def section(brief: Brief, key: str) -> tuple:
    return next(section.lines for section in brief.sections if section.key == key)


# --- what it holds ---------------------------------------------------------------------------------------------------


def test_every_line_has_its_source_with_document_day_and_exact_words(pages, reader):
    brief = brief_of(reader, "Region Norrholm")
    lines = [line for part in brief.sections for line in part.lines]
    assert {type(line) for line in lines} >= {Promise, Post}
    texts = list(Document.objects.values_list("text", flat=True))
    for line in lines:
        assert line.sources
        for source in line.sources:
            assert source.said_on == date(2026, 10, 8)
            assert source.href.startswith("/documents/")
            assert any(source.quote in text for text in texts)


def test_open_commitments_come_due_first_then_firm_before_loose_then_newest(promise, reader):
    for what, firmness, when in [("d", "possible", ""), ("c", "agreed", ""), ("b", "promised", "2028"), ("a", "possible", "2027-01-02"), ("e", "promised", "2028")]:  # fmt: skip
        promise(what, firmness=firmness, when=when)
    assert [line.what for line in section(brief_of(reader, "Solvik AB"), "open")] == ["a", "b", "e", "c", "d"]


AGREED = """Nytt avtal

Region Norrholm och Solvik AB har i dag skrivit under ett avtal om en gemensam biobank.
"""


def test_the_agreements_of_a_party_and_of_two_who_will_meet_are_told_with_their_sources(reader, reviewer, read_text):
    document = keep_reading(reviewer, read_text(AGREED, said_on="2026-10-08"), address="https://example.org/avtal").document  # fmt: skip
    keep_reading(reviewer, read_text(AGREED.replace("Solvik AB", "Alvik AB"), said_on="2026-10-09"), address="https://example.org/annat")  # fmt: skip
    assert len(section(brief_of(reader, "Region Norrholm"), "agreements")) == 2
    both = brief_of(reader, "Region Norrholm", "Solvik AB")
    (one,) = section(both, "agreements")
    assert next(part.total for part in both.sections if part.key == "agreements") == 1
    assert one.title == "Avtal: Region Norrholm – Solvik AB"
    assert one.sources[0].href == f"/documents/{document.uid}"
    for language, title in (("sv", "Bådas avtal"), ("en", "Agreements of both")):
        sheet = tell(both, language)
        assert [part.items[0].words for part in sheet.parts if part.title == title] == [one.title]


def test_what_was_done_when_it_was_told_is_not_open(promise, reader, reviewer, read_text):
    promise("öppna en testbädd", firmness="done")
    keep_reading(reviewer, read_text("Stadsnytt\n\nDet regnar i Umeå.\n", said_on="2026-03-01"))
    brief = brief_of(reader, "Solvik AB")
    assert section(brief, "open") == ()
    assert [line.what for line in section(brief, "closed")] == ["öppna en testbädd"]


def test_what_a_page_dated_ahead_says_is_marked_and_gives_no_role_today(reader, reviewer, read_text):
    keep_reading(reviewer, read_text(REGION, said_on="2026-12-18"), address="https://www.regionnorrholm.example/plan")
    brief = brief_of(reader, "Region Norrholm")
    assert section(brief, "roles") == ()
    told = markdown_of(tell(brief, "en"))
    assert "dated ahead: 18 December 2026" in told
    assert "silent for" not in told


def test_what_was_heard_since_is_told_and_what_is_done_comes_last(promise, reader, reviewer):
    done, late = promise("bygga en fabrik", when="2026-03-01"), promise("anställa tio", when="2026-05-01")
    tell_directly(reviewer, done, says="done", by="owner", day="2026-10-01", words="Fabriken är invigd.")
    tell_directly(reviewer, late, says="delayed", by="other", day="2026-10-02", words="Det dröjer.")
    brief = brief_of(reader, "Solvik AB")
    (still_open,), (closed,) = section(brief, "open"), section(brief, "closed")
    assert (still_open.what, still_open.standing.state, still_open.standing.due_passed) == (
        "anställa tio",
        "delayed",
        True,
    )
    assert still_open.standing.silent_days == (timezone.localdate() - date(2026, 10, 2)).days
    assert [word.source.quote for word in still_open.standing.heard] == ["Det dröjer."]
    assert (closed.what, closed.standing.state) == ("bygga en fabrik", "reported done")
    english, swedish = (tell(brief, language) for language in ("en", "sv"))
    assert "State: delayed, said by another" in english.parts[0].items[0].notes[0].words
    assert "Läge: försenat, sägs av någon annan" in swedish.parts[0].items[0].notes[0].words


def test_one_commitment_said_twice_is_one_line_with_both_sources(promise, reader, reviewer):
    one, again = (
        promise("öppna en klinik", words="Vi öppnar."),
        promise("öppna en klinik i Umeå", words="Kliniken öppnar."),
    )
    judge_sameness(reviewer, one.about, again.about, "same")
    (line,) = section(brief_of(reader, "Solvik AB"), "open")
    assert (line.sightings, len(line.sources)) == (2, 2)


def test_of_two_who_will_meet_what_is_between_them_comes_first(promise, reader):
    promise("dela data", who="Solvik AB", to_whom="Ekdal AB", when="2028")
    promise("annat", who="Solvik AB", when="2027")
    promise("tredje", who="Ekdal AB", when="2026")
    brief = brief_of(reader, "Solvik AB", "Ekdal AB")
    assert [line.what for line in section(brief, "between")] == ["dela data"]
    assert [line.what for line in section(brief, "open")] == ["tredje", "annat"]
    assert tell(brief, "sv").title == "Underlag: Solvik AB – Ekdal AB"


def test_who_holds_which_role_is_told_as_of_the_day(pages, reader):
    (post,) = section(brief_of(reader, "Region Norrholm"), "roles")
    assert (post.person, post.role, post.organisation, post.state) == ("Karin Almgren", "regiondirektör", "Region Norrholm", "current")  # fmt: skip


# --- who sees what, as known when -----------------------------------------------------------------------------------


def test_a_brief_shows_only_what_its_reader_may_see_and_says_the_strictest_level(promise, reader, reviewer):
    promise("öppet löfte")
    promise("internt löfte", visibility=1)
    promise("hemligt löfte", visibility=2)
    few, all_of_it = brief_of(reader, "Solvik AB"), brief_of(reviewer, "Solvik AB")
    assert {line.what for line in section(few, "open")} == {"öppet löfte", "internt löfte"}
    assert (few.level, all_of_it.level) == (1, 2)
    assert "internt" in tell(few, "sv").level
    assert "restricted" in tell(all_of_it, "en").level


def test_what_was_told_in_confidence_makes_the_whole_brief_confidential(promise, reader, reviewer):
    fact = promise("öppet löfte")
    tell_directly(reviewer, fact, says="delayed", by="owner", day="2026-10-01", words="I förtroende.", visibility=2)
    assert brief_of(reviewer, "Solvik AB").level == 2
    assert (brief_of(reader, "Solvik AB").level, section(brief_of(reader, "Solvik AB"), "open")[0].standing.heard) == (
        0,
        (),
    )


def test_as_known_on_a_day_before_nothing_was_said(pages, reader):
    before = brief_of(reader, "Region Norrholm", known=AsKnown(date(2026, 10, 7)))
    assert [len(part.lines) for part in before.sections] == [0] * len(before.sections)
    assert tell(before, "en").known.replace("\u00a0", " ") == "As known on 7 October 2026"
    then = brief_of(reader, "Region Norrholm", known=AsKnown(date(2026, 10, 8)))
    assert len(section(then, "open")) == 3
    assert all("on=2026-10-08" in line.href for part in then.sections for line in part.lines)


def test_a_page_a_pdf_and_a_markdown_carry_the_day(pages, client):
    uid = named("Region Norrholm").uid
    page = client.get(f"/briefs/{uid}?on=2026-10-08").content.decode()
    assert "As known on 8 October 2026" in page.replace("\u00a0", " ")
    assert f'href="/briefs/{uid}?on=2026-10-08&amp;as=pdf"' in page
    count, words = words_of(client.get(f"/briefs/{uid}?on=2026-10-08&as=pdf").content)
    assert count == 1
    assert "As known on 8 October 2026" in words.replace("\u00a0", " ")


# --- fitting a page --------------------------------------------------------------------------------------------------


def many(promise, count: int) -> None:
    for number in range(count):
        promise(f"löfte nummer {number:03d} om att bygga ut forskningssamarbetet i regionen", when=f"{2027 + number // 12}-{number % 12 + 1:02d}-01")  # fmt: skip


def test_it_fits_one_page_and_says_what_it_left_out(promise, reader):
    many(promise, 60)
    brief = brief_of(reader, "Solvik AB")
    for language, more in (("sv", "utelämnade"), ("en", "left out")):
        sheet, pdf = fitting(brief, language)
        count, words = words_of(pdf)
        assert count == 1
        shown = [item.words for item in sheet.parts[0].items]
        assert 10 < len(shown) < 60
        # Due first, without a gap, and on the page itself.
        assert shown == [
            f"löfte nummer {number:03d} om att bygga ut forskningssamarbetet i regionen" for number in range(len(shown))
        ]
        assert all(f"nummer {number:03d}" in words for number in range(len(shown)))
        assert f"{60 - len(shown)} " in sheet.parts[0].left_out
        assert more in words


def test_one_more_line_would_not_fit(promise, reader):
    many(promise, 60)
    brief = brief_of(reader, "Solvik AB")
    sheet, _ = fitting(brief, "sv")
    shown = sum(len(part.items) for part in sheet.parts)
    one_more = [tell(brief, language, kept=in_order(brief)[: shown + 1]) for language in ("sv", "en")]
    assert max(pages_of(pdf_of(sheet, TODAY)) for sheet in one_more) == 2


def test_both_languages_hold_the_same_facts_and_the_same_is_made_again(promise, pages, reader):
    many(promise, 30)
    judge = brief_of(reader, "Solvik AB", "Region Norrholm")
    (swedish, pdf), (english, _) = fitting(judge, "sv"), fitting(judge, "en")
    facts = [[(item.lead, item.words, item.href, item.refs, item.quote) for part in sheet.parts for item in part.items] for sheet in (swedish, english)]  # fmt: skip
    assert facts[0] == facts[1]
    assert [ref.url for ref in swedish.refs] == [ref.url for ref in english.refs]
    assert [part.count for part in swedish.parts] == [part.count for part in english.parts]
    assert fitting(judge, "sv")[1] == pdf


def test_all_lines_are_there_when_asked_for(promise, client):
    many(promise, 90)
    uid = named("Solvik AB").uid
    count, words = words_of(client.get(f"/briefs/{uid}?all=1&as=pdf&language=sv").content)
    assert count > 1
    assert all(f"nummer {number:03d}" in words for number in range(90))
    assert "utelämnade" not in words
    told = client.get(f"/briefs/{uid}?all=1&as=md").content.decode()
    assert told.count("löfte nummer") == 90


def test_of_every_section_something_is_kept_before_much_of_one():
    lines = tuple(Post(str(number), 0, "", ()) for number in range(9))
    brief = Brief(None, TODAY, False, TODAY, tuple(Section(key, lines, len(lines)) for key in ("open", "signals")))
    assert in_order(brief)[:8] == [(0, 0), (0, 1), (0, 2), (0, 3), (1, 0), (1, 1), (0, 4), (0, 5)]


def test_a_pdf_has_its_title_language_and_words_to_be_selected(pages, client):
    content = client.get(f"/briefs/{named('Region Norrholm').uid}?as=pdf&language=sv").content
    assert b"/Lang(sv)" in content.replace(b" ", b"") or b"/Lang (sv" in content
    assert b"/StructTreeRoot" in content
    document = pypdfium2.PdfDocument(content)
    assert document.get_metadata_dict()["Title"] == "Underlag: Region Norrholm"
    document.close()
    _, words = words_of(content)
    assert "öppna ett testcenter för hälsodata i Umeå senast den 1 mars 2027" in words


# --- what others wrote is never read as anything but words ------------------------------------------------------------

HOSTILE = '#panic("x") $a^2$ \\ ] *b* _c_ `d` <script>alert(1)</script> <!-- [k](javascript:alert(1)) ![i](http://e.example/i.png) | x | = h // c @ref <l> http://auto.example'  # fmt: skip


def test_typst_sets_hostile_words_as_they_are(promise, reader):
    promise(HOSTILE, who='= Rubrik #import "@preview/x"')
    brief = brief_of(reader, '= Rubrik #import "@preview/x"', everything=True)
    _, words = words_of(pdf_of(tell(brief, "en"), TODAY))
    for piece in (
        '#panic("x") $a^2$',
        "*b* _c_ `d`",
        "<script>alert(1)</script>",
        '= Rubrik #import "@preview/x"',
        "| x |",
    ):
        assert piece in words


def test_markdown_makes_nothing_of_hostile_words(promise, reader):
    promise(HOSTILE, words="# inte en rubrik\n\n- ingen punkt", link="https://e.example/a)(b")
    promise("1. ett\n2. två")
    told = markdown_of(tell(brief_of(reader, "Solvik AB", everything=True), "en", base="https://hub.example"))
    html = MarkdownIt("commonmark").enable("table").render(told)
    assert "<script" not in html
    assert "<img" not in html
    assert "<table" not in html
    assert "javascript:" not in "".join(part.split('"')[0] for part in html.split('href="')[1:])
    assert html.count("<h1>") == 1
    assert html.count("<h2>") == 7
    assert "<em>" not in html
    assert "#panic(&quot;x&quot;) $a^2$ \\ ] *b* _c_ `d` &lt;script&gt;" in html
    assert "<ol>" not in html


# An emoji, Chinese, a sign of a font's own (as PDF files have for bullets), a letter with a mark that no font has.
UNUSUAL = {"rocket": "\U0001f680", "name": "漢字", "bullet": "\uf0b7", "mark": "a\u0d41"}


@pytest.mark.parametrize("sign", UNUSUAL.values(), ids=UNUSUAL)
def test_a_brief_is_there_whatever_signs_a_page_has(sign, promise, reader):
    promise(f"bygga ett hus {sign} i Umeå", who=f"Solvik {sign} AB", words=f"Vi lovar {sign}")
    brief = brief_of(reader, f"Solvik {sign} AB")
    for language in ("sv", "en"):
        sheet, pdf = fitting(brief, language)
        written = "".join(f"⟨U+{ord(letter):04X}⟩" if letter != "a" else letter for letter in sign)
        assert f"hus {written} i Umeå" in words_of(pdf)[1]
        assert sign in sheet.title


def test_turns_of_direction_are_written_out_in_a_brief(promise, reader, client):
    promise("sluta \u202eetni\u202c bygga", words="Vi \u2066lovar\u2069 det")
    brief = brief_of(reader, "Solvik AB")
    sheet, pdf = fitting(brief, "sv")
    for text in (
        repr(sheet),
        markdown_of(sheet),
        words_of(pdf)[1],
        client.get(f"/briefs/{named('Solvik AB').uid}").text,
    ):
        assert "sluta ⟨U+202E⟩etni⟨U+202C⟩ bygga" in text.replace("\\", "")
        assert "\u202e" not in text


def test_quotations_begin_as_they_do_in_the_language(promise, reader):
    promise("bygga ett hus", words="Vi ska bygga ett hus")
    brief = brief_of(reader, "Solvik AB")
    opening = {language: markdown_of(tell(brief, language)) for language in ("sv", "en")}
    assert "“" not in opening["sv"]
    assert opening["sv"].count("”") == 2 * opening["en"].count("”") > 0
    printed = {language: words_of(pdf_of(tell(brief, language), TODAY))[1] for language in ("sv", "en")}
    assert "“" not in printed["sv"]
    assert printed["sv"].count("”") == 2 * printed["en"].count("“") > 0


def test_a_page_escapes_hostile_words(promise, client):
    promise(HOSTILE)
    page = client.get(f"/briefs/{named('Solvik AB').uid}").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_address_that_is_none_of_the_web_is_no_link(reader, reviewer, read_text):
    keep_reading(reviewer, read_text(REGION), address="javascript:alert(1)")
    sheet = tell(brief_of(reader, "Region Norrholm"), "en", base="https://hub.example")
    assert sheet.refs
    assert all(ref.url.startswith("https://hub.example/documents/") for ref in sheet.refs)


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/briefs/themes/health_data", "/briefs/themes/biobanks"])
def test_a_theme_has_its_brief(pages, client, path):
    assert client.get(path).status_code == 200
    assert words_of(client.get(f"{path}?as=pdf").content)[0] == 1


def test_an_agreement_has_its_brief(pages, client):
    agreement = Entity.objects.get(kind="agreement")
    assert client.get(f"/briefs/{agreement.uid}").status_code == 200


def test_names_lead_to_the_brief_of_one_or_of_two(pages, client):
    answer = client.get("/briefs/", {"name": "Region Norrholm", "other": "Ministry of Health", "on": "2026-10-08"})
    assert (
        answer["Location"]
        == f"/briefs/{named('Region Norrholm').uid}/with/{named('Ministry of Health').uid}?on=2026-10-08"
    )
    assert client.get(answer["Location"]).status_code == 200
    wrong = client.get("/briefs/", {"name": "Nobody Known"})
    assert wrong.status_code == 422
    assert "Nobody in the register is called “Nobody Known”." in wrong.content.decode()


def test_two_that_are_one_have_one_brief(pages, client, reviewer):
    one, other = named("Region Norrholm"), named("Ministry of Health")
    judge_sameness(reviewer, one, other, "same")
    uid = Entity.objects.get(pk=one.pk).canonical.uid
    assert client.get(f"/briefs/{one.uid}/with/{other.uid}")["Location"] == f"/briefs/{uid}"


def test_queries_do_not_grow_with_what_there_is(promise, reader, reviewer):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            brief_of(reader, "Solvik AB")
        return len(asked)

    def more(count: int) -> None:
        for number in range(count):
            fact = promise(f"löfte {number}", to_whom=f"Bolag {Fact.objects.count()}")
            tell_directly(reviewer, fact, says="underway", by="owner", day="2026-10-01", words="Det pågår.")

    more(1)
    at_one = queries()
    more(4)
    assert queries() == at_one
    assert at_one < 45
