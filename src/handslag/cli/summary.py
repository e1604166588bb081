"""What `handslag read` shows on the terminal: for each document who, what was agreed and promised, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from handslag.kernel.errors import UnreadableFile
from handslag.reading.output import LISTS
from handslag.reading.report import (
    Pair,
    counted,
    day_in_words,
    firmness_scale,
    label,
    locate_words,
    period_in_words,
    reason_in_words,
    sentence,
    shown,
    title_of,
    warning_in_words,
)
from handslag.reading.results import AgreementFact, CommitmentFact, EventFact, Item, PersonFact, Reading

# Counted, not listed: they are in the JSON and in the report.
_ONLY_COUNTED = ("organisations", "figures", "quotes", "signals")


def terminal_language(environment: Mapping[str, str]) -> str:
    """The language of the terminal's texts: Swedish where the locale is, else English."""
    locale = next((environment[key] for key in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(key)), "")
    return "sv" if locale.lower().startswith("sv") else "en"


def unreadable_in_words(file: UnreadableFile, language: str) -> str:
    """One line for a file that could not be read: which, and why."""
    words = sentence("about", "not_read").in_language(language)
    return f"{words}: {file.name}: {reason_in_words(file.reason).in_language(language)}"


class Summary:
    """Prints readings in one language; weak facts are counted, not shown. Nothing a document holds is taken for markup."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self._language = language

    def print_document(self, reading: Reading) -> None:
        """One document: its head, its commitments from the firmest on, agreements, people, events, and the counts."""
        document = reading.document
        self._console.print(Rule(style="cyan"))
        self._console.print(_text(title_of(reading), "bold"))
        language = label("language", document.language)
        about = " · ".join([document.path, self._say(day_in_words(reading)), self._say(language)])
        self._console.print(_text(about, "dim"))
        for notice in reading.warnings:
            self._console.print(
                _text(f"{self._say(sentence('document', 'warning'))}: {self._say(warning_in_words(notice))}", "yellow")
            )
        for key, write in (
            ("commitments", self._commitments),
            ("agreements", self._agreements),
            ("people", self._people),
            ("events", self._events),
        ):
            facts = _strong(getattr(reading, key))
            if facts:
                self._console.print()
                self._console.print(_text(self._say(sentence("sections", key)), "bold"))
                for part in write(facts):
                    self._console.print(Padding(part, (0, 0, 0, 2)))
        counts = self._counts(reading)
        if counts:
            self._console.print(Padding(_text(counts, "dim"), (1, 0, 0, 0)))
        self._console.print()

    def print_totals(self, readings: Sequence[Reading], unreadable: int) -> None:
        """One line about all documents."""
        keys = ("commitments", "agreements", "people", "events")
        parts = [counted("documents", len(readings))]
        numbers = {key: sum(_number(reading, key) for reading in readings) for key in keys}
        parts += [counted(key, number) for key, number in numbers.items() if number]
        if unreadable:
            parts.append(counted("unreadable", unreadable))
        self._console.print(Rule(style="cyan"))
        self._console.print(_text(" · ".join(map(self._say, parts)), "bold"))

    def _commitments(self, facts: Sequence[CommitmentFact]) -> Iterator[RenderableType]:
        scale = firmness_scale()
        for firmness in scale + sorted({fact.firmness for fact in facts} - set(scale)):
            group = [fact for fact in facts if fact.firmness == firmness]
            if group:
                yield _text(self._say(label("firmness", firmness).capital), "cyan")
                yield self._degree(group)

    def _degree(self, facts: Sequence[CommitmentFact]) -> Table:
        """Commitments of one firmness; who has several in a row is named once."""
        table = _columns(3, 6, 2)
        before = None
        for fact in facts:
            who = fact.who.replace(";", "; ") or self._say(sentence("fact", "unnamed"))
            when = self._period(fact.when, fact.when_text, fact.basis)
            table.add_row(_text(who if who != before else ""), self._what(fact), _text(when))
            before = who
        return table

    def _what(self, fact: CommitmentFact) -> Text:
        """What is to be done, and the words that decide how firm it is: marked where they stand in it, else after it."""
        text = _text(fact.what)
        places = locate_words(text.plain, fact.cue)
        for start, end in places:
            text.stylize("underline", start, end)
        if fact.cue and not places:
            opening, closing = ("”", "”") if self._language == "sv" else ("“", "”")
            text = Text.assemble(text, " ", _text(f"{opening}{fact.cue}{closing}", "dim"))
        if fact.condition:
            condition = self._say(sentence("fact", "condition", words=fact.condition))
            text = Text.assemble(text, " ", _text(f"({condition})", "dim"))
        return text

    def _agreements(self, facts: Sequence[AgreementFact]) -> Iterator[RenderableType]:
        table = _columns(3, 6, 2)
        for fact in facts:
            status = self._say(label("agreement_status", fact.status))
            name = _text(" ".join(filter(None, [fact.name or fact.form, f"({status})"])))
            when = self._period(fact.date, fact.date_text, fact.basis)
            table.add_row(name, _text("; ".join(fact.parties)), _text(when))
        yield table

    def _people(self, facts: Sequence[PersonFact]) -> Iterator[RenderableType]:
        table = _columns(3, 6, 2)
        for fact in facts:
            role = ", ".join(filter(None, [fact.role, fact.organisation]))
            tense = "" if fact.tense == "current" else self._say(label("tense", fact.tense))
            table.add_row(_text(fact.name), _text(role), _text(tense))
        yield table

    def _events(self, facts: Sequence[EventFact]) -> Iterator[RenderableType]:
        table = _columns(3, 6, 2)
        for fact in facts:
            status = "" if fact.status == "unknown" else self._say(label("event_status", fact.status))
            place = ", ".join(filter(None, [fact.name, fact.place]))
            table.add_row(_text(self._period(fact.date, fact.date_text, fact.basis)), _text(place), _text(status))
        yield table

    def _period(self, period: str, printed: str, basis: str) -> str:
        if not period:
            return printed
        words = self._say(period_in_words(period))
        return f"{words} ({self._say(label('basis', 'inferred'))})" if basis == "inferred" else words

    def _counts(self, reading: Reading) -> str:
        parts = [counted(key, len(facts)) for key in _ONLY_COUNTED if (facts := _strong(getattr(reading, key)))]
        weak = sum(fact.certainty == "weak" for key in LISTS for fact in getattr(reading, key))
        if weak:
            parts.append(counted("weak_hidden", weak, "fact"))
        if not parts and not any(getattr(reading, key) for key in LISTS):
            parts.append(sentence("document", "no_facts"))
        return " · ".join(map(self._say, parts))

    def _say(self, text: Pair) -> str:
        return text.in_language(self._language)


def _columns(*ratios: int) -> Table:
    table = Table.grid(padding=(0, 2), expand=True)
    for ratio in ratios:
        table.add_column(ratio=ratio, overflow="fold")
    return table


def _strong(facts: Sequence[Any]) -> list[Any]:
    return [fact for fact in facts if fact.certainty != "weak"]


def _number(reading: Reading, key: str) -> int:
    facts: list[Item] = _strong(getattr(reading, key))
    return len({getattr(fact, "person", "") or fact.id for fact in facts}) if key == "people" else len(facts)


def _text(words: str, style: str = "") -> Text:
    """Words for the terminal, in one line: what would steer it is shown as a sign."""
    return Text(shown(" ".join(words.split())), style=style)
