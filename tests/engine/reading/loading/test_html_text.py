"""Web pages as a visitor reads them: one line a block, cells in rows, nothing that is not shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handslag.kernel.errors import UnreadableFile
from handslag.reading.loading import LoadedDocument

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ett\n  stycke  <b>med</b> <i>ord</i>.</p>", "Ett stycke med ord."),
        ("<p>Life sci<b>ence</b></p>", "Life science"),
        ("<p>rad ett<br>rad två<br/> rad tre</p>", "rad ett\nrad två\nrad tre"),
        ("<p>stycke ett<br><br>stycke två</p>", "stycke ett\n\nstycke två"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        (
            "<p>&aring;&auml;&ouml; &#229; &amp; &lt;b&gt; 5&nbsp;kr l&auml;ke&shy;medel</p>",
            "åäö å & <b> 5\xa0kr läke\xadmedel",
        ),
        ("<ul><li>ett<li>två<ul><li>två a</ul><li>tre</ul>", "ett\ntvå\ntvå a\ntre"),
        ("<pre>a  b\n  c</pre>", "a  b\n  c"),
        ("<p>&nbsp;</p><p></p><p>x</p>", "x"),
        ("<h1>R</h1><p>x</p>", "R\n\nx"),
        ("<p>Anna Berg</p><p>vd</p>", "Anna Berg\nvd"),
        ("utan element", "utan element"),
        ("<p>a<p>b<table><tr><td>c", "a\nb\n\nc"),
    ],
)
def test_blocks_and_spaces(loaded: LoadBytes, html: str, text: str) -> None:
    assert loaded("sida.html", html).text == text


def test_long_paragraphs_are_parted_and_cards_are_not(loaded: LoadBytes) -> None:
    long = "Region Halland ska tillsammans med Tallvik Cellterapi bygga en tillverkningsenhet i Varberg."
    card = "<p>Mimmi Åkerhielm</p><p>vd</p><p>Tallvik Cellterapi AB</p>"
    text = loaded("sida.html", f"<p>{long}</p>{card}<p>{long}</p>").text
    assert text == f"{long}\n\nMimmi Åkerhielm\nvd\nTallvik Cellterapi AB\n\n{long}"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = 'dolt';</script>",
        "<style>p { content: 'dolt' }</style>",
        "<!-- dolt -->",
        "<template><p>dolt</p></template>",
        "<noscript>dolt</noscript>",
        "<p hidden>dolt</p>",
        "<p style='color:red; DISPLAY : none'>dolt</p>",
        "<div style='visibility:hidden'><p>dolt</p></div>",
        "<span class='sr-only'>dolt</span>",
        "<a class='skip-link' href='#m'>dolt</a>",
        "<select><option>dolt</select>",
        "<svg><title>dolt</title><text>dolt</text></svg>",
        "<textarea>dolt</textarea>",
        "<i class='icon' aria-hidden='true'>»</i>",
        "<iframe>dolt</iframe>",
    ],
)
def test_what_is_not_shown_is_not_read(loaded: LoadBytes, hidden: str) -> None:
    assert loaded("sida.html", f"<title>dolt</title><p>före</p>{hidden}<p>efter</p>").text == "före\nefter"


@pytest.mark.parametrize(
    "shown",
    [
        "<p class='overflow-hidden'>synligt</p>",
        "<p class='hidden md:block'>synligt</p>",
        "<p hidden='until-found'>synligt</p>",
        "<div aria-hidden='true'><p>synligt</p></div>",  # so is a whole page marked while a dialog is open
        "<details><summary>synligt</summary></details>",
    ],
)
def test_what_may_be_shown_is_read(loaded: LoadBytes, shown: str) -> None:
    assert loaded("sida.html", f"<p>före</p>{shown}<p>efter</p>").text.split() == ["före", "synligt", "efter"]


def test_tables_of_data_are_rows_of_cells(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = loaded(
        "sida.html",
        "<table><caption>Åtgärder</caption><tr><th>Nr<th>Åtgärd<th>Klart"
        "<tr><td>1<td><p>Samlad<br>ingång</p><td>2028<tr><td>2<td><td>löpande<tr><td><td><td>–</table><p>efter</p>",
    )
    assert document.text == ("Åtgärder\nNr\tÅtgärd\tKlart\n1\tSamlad ingång\t2028\n2\t\tlöpande\n\t\t–\n\nefter")
    assert texts_of(document, "caption") == ["Åtgärder"]
    assert texts_of(document, "table") == ["Nr\tÅtgärd\tKlart", "1\tSamlad ingång\t2028", "2\t\tlöpande", "\t\t–"]


@pytest.mark.parametrize(
    "table",
    [
        "<table><tr><td>meny<td><table><tr><td>brödtext</table></table>",
        "<table role=presentation><tr><td>meny<td>brödtext</table>",
        "<table><tr><td>meny<td><h2>brödtext</h2></table>",
        "<table><tr><td>meny<tr><td>brödtext</table>",
    ],
)
def test_tables_that_lay_out_a_page_are_blocks(loaded: LoadBytes, texts_of: TextsOf, table: str) -> None:
    document = loaded("sida.html", table)
    assert document.text.split() == ["meny", "brödtext"]
    assert "\t" not in document.text
    assert texts_of(document, "table") == []


def test_cards_of_names_and_values_are_rows(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = loaded(
        "sida.html",
        "<dl><dt>Sponsor:<dd>Arctura ASA<dt>Partner<dd>KI</dd><dd>SU</dl><dl><dt>Fråga?<dd><p>Ett svar.</dl>",
    )
    assert document.text == "Sponsor:\tArctura ASA\nPartner\tKI\tSU\n\nFråga?\nEtt svar."
    assert texts_of(document, "table") == ["Sponsor:\tArctura ASA", "Partner\tKI\tSU"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Region Skåne<sup>2</sup> betalar</p>", "Region Skåne betalar"),
        ("<p>säger hon.<sup><a href='#n'>[1]</a></sup> Sedan</p>", "säger hon. Sedan"),
        ("<p>20 m<sup>2</sup> och 10<sup>6</sup> celler</p>", "20 m² och 10⁶ celler"),
        ("<p>the 1<sup>st</sup> call</p>", "the 1st call"),
        ("<p>CO<sub>2</sub></p>", "CO2"),
    ],
)
def test_raised_text(loaded: LoadBytes, html: str, text: str) -> None:
    assert loaded("sida.html", html).text == text


@pytest.mark.parametrize(("language", "quote"), [("sv", "”ja”"), ("sv-SE", "”ja”"), ("en", "“ja”"), ("", "“ja”")])
def test_marks_that_browsers_set_around_quotations(loaded: LoadBytes, language: str, quote: str) -> None:
    assert loaded("sida.html", f"<html lang='{language}'><p>Hon sa <q>ja</q>.</p>").text == f"Hon sa {quote}."


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div><a>Hem</a><a>om oss</a></div>", "Hem om oss"),
        ("<div><span>Anna Berg</span><span>Vd</span></div>", "Anna Berg Vd"),
        ("<p><span>D</span>et är <span>bio</span><span>tech</span></p>", "Det är biotech"),
        ("<p><b>Life</b><b>Science</b></p>", "LifeScience"),
    ],
)
def test_boxes_beside_one_another_are_words_of_their_own(loaded: LoadBytes, html: str, text: str) -> None:
    assert loaded("sida.html", html).text == text


@pytest.mark.parametrize(
    "html", ["<html></html>", "<div id=root></div><script>x()</script><noscript>JS!</noscript>", "<!---->"]
)
def test_a_page_that_shows_nothing_is_refused(loaded: LoadBytes, html: str) -> None:
    with pytest.raises(UnreadableFile, match=r"shows no text .a page that scripts fill in.*; open it in a browser"):
        loaded("sida.html", html)


def test_a_deeply_nested_page_is_read_and_the_rest_is_told(loaded: LoadBytes) -> None:
    assert loaded("sida.html", "<div>" * 1500 + "djupt" + "</div>" * 1500 + "<p>efter").text == "djupt\nefter"
    document = loaded("sida.html", "<p>före</p>" + "<div>" * 5000 + "djupt")
    assert document.text == "före"
    assert [code for code, _ in document.warnings] == ["page-cut"]


def test_nothing_outside_the_page_is_fetched(loaded: LoadBytes) -> None:
    page = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><link href="file:///etc/hosts"><p>a &x; b</p>'
    document = loaded("sida.html", page)
    assert "root:" not in document.text
    assert document.text.endswith("a &x; b")


def test_a_given_day_before_the_page(loaded: LoadBytes) -> None:
    document = loaded(
        "sida.html", "said-on: 2026-03-31\n<!DOCTYPE html><html><body><h1>Avtal</h1><p>Text.</p></body></html>"
    )
    assert (document.given_day, document.text.strip()) == ("2026-03-31", "Avtal\n\nText.")
