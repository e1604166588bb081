"""What the structure of a web page tells of its text: the site's own parts, headings, lists, quotations."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handslag.reading.loading import LoadedDocument

LoadBytes = Callable[..., LoadedDocument]
TextsOf = Callable[[LoadedDocument, str], list[str]]

STORY = "<p>Region Halland ska tillsammans med Tallvik Cellterapi bygga en tillverkningsenhet i Varberg.</p>" * 3


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li><a>Xyz</a></ul></nav>",
        "<header><div>Xyz</div></header>",
        "<footer><p>Xyz</p></footer>",
        "<div role=navigation><a>Xyz</a></div>",
        "<div role='contentinfo'>Xyz</div>",
        "<div class='main-menu'>Xyz</div>",
        "<ul class='breadcrumb'><li>Xyz</ul>",
        "<div id='CybotCookiebotDialog'><p>Xyz</p></div>",
        "<div id='onetrust-consent-sdk'>Xyz</div>",
        "<section aria-label='Cookie-inställningar'>Xyz</section>",
        "<div class='article__share-buttons'>Xyz</div>",
        "<div class='newsletter-signup'>Xyz</div>",
        "<form action='/sok'><label>Xyz</label><button>Xyz</button></form>",
        "<button>Xyz</button>",
        "<dialog open>Xyz</dialog>",
        "<div class='siteFooter'>Xyz</div>",
        "<aside><a>Xyz</a> <a>Xyz</a> <a>Xyz</a></aside>",
    ],
)
def test_parts_of_the_site_are_furniture(loaded: LoadBytes, texts_of: TextsOf, furniture: str) -> None:
    document = loaded("sida.html", f"<body>{furniture}<main><h1>Rubrik</h1>{STORY}</main></body>")
    assert document.text.count("Xyz") == sum(text.count("Xyz") for text in texts_of(document, "furniture")) >= 1
    assert not any("Halland" in text or "Rubrik" in text for text in texts_of(document, "furniture"))


@pytest.mark.parametrize(
    "content",
    [
        "<body class='has-sidebar nav-open cookie-accepted'>@</body>",
        "<form id='aspnetForm'><div class='menu-layout'>@</div></form>",
        "<header class='page-header'><h1>Rubrik</h1><p>Xyz</p></header>",
        "<article><header><h2>Xyz</h2><p>Xyz</p></header><footer>Xyz</footer></article>",
        "<section id='share-of-women-in-life-science'><h2>Xyz</h2><p>Xyz</p></section>",
        "<h2 id='navigation-in-care'>Xyz</h2><h3 class='menu'>Xyz</h3>",
        "<main><aside class='fact-box'><h3>Xyz</h3><p>Xyz</p></aside></main>",
        "<h3><button>Xyz</button></h3>",
        "<p class='social'>Xyz</p>",
    ],
)
def test_what_the_page_says_is_no_furniture(loaded: LoadBytes, texts_of: TextsOf, content: str) -> None:
    page = content.replace("@", f"<p>Xyz</p>{STORY}{STORY}") + f"<div>{STORY}</div>"
    assert texts_of(loaded("sida.html", page), "furniture") == []


def test_the_name_of_the_site_is_furniture_where_the_page_has_a_heading(loaded: LoadBytes, texts_of: TextsOf) -> None:
    page = f"<header><h1>Biobladet</h1></header><main><h1>Nytt avtal</h1>{STORY}</main>"
    document = loaded("sida.html", page)
    assert texts_of(document, "furniture") == ["Biobladet"]
    assert texts_of(document, "headline") == ["Nytt avtal"]


def test_structure_inside_the_article(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = loaded(
        "sida.html",
        "<article><h1>Nytt <em>avtal</em></h1><p class=byline>Av <a>Disa Hallqvist</a></p><h2>Bakgrund</h2>"
        "<div itemprop=articleBody><p>Brödtext.</p><blockquote><p>– Vi lovar.</p></blockquote></div>"
        "<ol><li><p>ett</p><li>två</ol><figure><img alt=x><figcaption>Foto: Ines</figcaption></figure>" + STORY,
    )
    assert texts_of(document, "headline") == ["Nytt avtal", "Bakgrund"]
    assert texts_of(document, "byline") == ["Av Disa Hallqvist"]
    assert texts_of(document, "body") == ["Brödtext."]
    assert texts_of(document, "quote") == ["– Vi lovar."]
    assert texts_of(document, "list") == ["ett", "två"]
    assert texts_of(document, "caption") == ["Foto: Ines"]


def test_soup_of_boxes_has_no_regions(loaded: LoadBytes) -> None:
    page = "<div><div class=a1>Rubrik</div><div class=b2><span>Text</span><div>mera</div></div></div>"
    assert loaded("sida.html", page).regions == ()


def test_cards_in_a_list_are_no_items(loaded: LoadBytes, texts_of: TextsOf) -> None:
    document = loaded("sida.html", "<ul><li><h3>Frukostmöte</h3><p>26 november, Nässjö</p><li><h3>Dag två</h3></ul>")
    assert texts_of(document, "list") == []
    assert texts_of(document, "headline") == ["Frukostmöte", "Dag två"]


def test_ten_thousand_lines_of_menu(loaded: LoadBytes, texts_of: TextsOf) -> None:
    menu = "".join(f"<li><a href=/{number}>Val {number}</a>" for number in range(10_000))
    for page in (f"<nav><ul>{menu}</ul></nav>", f"<div class=menu><ul>{menu}</ul></div>"):
        document = loaded("sida.html", page)
        assert document.text.count("\n") == 9_999
        assert len(texts_of(document, "furniture")) == 10_000
