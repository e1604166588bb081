"""What loading gives, and the limits it keeps to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Tag = Literal["furniture", "headline", "list", "table", "row", "quote", "caption", "byline", "body", ""]
"""What a file calls a stretch of its text; a "row" is one of a workbook, which has no menus or notices in it."""
TAGS: frozenset[str] = frozenset(get_args(Tag))

Warnings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch `[start, end)` of a text that the file's own structure calls `tag`; a hint (but for a `row`)."""

    start: int
    end: int
    tag: Tag


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost before it is refused. Bytes, pages, code points and seconds."""

    max_bytes: int = 50_000_000
    max_pages: int = 2_000
    max_characters: int = 5_000_000
    max_cells: int = 100_000
    """Cells of all sheets of a workbook together. The facts in 20,000 cells of text take most of a minute."""
    max_uncompressed: int = 200_000_000
    """All parts of a zip file together, as declared and as really inflated."""
    max_ratio: int = 200
    """Inflated to packed size of one part of a zip file. Word's XML stays under 40; a bomb of zeros has 1,032."""
    max_memory: int = 1_500_000_000
    """Address space of the process that parses all but plain text, where the system can limit it."""
    seconds: float = 30.0
    """For parsing all but plain text; the process that parses is ended then."""
    reading_seconds: float = 60.0
    """For reading the facts. A page of 300 words takes some hundredths of a second, a report of 50,000 words a few."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a parser finds inside a file: the text, and what the file says of itself."""

    text: str
    regions: tuple[Region, ...] = ()
    title: str = ""
    publisher: str = ""
    metadata_day: str = ""
    metadata_source: str = ""
    given_day: str = ""
    warnings: Warnings = ()

    def as_json(self) -> dict[str, Any]:
        """Plain lists and strings, to cross from the parsing process."""
        return asdict(self) | {"regions": [[region.start, region.end, region.tag] for region in self.regions]}

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> Content:
        """The content that `as_json` wrote; raises `KeyError`, `TypeError` or `ValueError` if it is none."""
        words = ("text", "title", "publisher", "metadata_day", "metadata_source", "given_day")
        if not all(isinstance(value[key], str) for key in words):
            raise TypeError("a field of the content is not text")
        if any(tag not in TAGS for _, _, tag in value["regions"]):
            raise ValueError("a region has an unknown tag")
        return Content(
            **{key: value[key] for key in words},
            regions=tuple(Region(int(start), int(end), tag) for start, end, tag in value["regions"]),
            warnings=tuple((str(code), str(message)) for code, message in value["warnings"]),
        )


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """One readable file: its text, where its structure is known, and what it says of itself.

    `path` is the file as the user named it, `sha256` that of its bytes, `format` one of txt, md, html, pdf,
    docx, pptx, xlsx, eml.
    Offsets count code points of `text`. `metadata_day` is the ISO day of the metadata called `metadata_source`, or "";
    `given_day` the day of a first line `said-on: YYYY-MM-DD`, which is no part of `text`. `warnings` are pairs of code
    and message. `regions` are in text order and do not overlap.
    """

    path: str
    sha256: str
    format: str
    text: str
    title: str = ""
    publisher: str = ""
    metadata_day: str = ""
    metadata_source: str = ""
    given_day: str = ""
    regions: tuple[Region, ...] = field(default=())
    warnings: Warnings = ()
