"""The day that a page prints as its own: a byline, a dateline, a signature; never an event's or another headline's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final, Literal

from handslag.kernel.periods import first_day, is_period
from handslag.language.alternation import alternation, lower_same_length
from handslag.language.dates.find import find_dates
from handslag.language.dates.mention import DateMention, Point
from handslag.language.dates.resolve import resolve
from handslag.vocabulary.load import vocabulary

_HEAD: Final = 14  # lines with text in which a page's day is looked for; measured on the marked pages
_FOOT: Final = 26  # lines with text at the end, for signatures
_TOP: Final = 3  # lines with text in which a day without a year is looked for
_BESIDE: Final = 550  # days between it and the nearest page that it lies among
_LONGEST_TITLE: Final = 7  # words of a document's title before its day
_SIGNED_WITHIN: Final = 90  # days between the signatures of one document

How = Literal["published", "dated", "alone", "updated", "signature"]
_RANK: Final[dict[str, int]] = {"published": 0, "dated": 1, "alone": 1, "updated": 2, "signature": 3}

_SEGMENT = re.compile(r"\s{2,}|\s*[|·•▪()]\s*|\s+[–—-]\s+|,\s+|(?<=[a-zåäö]{2}\.)\s+")
_TIME = re.compile(
    r"(?:kl\.?\s*)?\b[0-2]?[0-9][.:][0-5][0-9](?:[.:][0-5][0-9])?(?:\s*[-–]\s*[0-2]?[0-9][.:][0-5][0-9])?"
)
_PLACE = re.compile(
    r"(?:[A-ZÅÄÖÆØÉ][\w’'.-]*)(?:[ /-](?:[A-ZÅÄÖÆØÉ][\w’'.-]*|i|de|la|upon)){0,2},?(?:\s+(?:den|the|on))?"
)
_NAMES_A_DAY = re.compile(r"(?:datum|dag|tid|\bdate|\bday|\btime)$")  # Startdatum, Förfallodag, Due date
_DATELINE = re.compile(r"\s*(?:\([^)]{2,20}\))?\s*[–—-](?:\s|$)")


@dataclass(frozen=True, slots=True)
class PageDay:
    """A page's own day: the line (0-based), the date in it (offsets within the line), the day, and how it was known."""

    line: int
    mention: DateMention
    period: str
    how: How


def find_page_day(lines: Sequence[str], language: str) -> PageDay | None:
    """The day printed as the page's own, or None where none is or where it is not certain which one.

    Known by a label in the head ("Publicerad 8/10 2026", "Date: …", "Last updated …", in this order), by a line that is
    a date ("LUND, 3 mars 2026", "Thursday 3 October 2024"), or by a signature at the end ("Umeå, 27 March 2025"; of
    several the latest). A day without a printed year is none.
    """
    texts = [(i, line) for i, line in enumerate(lines) if line.strip()]
    head = texts[:_HEAD]
    low = "\n".join(line for _, line in texts[: 2 * _HEAD]).lower()
    is_record = _clues().record.search(low) is not None  # the minutes of a meeting are of its day
    is_event = not is_record and _clues().event.search(low) is not None
    found = [
        day
        for place, (i, line) in enumerate(head)
        for day in _days_of_line(i, line, _above(head, place), language, is_event=is_event, is_record=is_record)
    ]
    if found:
        best = min(_RANK[day.how] for day in found)
        chosen = [day for day in found if _RANK[day.how] == best]
        return chosen[0] if len({day.period for day in chosen}) == 1 else None
    return _signature(texts[-_FOOT:], language)


def find_page_day_beside(lines: Sequence[str], language: str, days: Sequence[date]) -> PageDay | None:
    """The day of a page that prints its weekday, day and month, and no year: "tisdag 31 mars" on a page's first lines.

    `days` are those of the pages that it lies among: of the years in which that date is that weekday, the one nearest to them.
    """
    clues = _clues()
    texts = [(i, line) for i, line in enumerate(lines) if line.strip()][:_TOP]
    found: list[PageDay] = []
    for i, line in texts:
        mentions = find_dates(line, language)
        point = mentions[0].first if len(mentions) == 1 else None
        if point is None or mentions[0].last or mentions[0].bound or point.unit != "day" or point.weekday is None:
            continue
        segments = [part for part in _SEGMENT.split(line[: mentions[0].start]) if part.strip(" :.–-*>#")]
        if (
            point.year is None
            and _is_only_a_date(line, mentions[0], segments, clues)
            and not _is_other(line.lower(), clues)
        ):
            day = _nearest(point, days)
            if day is not None:
                found.append(PageDay(i, mentions[0], day.isoformat(), "alone"))
    return found[0] if len(found) == 1 else None


