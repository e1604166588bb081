"""One document's share of the report: what all its facts have in common on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handslag.kernel.markup import Html, join, tag
from handslag.kernel.passages import Passage
from handslag.reading.report.canvas import Canvas, quoted
from handslag.reading.report.passages import LineIndex, locate_words, surroundings
from handslag.reading.report.text_pane import passage_id
from handslag.reading.report.wording import Pair, integer, joined, label, same, sentence
from handslag.reading.results import Item, Reading

# So many lines are named one by one; of an organisation that is mentioned fifty times the rest is counted.
MOST_LINES_NAMED = 4
# What is said in these zones is somebody else's news inside the page: told with every fact.
TOLD_ZONES = frozenset({"teaser", "feed", "member_news", "caption"})


@dataclass(frozen=True, slots=True)
class Chapter:
    """A document in the report: `prefix` sets its addresses in the page apart from those of the others."""

    canvas: Canvas
    reading: Reading
    prefix: str
    lines: LineIndex
    agreements: dict[str, str]
    """What each agreement is called, by its id."""

    @property
    def language(self) -> str:
        return self.reading.document.language

    def words(self, text: str, element: str = "span", class_: str | None = None) -> Html:
        """Words of the document."""
        return quoted(text, self.language, element, class_)

    def names(self, names: str, class_: str = "name") -> Html:
        """Several names, joined with ";" in the format, set apart by a middle dot."""
        return join([self.words(name, class_=class_) for name in names.split(";") if name], Html(" <i>·</i> "))

    def fact(
        self, fact: Item, *claim: Html | None, proof: Html | None = None, class_: str = "", notes: tuple[Pair, ...] = ()
    ) -> Html:
        """One fact as a list item: what it says, the words that say so, and its foot."""
        weak = " weak" if fact.certainty == "weak" else ""
        return tag(
            "li",
            tag("div", *claim, class_="claim"),
            tag("div", proof, class_="proof") if proof else None,
            self.foot(fact, notes),
            class_=f"fact {class_}{weak}".replace("  ", " "),
            id=self.address(fact),
        )

    def address(self, fact: Item) -> str:
        return f"{self.prefix}-{fact.id}"

    def foot(self, fact: Item, notes: tuple[Pair, ...] = ()) -> Html:
        """Where the fact stands in the text, how certain it is, and what else is to be said of it."""
        parts = [self.link(fact)]
        if fact.zone in TOLD_ZONES:
            parts.append(self.canvas.words(label("zone", fact.zone)))
        parts.append(self.canvas.words(label("certainty", fact.certainty)))
        parts += [self.canvas.words(note) for note in notes]
        return tag("p", join(parts, Html(" <i>·</i> ")), class_="foot")

    def link(self, fact: Item) -> Html | None:
        """The line of the deciding passage, as a link to it; further lines are named beside it."""
        if not fact.evidence:
            return None
        numbers = self.lines.numbers(fact)
        first = ", ".join(map(str, numbers[:MOST_LINES_NAMED]))
        text = sentence("fact", "line" if len(numbers) == 1 else "lines", n=first)
        if len(numbers) > MOST_LINES_NAMED:
            text = sentence("fact", "more_lines", lines=text, n=integer(len(numbers) - MOST_LINES_NAMED))
        return self.canvas.say(text, "a", class_="at", href=f"#{passage_id(self.prefix, fact.evidence[0].start)}")

    def passages(self, fact: Item, seen: str, most: int | None = None) -> Html:
        """The fact's passages, each with a little of its line; `seen` tells on which media they are shown."""
        return join(self.passage(passage, seen) for passage in fact.evidence[:most])

    def passage(self, passage: Passage, seen: str, cues: Sequence[str] = ()) -> Html:
        """One passage with a little of its line, its deciding words marked."""
        around = surroundings(self.reading.text, passage)
        quote = self.quote(passage.quote, cues)
        inside = quote if len(passage.quote) == sum(map(len, around)) else tag("b", quote)
        return tag("p", around.before, inside, around.after, class_=f"words {seen}", lang=self.language or None)

    def quote(self, quote: str, cues: Sequence[str]) -> Html:
        """The words of a passage, the deciding ones marked."""
        parts: list[str | Html] = []
        at = 0
        for start, end in sorted({place for cue in cues for place in locate_words(quote, cue)}):
            if start >= at:
                parts += [quote[at:start], tag("em", quote[start:end], class_="cue")]
                at = end
        return join([*parts, quote[at:]])


def dated(period: Pair, text: str, basis: str) -> Pair:
    """A date with its printed words where it is inferred from them: "3 februari 2027 (härlett, i texten ”3 feb”)"."""
    if basis != "inferred":
        return period
    remarks = [label("basis", "inferred")]
    if text:
        remarks.append(sentence("fact", "as_printed", text=same(text)))
    inside = joined(remarks, ", ")
    return Pair(f"{period.sv} ({inside.sv})", f"{period.en} ({inside.en})")
