"""What a page's head says of it: title, publisher, the day of publication."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element

from handslag.reading.loading.days import iso_day
from handslag.reading.loading.document import Content, Warnings
from handslag.reading.loading.html.marks import words_of

_DAYS = (  # in the order in which they are believed; "json-ld article" stands for a news item's or article's own
    "json-ld article",
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "itemprop datepublished",
    "json-ld",
    "citation_publication_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.date",
    "dc.date",
    "dcterms.created",
    "dc.date.created",
    "publish-date",
    "publication_date",
    "pubdate",
    "publishdate",
    "date",
    "time",
)
_ARTICLES = ("article", "posting", "report", "pressrelease", "publicationissue")
_PUBLISHED = frozenset(
    "published publicerad publicerat publish publishdate pubdate publication posted date byline".split()
)
_MAX_JSON = 500_000
_MAX_DEPTH = 6


def read_metadata(root: Element) -> Content:
    """Title, publisher and day of publication with its source, in a content without text."""
    metas = _metas(root)
    objects = list(_json_objects(root))
    days = {key: iso_day(value) for key, value in metas.items() if key in _DAYS}
    for kind, found in _days_of_objects(objects).items():
        if len(found) == 1:  # several: a list of articles, of which none is the page
            days[kind] = found.pop()
    for key, day in _days_in_body(root):
        days.setdefault(key, day)
    source = next((key for key in _DAYS if days.get(key)), "")
    return Content(
        text="",
        title=_one_line(metas.get("og:title", "") or _title(root) or metas.get("dc.title", "")),
        publisher=_one_line(metas.get("og:site_name", "") or _publisher(objects) or metas.get("dc.publisher", "")),
        metadata_day=days.get(source, ""),
        metadata_source=source,
        warnings=_disagreement(days, source),
    )


def _disagreement(days: dict[str, str], source: str) -> Warnings:
    """A warning if two of the trustworthy sources name different days."""
    other = next((key for key in _DAYS[:5] if days.get(key) and days[key] != days[source]), "") if source else ""
    if not other:
        return ()
    message = f"the page's metadata gives {days[source]} ({source}) and {days[other]} ({other}); the first is taken"
    return (("metadata-days-differ", message),)


def _metas(root: Element) -> dict[str, str]:
    """The page's `meta` elements, the first of each name, names in lower case."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or ""
        if not name and meta.get("itemprop"):
            name = "itemprop " + meta.get("itemprop", "")
        if name and meta.get("content"):
            found.setdefault(name.lower(), meta.get("content", ""))
    return found


def _title(root: Element) -> str:
    for title in root.iter("title"):
        if all(around.tag != "svg" for around in title.iterancestors()):
            return "".join(title.itertext())
    return ""


def _days_in_body(root: Element) -> Iterator[tuple[str, str]]:
    """Days of elements marked as the page's date; a bare `time` may as well be an event's."""
    for element in (*root.iterfind(".//*[@itemprop]"), *root.iter("time")):
        value = element.get("datetime", "") or element.get("content", "")
        if element.get("itemprop", "").lower() == "datepublished":
            day = iso_day(value or (element.text or ""))
            if day:
                yield "itemprop datepublished", day
        elif element.tag == "time" and value and iso_day(value) and _is_published(element):
            yield "time", iso_day(value)


def _is_published(time: Element) -> bool:
    if time.get("pubdate") is not None:
        return True
    own, parent = words_of(time), time.getparent()
    around = words_of(parent) if parent is not None else []
    said = (parent.text or "").lower().split() if parent is not None else []
    is_event = {"event", "kalender", "calendar", "updated", "modified", "uppdaterad"} & {*own, *around, *said}
    return not is_event and not _PUBLISHED.isdisjoint(word.strip(":") for word in (*own, *around, *said))


def _json_objects(root: Element) -> Iterator[dict[str, Any]]:
    """The objects of a page's JSON-LD, from the outside in; what is no JSON is passed over."""
    for script in root.iter("script"):
        source = script.text or ""
        if "ld+json" not in script.get("type", "").lower() or len(source) > _MAX_JSON:
            continue
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects_in(value, 0)


def _objects_in(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects_in(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects_in(value.get(key), depth + 1)


def _days_of_objects(objects: list[dict[str, Any]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for thing in objects:
        is_article = any(word in _text(thing.get("@type")).lower() for word in _ARTICLES)
        day = iso_day(_text(thing.get("datePublished")))
        if day:
            found.setdefault("json-ld article" if is_article else "json-ld", set()).add(day)
    return found


def _publisher(objects: list[dict[str, Any]]) -> str:
    for thing in objects:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict) and _text(publisher.get("name")):
            return _text(publisher.get("name"))
    return ""


def _text(value: Any) -> str:
    """A JSON value as text: a string, or the strings of a list."""
    if isinstance(value, list):
        return " ".join(item for item in value if isinstance(item, str))
    return value if isinstance(value, str) else ""


def _one_line(value: str) -> str:
    return " ".join(value.encode("utf-8", "ignore").decode("utf-8").split())