def _nearest(point: Point, days: Sequence[date]) -> date | None:
    """Of the days that are printed so, the nearest to one of `days`, and within a year and a half of it."""
    years = {day.year + by for day in days for by in (-1, 0, 1)}
    fitting = [
        date(year, point.number or 1, point.day or 1)
        for year in sorted(years)
        if is_period(f"{year:04}-{point.number or 1:02}-{point.day or 1:02}")
    ]
    near = [
        (min(abs((day - other).days) for other in days), day) for day in fitting if day.isoweekday() == point.weekday
    ]
    away, best = min(near, default=(_BESIDE + 1, None))
    return best if away <= _BESIDE else None


def _above(head: list[tuple[int, str]], place: int) -> str:
    return head[place - 1][1] if place and head[place - 1][0] == head[place][0] - 1 else ""


def _days_of_line(i: int, line: str, above: str, language: str, *, is_event: bool, is_record: bool) -> list[PageDay]:
    if not _YEAR.search(line):
        return []
    days: list[PageDay] = []
    mentions = find_dates(line, language)
    begins = 0
    for mention in mentions:
        begin, begins = begins, mention.end
        if not mention.is_full_day:
            continue
        days_in_line = sum(1 for other in mentions if other.kind in {"day", "range"})
        how = _how(
            line[begin:],
            _shifted(mention, -begin),
            above,
            is_event=is_event,
            is_record=is_record,
            alone=days_in_line == 1,
        )
        if how:
            days.append(PageDay(i, mention, resolve(mention, None).period, how))
    return days


_YEAR = re.compile(r"[0-9]{2}")


def _how(line: str, mention: DateMention, above: str, *, is_event: bool, is_record: bool, alone: bool) -> How | None:
    """What shows that this day is the page's own; None where nothing does."""
    clues = _clues()
    before = _SEGMENT.split(line[: mention.start])
    segments = [part for part in (piece.strip(" :.–-*>#") for piece in before) if part]
    label = segments[-1] if segments else above.strip(" :.*")
    if not segments and not above:
        label = ""
    known = _label_of(label, clues, own_line=bool(segments)) or _document_of(label, line[mention.end :], clues)
    for segment in segments[-2::-1]:  # "Compiled by the newsroom, 6 May 2025", "Press release – Lund, Sweden – 8 May"
        known = known or _label_of(segment, clues, own_line=True)
    if known is not None:
        how, word = known
        return None if is_event and word in clues.shared else how
    if not alone or is_event or mention.bound:
        return None
    if is_record:
        return "alone" if clues.record.search(line.lower()) or _is_only_a_date(line, mention, segments, clues) else None
    if _other_day(above, clues) or any(clues.event_name.search(segment.lower()) for segment in segments):
        return None
    return "alone" if _is_only_a_date(line, mention, segments, clues) else None


def _shifted(mention: DateMention, by: int) -> DateMention:
    return replace(mention, start=mention.start + by, core=mention.core + by, end=mention.end + by)


def _label_of(label: str, clues: _Clues, *, own_line: bool) -> tuple[How, str] | None:
    """The rank and the word of a label, with at most four words after it ("Fastställd av styrelsen")."""
    match = clues.label.match(lower_same_length(label))
    if match is None:
        return None
    word = " ".join(match[1].split())
    rest = label[match.end() :].lower()
    if len(rest.split()) > (4 if own_line else 0) or clues.event_name.search(rest):
        return None
    return clues.labels[word], word


def _document_of(label: str, after: str, clues: _Clues) -> tuple[How, str] | None:
    """A kind of document before its day, or on the line above, in a line that ends with it: "Granskningsrapport, 14 januari 2026"."""
    low = label.lower()
    match = clues.document.search(low)
    if match is None or len([*low.split(), *after.split()]) > _LONGEST_TITLE or _is_other(low, clues):
        return None
    return "dated", match.group()


