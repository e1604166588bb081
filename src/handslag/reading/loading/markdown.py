"""What Markdown marks say of a text: headings, lists, tables, quotations, and the front matter's title and date."""

from __future__ import annotations

import re
from dataclasses import replace

from handslag.reading.loading.days import iso_day
from handslag.reading.loading.document import Content, Region, Tag

_MARKS: tuple[tuple[Tag, re.Pattern[str]], ...] = (
    ("headline", re.compile(r" {0,3}#{1,6}[ \t]+\S")),
    ("quote", re.compile(r" {0,3}>")),
    ("table", re.compile(r" {0,3}\|.*\|[ \t]*$")),
    ("list", re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")),
)
_FENCE = re.compile(r" {0,3}(```|~~~)")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?=[\w-]+[ \t]*:)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|published|datePublished)[ \t]*:[ \t]*(.+?)[ \t]*$", re.MULTILINE)


def read_markdown(content: Content) -> Content:
    """The content with the regions that Markdown's marks give, and the title and day of its front matter."""
    regions: list[Region] = []
    position = 0
    front = _FRONT_MATTER.match(content.text)
    if front:
        content = _with_front_matter(content, front[1])
        regions.append(Region(0, len(front[0].rstrip()), "furniture"))
        position = front.end()
    fence = ""
    for line in content.text[position:].split("\n"):
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence == mark[1] else fence or mark[1]
        elif not fence:
            tag = next((tag for tag, pattern in _MARKS if pattern.match(line)), None)
            if tag:
                regions.append(Region(position, position + len(line), tag))
        position += len(line) + 1
    return replace(content, regions=tuple(regions))


def _with_front_matter(content: Content, front: str) -> Content:
    fields = {field[1]: field[2].strip("\"'") for field in _FIELD.finditer(front)}
    content = replace(content, title=fields.get("title", ""))
    for key in ("datePublished", "published", "date"):
        day = iso_day(fields.get(key, ""))
        if day:
            return replace(content, metadata_day=day, metadata_source=f"front matter {key}")
    return content
