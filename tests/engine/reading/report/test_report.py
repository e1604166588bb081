"""The report as one page: what stands in it, that nothing gets out of its place, and that it stays quick."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser
from tests.made_readings import Page, example, hostile

from handslag.kernel.errors import UnreadableFile
from handslag.reading.report import html_report
from handslag.reading.results import OrganisationFact, Reading

POISONS = [
    "<script>window.pwned = 1</script>",
    '"><img src=x onerror="window.pwned = 1">',
    "' onfocus='window.pwned = 1' autofocus='",
    "</script></style></title><svg onload=alert(1)>",
    "<!-- --> ]]> &lt;b&gt; &amp; %s {0} {name}",
    "javascript:window.pwned=1",
    "a\x00b\x1b[31m\x07\u202egnp.exe",
    "\ud800 lone",
]


def page_of(
    *readings: Reading, language: str = "sv", unreadable: tuple[UnreadableFile, ...] = ()
) -> parser.HtmlElement:
    return parser.document_fromstring(html_report(readings, unreadable, language))


def words(element: parser.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def fact(page: parser.HtmlElement, key: str) -> parser.HtmlElement:
    return page.get_element_by_id(f"d1-{key}")


LISTS = ("organisations", "people", "events", "agreements", "figures", "quotes", "signals")


def with_facts(reading: Reading, **lists: Any) -> Reading:
    return replace(reading, facts=replace(reading.facts, **lists))


# --- what stands in it -------------------------------------------------------------------------------------------------


def test_commitments_stand_first_from_the_firmest_words_to_the_loosest() -> None:
    page = page_of(example())
    sections = [section.get("class").split()[1] for section in page.cssselect("#d1 .summary > section")]
    assert sections == [
        "k-commitments",
        "k-agreements",
        "k-people",
        "k-organisations",
        "k-events",
        "k-figures",
        "k-quotes",
        "k-signals",
    ]
    degrees = [words(heading) for heading in page.cssselect("#d1 .k-commitments .degree")]
    assert degrees == ["Avtalat", "Utlovat", "Planerat", "Mål", "Möjligt"]


def test_a_commitment_says_who_what_when_and_the_deciding_words() -> None:
    first = fact(page_of(example()), "c1")
    assert words(first.cssselect(".who")[0]) == "Stiftelsen Dalhamn · Region Österdalen"
    assert words(first.cssselect(".when")[0]) == "2027"
    assert [words(cue) for cue in first.cssselect(".cue")] == ["ska"]
    assert words(first.cssselect(".foot")[0]) == "rad 5 · säker · enligt avtal om testbädd · tema: finansiering"


def test_what_is_inferred_or_conditional_or_nobodys_is_said_so() -> None:
    page = page_of(example())
    assert words(fact(page, "c2").cssselect(".who")[0]) == "Stiftelsen Dalhamn härlett"
    planned = fact(page, "c6")
    assert words(planned.cssselect(".who")[0]) == "Ingen utpekad"
    assert words(planned.cssselect(".when")[0]) == "2027 (härlett)"
    assert "villkor: om ingen säger nej" in words(planned)


def test_what_one_agreement_lays_on_its_parties_stands_under_one_heading() -> None:
    page = page_of(example())
    group = fact(page, "c3").getparent().getparent()
    assert "together" in group.get("class")
    assert [item.get("id") for item in group.cssselect(".fact")] == ["d1-c3", "d1-c4"]
    assert words(group).count("Region Österdalen") == 1
    assert words(group).count("Samarbetet kan omfatta:") == 1


def test_several_things_that_one_passage_says_stand_under_its_words() -> None:
    reading = example()
    first = replace(reading.commitments[1], what="svar", cue="lovar")
    both = (first, replace(first, id="c9", what="inom tio dagar", cue="inom", certainty="weak"))
    group = fact(page_of(with_facts(reading, commitments=both)), "c2").getparent().getparent()
    assert [words(passage) for passage in group.cssselect(".words")] == [
        "– Vi lovar svar inom tio dagar, säger Karin Söderfalk, vd för Stiftelsen Dalhamn."
    ]
    assert [words(cue) for cue in group.cssselect(".cue")] == ["lovar", "inom"]
    assert [words(what) for what in group.cssselect(".fact .what")] == ["svar", "inom tio dagar"]


def test_weak_facts_are_there_hidden_and_counted() -> None:
    page = page_of(example())
    assert {item.get("id") for item in page.cssselect(".fact.weak")} == {"d1-c5", "d1-p2"}
    assert "Visa även svagt belagda uppgifter (2)" in words(page.cssselect(".bar")[0])
    assert words(page.cssselect(".k-commitments .hidden-count")[0]) == "ett svagt belagt visas inte"
    assert words(page.cssselect(".k-commitments h3 .count")[0]) == "5"
    assert "weak" in page.cssselect(".f-aim")[0].get("class").split()


def test_a_document_says_its_title_day_language_and_warnings() -> None:
    reading = example()
    about = replace(reading.document, said_on="2026-11-11", said_basis="given", said_printed="den 12 november 2026")
    reading = replace(reading, document=about)
    head = page_of(reading).cssselect("#d1 > header")[0]
    assert words(head.cssselect("h2")[0]) == "Avtal om testbädd i Almvik"
    assert words(head.cssselect(".dateline")[0]) == (
        "11 november 2026, angiven av den som läste in sidan; på sidan står ”den 12 november 2026” · svenska"
    )
    assert [words(item) for item in head.cssselect(".warnings li")] == [
        "Obs Den angivna dagen är en annan än den som sidan själv trycker.",
        "Obs Something else",
    ]


def test_every_fact_links_to_its_deciding_passage() -> None:
    reading = example()
    page = page_of(reading)
    facts = [*reading.commitments, *reading.people, *reading.organisations, *reading.figures, *reading.quotes]
    for one in facts:
        (link,) = fact(page, one.id).cssselect(".foot a.at")
        mark = page.get_element_by_id(link.get("href")[1:])
        assert mark.tag == "mark"
        assert f"d1-{one.id}" in mark.get("data-f").split()
        marked = "".join(
            m.text_content() for m in page.cssselect("#d1 mark") if f"d1-{one.id}" in m.get("data-f").split()
        )
        assert one.evidence[0].quote in marked


def test_zones_are_named_and_furniture_is_folded() -> None:
    page = page_of(example())
    assert [words(name) for name in page.cssselect("#d1 .zone > .margin")] == [
        "rubrik", "ingress", "brödtext", "lista", "citat", "bildtext", "tabell", "brödtext",
    ]  # fmt: skip
    folded = page.cssselect("#d1 details.z-furniture")
    assert [words(block.find("summary")) for block in folded] == ["sidinramning, en rad", "sidinramning, en rad"]
    assert not page.cssselect("details.z-furniture mark")


def test_the_calendar_has_what_is_dated_and_not_done_and_not_weak_in_order_of_time() -> None:
    early, late = example(), example()
    done = replace(early.commitments[0], firmness="done")
    soon = replace(early.commitments[0], when="/2026-12-01")
    calendar = page_of(late, with_facts(early, commitments=(done, soon))).cssselect(".calendar tbody tr")
    assert [words(row[0]) for row in calendar] == ["senast 1 december 2026", "2027", "2027 härlett"]
    assert calendar[0].cssselect("a")[0].get("href") == "#d2-c1"


def test_unreadable_files_are_listed_with_their_reason() -> None:
    page = page_of(unreadable=(UnreadableFile("in/<b>.pdf", "has no text layer; run OCR"),))
    assert words(page.cssselect(".unreadable li")[0]) == "in/<b>.pdf has no text layer; run OCR"
    assert words(page.cssselect(".top p")[0]) == "Inget dokument kunde läsas."


def test_a_page_without_facts_or_text_says_so() -> None:
    assert "Inga uppgifter lästes" in words(page_of(Page(("body", "Hyvää päivää")).reading()))
    assert "Dokumentet har ingen text." in words(page_of(Page(("", "")).reading()))
    weak = example().commitments[4]
    page = page_of(with_facts(example(), **dict.fromkeys(LISTS, ()), commitments=(weak,)))
    assert "Bara svagt belagda uppgifter" in words(page)


# --- both languages ------------------------------------------------------------------------------------------------------


def test_every_word_of_the_page_itself_can_be_switched() -> None:
    swedish, english = page_of(example(), language="sv"), page_of(example(), language="en")
    texts = json.loads(swedish.get_element_by_id("texts").text)
    assert texts == json.loads(english.get_element_by_id("texts").text)
    for place, page in ((0, swedish), (1, english)):
        for element in page.cssselect("[data-t]"):
            assert element.text_content() == texts[int(element.get("data-t"))][place]
        for element in page.cssselect("[data-l]"):
            assert element.get("aria-label") == texts[int(element.get("data-l"))][place]
    swedish_alone = {words(element) for element in swedish.iter() if not len(element)} - {
        words(element) for element in english.iter() if not len(element)
    }
    translated = {" ".join(pair[0].split()) for pair in texts}
    assert swedish_alone <= translated


def test_words_of_the_document_carry_its_language() -> None:
    page = page_of(example(), language="en")
    assert page.get("lang") == "en"
    for selector in ("h2#d1-title", "#d1 .what", "#d1 .words", "#d1 blockquote", "#d1 .lines", "#d1 .k-people .name"):
        assert {element.get("lang") for element in page.cssselect(selector)} == {"sv"}, selector


# --- nothing gets out of its place -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("poison", POISONS)
def test_hostile_texts_stay_texts(poison: str) -> None:
    written = html_report([hostile(poison)], [UnreadableFile(poison, poison)], "en")
    written.encode("utf-8")
    page = parser.document_fromstring(written)
    assert [script.get("type") for script in page.iter("script")] == ["application/json", "module"]
    assert {element.tag for element in page.iter() if isinstance(element.tag, str)} <= TAGS
    attributes = {name for element in page.iter() for name in element.attrib}
    assert attributes <= ATTRIBUTES
    assert all(link.get("href").startswith("#") for link in page.cssselect("a"))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", written)


TAGS = set(
    "html head meta title style body header main footer nav section article div span p a b i em ul li dl dt dd h1 h2 h3 h4 "
    "table thead tbody tr th td details summary label input button blockquote mark script".split()
)
ATTRIBUTES = set(
    "lang charset http-equiv content name data-t data-l data-n data-f data-one data-heading href class id type role hidden "
    "aria-label aria-labelledby aria-live aria-pressed scope tabindex".split()
)


@given(st.data())
def test_the_text_pane_shows_every_line_as_it_is_whatever_is_marked(data: st.DataObject) -> None:
    letters = st.text(alphabet="ab <&\"'åé", max_size=12)
    lines = data.draw(
        st.lists(st.tuples(st.sampled_from(["body", "list", "furniture", ""]), letters), min_size=1, max_size=8)
    )
    page = Page(*[(zone if text.strip() else "", text) for zone, text in lines])
    length = len(page.text)
    stretches = data.draw(st.lists(st.tuples(st.integers(0, length), st.integers(0, length)), max_size=6))
    facts = tuple(
        OrganisationFact(id=f"o{number}", name="x", certainty="certain", evidence=(page.at(page.text[start:end]),))
        for number, (start, end) in enumerate(stretches)
        if start < end
    )
    shown = page_of(page.reading(organisations=facts)).cssselect(".line")
    if page.text.strip():
        assert [line.text_content() for line in shown] == [text for _, text in lines]
        assert [int(line.get("data-n")) for line in shown] == [line.line for line in page.lines]


# --- one self-contained page -------------------------------------------------------------------------------------------------


def test_the_page_fetches_nothing_and_allows_nothing_but_its_own_style_and_script() -> None:
    written = html_report([example()])
    page = parser.document_fromstring(written)
    assert not page.cssselect("link, img, iframe, object, embed, form, [src], [style]")
    assert not re.search(r"@import|url\(|https?://", written)
    policy = page.cssselect("meta[http-equiv]")[0].get("content")
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)
    script = re.search(r'<script type="module">(.*?)</script>', written, re.DOTALL)
    assert style
    assert script
    hashes = [base64.b64encode(hashlib.sha256(part[1].encode()).digest()).decode() for part in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    )
    assert page.xpath("string(//head/*[1]/@charset)") == "utf-8", (
        "the first thing said, so that it holds for all that follows"
    )


def test_ids_are_unique_over_several_documents() -> None:
    page = page_of(example(), example(), hostile("<b>"))
    ids = [element.get("id") for element in page.cssselect("[id]")]
    assert len(ids) == len(set(ids)) > 50
    assert {link.get("href")[1:] for link in page.cssselect("a")} <= set(ids)


def test_reading_twice_gives_the_same_page() -> None:
    assert html_report([example()]) == html_report([example()])


@pytest.mark.parametrize(("documents", "lines"), [(100, 100), pytest.param(1, 10_000, marks=pytest.mark.long)])
def test_many_lines_are_no_trouble(documents: int, lines: int) -> None:
    page = Page(*[("body", f"{number}. Region Österdalen ska leverera rapport {number}.") for number in range(lines)])
    starts = [line.start for line in page.lines]
    quote = "Region Österdalen ska leverera"
    facts = tuple(
        replace(
            example().commitments[0],
            id=f"c{number}",
            agreement=None,
            evidence=(replace(page.at(quote), start=(at := page.text.index(quote, start)), end=at + len(quote)),),
        )
        for number, start in enumerate(starts[::5])
    )
    reading = page.reading(commitments=facts)
    began = time.process_time()
    written = html_report([reading] * documents)
    assert time.process_time() - began < 40, "linear takes a few seconds, quadratic would take minutes"
    assert written.count("<mark") >= documents * lines / 5