def _other_day(above: str, clues: _Clues) -> bool:
    """True if the line above is the label of some other day: a deadline, a start, a calendar."""
    words = above.lower().strip(" :.")
    return len(words.split()) <= 4 and (clues.other.search(words) is not None or _NAMES_A_DAY.search(words) is not None)


def _is_only_a_date(line: str, mention: DateMention, segments: list[str], clues: _Clues) -> bool:
    """True if the line is the day, with a time, a place, a section's or a medium's name beside it; or a dateline."""
    rest = _TIME.sub("", line[mention.end :])
    after = [part for part in (piece.strip(" .,:)–—-*_") for piece in _SEGMENT.split(rest)) if part]
    if segments and _DATELINE.match(rest) and all(_PLACE.fullmatch(segment) for segment in segments):
        return len(segments) <= 2  # "LUND, 3 mars 2026 – Bolaget har …"
    if after and (clues.beside.match(after[0].lower()) is None and not _is_sentence_end(line, mention)):
        return False
    if len(segments) > 2 or any(len(segment.split()) > 5 for segment in segments):
        return False
    piece = line[: mention.start].rstrip().rstrip("*_").rstrip()
    if not segments or not piece:
        return True
    return piece[-1] in "|·•▪–—-,(" or _PLACE.fullmatch(piece) is not None or line[: mention.start].endswith("  ")


def _is_other(low: str, clues: _Clues) -> bool:
    return clues.other.search(low) is not None or clues.event_name.search(low) is not None


def _is_sentence_end(line: str, mention: DateMention) -> bool:
    return line[mention.end : mention.end + 2] == ". "


def _signature(texts: list[tuple[int, str]], language: str) -> PageDay | None:
    """The day at a place and above names at the end: "Luleå den 31 mars 2026"; of several the latest."""
    clues = _clues()
    found: list[tuple[date, PageDay]] = []
    for i, line in texts:
        if not _YEAR.search(line):
            continue
        mentions = find_dates(line, language)
        for place, mention in enumerate(mentions):
            if not mention.is_full_day or mention.bound:
                continue
            begins = mentions[place - 1].end if place else 0
            piece = line[begins : mention.start].strip()
            label = clues.label.match(piece.lower())
            signs = (
                label is not None
                and clues.labels[" ".join(label[1].split())] == "dated"
                and label[1].startswith(("sign", "under", "made", "this"))
            )
            ends = line[mention.end : mention.end + 2].strip() == "" or signs
            if ends and (
                signs or (piece and _PLACE.fullmatch(piece) is not None and not _is_other(piece.lower(), clues))
            ):
                period = resolve(mention, None).period
                day = first_day(period)
                if day:
                    found.append((day, PageDay(i, mention, period, "signature")))
    if not found:
        return None
    latest = max(found, key=lambda pair: pair[0])
    return latest[1] if (latest[0] - min(day for day, _ in found)).days <= _SIGNED_WITHIN else None


@dataclass(frozen=True)
class _Clues:
    labels: dict[str, How]
    shared: frozenset[str]
    label: re.Pattern[str]
    beside: re.Pattern[str]
    event: re.Pattern[str]
    record: re.Pattern[str]
    other: re.Pattern[str]
    event_name: re.Pattern[str]
    document: re.Pattern[str]


@cache
def _clues() -> _Clues:
    raw = vocabulary("dates")["page_day"]
    labels: dict[str, How] = {}
    for how in ("updated", "dated", "published"):
        labels.update(dict.fromkeys(raw[how], how))
    return _Clues(
        labels=labels,
        shared=frozenset(raw["shared_with_events"]),
        label=re.compile(rf"({alternation(labels)})(?!\w)"),
        beside=re.compile(rf"(?:{alternation(raw['beside'])}|[0-9]+ min)(?!\w)"),
        event=re.compile(
            rf"^\W*(?:{alternation(raw['event_labels'])})\s*(?::|$)|\b(?:{alternation(raw['event_words'])})(?!\w)",
            re.MULTILINE,
        ),
        record=re.compile(rf"\b(?:{alternation(raw['record'])})(?!\w)"),
        event_name=re.compile(rf"\b(?:{alternation(raw['event_names'])})"),
        other=re.compile(rf"\b(?:{alternation(raw['other_days'])})(?!\w)"),
        document=re.compile(rf"(?:{alternation(raw['documents'])})(?!\w)"),
    )
