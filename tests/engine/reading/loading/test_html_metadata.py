"""Title, publisher and day of a web page, as its metadata has them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from handslag.reading.loading import LoadedDocument

LoadBytes = Callable[..., LoadedDocument]


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(fields)}</script>'


@pytest.mark.parametrize(
    ("head", "day", "source"),
    [
        (
            '<meta property="article:published_time" content="2026-05-03T23:30:00Z">',
            "2026-05-03",
            "article:published_time",
        ),
        (linked(**{"@type": "NewsArticle", "datePublished": "2026-05-03"}), "2026-05-03", "json-ld article"),
        (
            linked(**{"@graph": [{"@type": ["WebPage"], "datePublished": "2026-05-03T08:00+02:00"}]}),
            "2026-05-03",
            "json-ld",
        ),
        ('<meta name="DC.Date.Issued" content="2026-05-03">', "2026-05-03", "dc.date.issued"),
        ('<meta name="date" content="20260503">', "2026-05-03", "date"),
        ('<meta itemprop="datePublished" content="2026-05-03">', "2026-05-03", "itemprop datepublished"),
        ("<p>Publicerad: <time datetime='2026-05-03T10:00'>3 maj</time></p>", "2026-05-03", "time"),
        ("<p class='article-meta__published'><time datetime='2026-05-03'>3 maj</time></p>", "2026-05-03", "time"),
        # an event's day, a change, a list of articles, no day
        ("<p>Mötet hålls <time datetime='2026-05-03'>3 maj</time></p>", "", ""),
        ("<p>Uppdaterad: <time datetime='2026-05-03'>3 maj</time></p>", "", ""),
        ('<meta property="article:modified_time" content="2026-05-03">', "", ""),
        (
            linked(**{"@graph": [{"@type": "Article", "datePublished": d} for d in ("2026-05-03", "2026-05-04")]}),
            "",
            "",
        ),
        (linked(**{"@type": "Event", "startDate": "2026-05-03"}), "", ""),
        ('<meta name="date" content="2026-02-30">', "", ""),
        ('<meta name="date" content="1970-01-01">', "", ""),
        ('<meta name="date" content="3 maj 2026">', "", ""),
        ('<script type="application/ld+json">{"@type": "NewsArticle", </script>', "", ""),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", "", ""),
    ],
)
def test_the_day(loaded: LoadBytes, head: str, day: str, source: str) -> None:
    document = loaded("sida.html", f"<html><head>{head if 'time d' not in head else ''}</head><body>{head}<p>Text.</p>")
    assert (document.metadata_day, document.metadata_source) == (day, source)
    assert document.warnings == ()


def test_the_article_is_believed_before_the_page_and_the_difference_is_told(loaded: LoadBytes) -> None:
    head = linked(**{"@type": "NewsArticle", "datePublished": "2026-05-03"})
    document = loaded("sida.html", f'{head}<meta property="article:published_time" content="2026-05-04"><p>Text.</p>')
    assert document.metadata_day == "2026-05-03"
    told = (
        "the page's metadata gives 2026-05-03 (json-ld article) and 2026-05-04 (article:published_time);"
        " the first is taken"
    )
    assert document.warnings == (("metadata-days-differ", told),)


def test_title_and_publisher(loaded: LoadBytes) -> None:
    page = "<title>Nytt &amp; \n bättre | Biobladet</title><p>Text.</p>"
    assert loaded("sida.html", page).title == "Nytt & bättre | Biobladet"
    page = '<meta property="og:title" content="Nytt avtal"><meta property="og:site_name" content="Biobladet">' + page
    assert (loaded("sida.html", page).title, loaded("sida.html", page).publisher) == ("Nytt avtal", "Biobladet")
    page = linked(**{"@type": "NewsArticle", "publisher": {"name": "Region Halland"}}) + "<p>Text.</p>"
    assert loaded("sida.html", page).publisher == "Region Halland"


@pytest.mark.parametrize("value", ["null", "[1, {}]", '{"@type": 3, "datePublished": ["x"], "publisher": "y"}', "NaN"])
def test_odd_json_is_passed_over(loaded: LoadBytes, value: str) -> None:
    document = loaded("sida.html", f'<script type="application/ld+json">{value}</script><p>Text.</p>')
    assert (document.title, document.publisher, document.metadata_day) == ("", "", "")
