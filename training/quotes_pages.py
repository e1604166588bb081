"""The short pages of quotes_pages/ as studies: their names are known, their zones are not told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import names as names_data
from marked import MarkedPage
from study import Study

from handslag.reading import analysis as steps
from handslag.reading.names.tagger import Mention

Item = dict[str, Any]
FOLDER = Path(__file__).with_name("quotes_pages")
_PAGE = re.compile(
    r"^=== people:(?P<people>[^|\n]*)\| bodies:(?P<bodies>.*)\n(?P<text>(?:(?!^=== ).*\n?)+)", re.MULTILINE
)
_QUOTE = re.compile(r"\{(\d)\|([^}]*)\}")


def short_pages(folder: Path = FOLDER) -> list[MarkedPage]:
    """The pages with as much of a gold as they have."""
    pages = []
    for path in sorted(folder.glob("*.txt")):
        for number, found in enumerate(_PAGE.finditer(path.read_text("utf-8"))):
            people = [name.strip() for name in found["people"].split(";") if name.strip()]
            lines = _QUOTE.sub(r"\2", found["text"].strip("\n")).split("\n")
            zones = [_zone(k, line) for k, line in enumerate(lines)]
            text = "\n".join(line.removeprefix("~ ") for line in lines)
            quotes = [
                {"text": words, "speaker": people[int(n) - 1] if int(n) else None} for n, words in _QUOTE.findall(found["text"])
            ]  # fmt: skip
            gold = {
                "lang": path.stem[:2], "zones": zones, "quotes": quotes, "people": [{"name": name} for name in people],
                "organisations": [name.strip() for name in found["bodies"].split(";") if name.strip()],
                "optional_organisations": [], "aliases": {}, "date": "",
            }  # fmt: skip
            pages.append(MarkedPage(f"{path.stem}{number:02}", text, gold))
    return pages


def _zone(number: int, line: str) -> str:
    if not line.strip():
        return "blank"
    return "feed" if line.startswith("~ ") else "headline" if number == 0 else "body"


def short_studies(folder: Path = FOLDER) -> list[Study]:
    """The pages as studies."""
    return _studies(short_pages(folder))


def _studies(pages: Iterable[MarkedPage]) -> list[Study]:
    """Pages as studies with the names that their gold tells."""
    studies = []
    for marked in pages:
        study = Study(marked)
        analysis = study.analysis
        analysis.page.zones = marked.page.zones
        steps.pass_on_zones(analysis.page)
        labels = names_data.gold_labels(marked)
        for i, label in enumerate(labels):
            if label.startswith("B-"):
                last = i + 1
                while last < len(labels) and labels[last].startswith("I-"):
                    last += 1
                analysis.mentions.append(Mention(i, last, label[2:], 0.95))
        steps.add_bearers(analysis)
        studies.append(study)
    return studies


def rewritten_interviews(studies: Sequence[Study]) -> list[Study]:
    """Interviews and lists of questions as they would be printed otherwise.

    Without dashes, without blank lines, labelled "Q" and "A", an interview also as a transcript with names.
    """
    return _studies(page for study in studies for page in _rewritten(study.marked))


def _rewritten(marked: MarkedPage) -> list[MarkedPage]:
    lines = marked.text.split("\n")
    answers, asks = _conversation(marked, lines)
    if len(asks) < 4 or sum(lines[k].rstrip().endswith("?") for k in asks) < 0.5 * len(asks):
        return []
    first, last = min(asks), max(answers)
    bare = [(k, line.strip().lstrip("–—- ") if k in answers else line) for k, line in enumerate(lines)]
    tight = [(k, line) for k, line in bare if line.strip() or not first < k < last]
    q, a = ("Fråga: ", "Svar: ") if marked.gold["lang"] == "sv" else ("Q: ", "A: ")
    labelled = [(k, (q if k in asks else a if k in answers else "") + line) for k, line in tight]
    found = [_with_lines(marked, kept, []) for kept in (bare, tight, labelled)]
    guest = next((quote["speaker"] for quote in answers.values() if quote and quote["speaker"]), "")
    if guest:
        host = "Emil Askfors" if marked.gold["lang"] == "sv" else "Joel Farnham"
        named = [(-1, f"{guest} – {host}")]
        for k, line in tight:
            label = host if k in asks else guest if k in answers else ""
            named.append((k, f"{label.split()[-1].upper()}: {line}" if label else line))
        found.append(_with_lines(marked, named, [{"text": lines[k].strip(), "speaker": host} for k in asks]))
    return found


def _conversation(marked: MarkedPage, lines: list[str]) -> tuple[dict[int, Item], set[int]]:
    """The lines that are answers, with their quotation (empty where nobody in person answers), and those that ask."""
    quotes = {" ".join(quote["text"].split()): quote for quote in marked.gold["quotes"]}
    answers: dict[int, Item] = {}
    asks: set[int] = set()
    before = -1
    for k, line in enumerate(lines):
        words = line.strip().lstrip("–—- ").strip()
        if not words:
            continue
        if words in quotes and before >= 0:
            answers[k] = quotes[words]
            if before not in answers:
                asks.add(before)
        elif not quotes and before >= 0 and lines[before].rstrip().endswith("?") and not words.endswith("?"):
            answers[k] = {}
            asks.add(before)
        before = k
    return answers, asks


def _with_lines(marked: MarkedPage, kept: list[tuple[int, str]], more: list[Item]) -> MarkedPage:
    """The page with other lines, each with the number of the line it was, and further quotations."""
    zones = ["blank" if not line.strip() else marked.gold["zones"][k] if k >= 0 else "lead" for k, line in kept]
    people = [*marked.gold["people"], *({"name": quote["speaker"]} for quote in more[:1])]
    gold = {**marked.gold, "zones": zones, "quotes": [*marked.gold["quotes"], *more], "people": people}
    return MarkedPage(marked.name + "'", "\n".join(line for _, line in kept), gold)
