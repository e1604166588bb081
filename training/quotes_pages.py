"""The short pages of quotes_pages/ as studies: their names are known, their zones are not told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import names as names_data
from marked import MarkedPage
from study import Study

from handslag.reading import analysis as steps
from handslag.reading.names.tagger import Mention

FOLDER = Path(__file__).with_name("quotes_pages")
_PAGE = re.compile(r"^=== people:(?P<people>[^|\n]*)\| bodies:(?P<bodies>.*)\n(?P<text>(?:(?!^=== ).*\n?)+)", re.MULTILINE)
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
    """Interviews with dashes as they would be printed otherwise: without dashes, without blank lines, as a transcript."""
    return _studies(page for study in studies for page in _rewritten(study.marked))


def _rewritten(marked: MarkedPage) -> list[MarkedPage]:
    lines = marked.text.split("\n")
    quotes = {" ".join(quote["text"].split()): quote for quote in marked.gold["quotes"]}
    answers = {k: quotes[words] for k, line in enumerate(lines) if (words := line.strip().lstrip("–—- ").strip()) in quotes and line.strip()[0] in "–—-"}
    if len(answers) < 4:
        return []
    asks = {}
    for k in answers:
        before = k - 1
        while before > 0 and not lines[before].strip():
            before -= 1
        if before not in answers:
            asks[before] = k
    first, last = min(asks, default=0), max(answers)
    bare = [(k, line.strip().lstrip("–—- ") if k in answers else line) for k, line in enumerate(lines)]
    tight = [(k, line) for k, line in bare if line.strip() or not first < k < last]
    host, guest = "Emil Askfors", next(iter(answers.values()))["speaker"] or ""
    labelled = [(-1, f"{guest} – {host}")]
    for k, line in tight:
        label = host if k in asks else guest if k in answers else ""
        labelled.append((k, f"{label.split()[-1].upper()}: {line}" if label else line))
    asked = [{"text": lines[k].strip(), "speaker": host} for k in asks]
    found = [_with_lines(marked, kept, []) for kept in (bare, tight)]
    return [*found, _with_lines(marked, labelled, asked)]


def _with_lines(marked: MarkedPage, kept: list[tuple[int, str]], more: list[dict[str, str]]) -> MarkedPage:
    """The page with other lines, each with the number of the line it was, and further quotations."""
    zones = ["blank" if not line.strip() else marked.gold["zones"][k] if k >= 0 else "lead" for k, line in kept]
    people = [*marked.gold["people"], *({"name": quote["speaker"]} for quote in more[:1])]
    gold = {**marked.gold, "zones": zones, "quotes": [*marked.gold["quotes"], *more], "people": people}
    return MarkedPage(marked.name + "'", "\n".join(line for _, line in kept), gold)
