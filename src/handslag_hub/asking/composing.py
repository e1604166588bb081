"""What a letter says: the party's own words, when they are due, where to answer. In the party's language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from handslag.kernel.periods import is_period
from handslag.language.sentences import sentence_ends
from handslag.language.tokens import tokens_of
from handslag_hub.design.words import period_words

# Where the address is to stand, in either language.
MARKS = ("[address]", "[adress]")
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
_BETWEEN = re.compile(r"(\n[ \t]*\n)")
# How a letter begins what it tells of a commitment, in both languages.
_NUMBERED = re.compile(r"\s*\d+\. [“”\"]")
# So many characters of its sentence may stand around a passage.
_MOST_AROUND = 400


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a party said: the very passage, where it stands, on which day, and when it is due."""

    quote: str
    source: str
    said_on: date | None
    due: str


def day_words(day: date) -> str:
    """A day as people write it, in the language that is set."""
    return due_words(day.isoformat())


def due_words(due: str) -> str:
    """When something is due, as people write it; what is no period stands as it was printed."""
    # With plain spaces: letters are edited, and nobody sees a hard one.
    return period_words(due).replace("\u00a0", " ") if is_period(due) else due


def sentence_around(text: str, start: int, end: int) -> str:
    """The words of the page from the beginning of the sentence that a passage begins in to the end of the one it ends in.

    A passage may be a clause that only its sentence makes a promise ("underteckna det"). The passage alone where that would be long.
    """
    first = max((match.end() for match in _BLANK_LINES.finditer(text, 0, start)), default=0)
    after = _BLANK_LINES.search(text, end)
    tokens = tokens_of(text, first, after.start() if after else len(text))
    begin = 0
    for stop in sentence_ends(tokens, 0, len(tokens)):
        if tokens[stop - 1].end >= end:
            said = text[min(tokens[begin].start, start) : tokens[stop - 1].end]
            return said if len(said) <= end - start + _MOST_AROUND else text[start:end]
        if tokens[stop - 1].end <= start:
            begin = stop
    return text[start:end]


def language_of(languages: Iterable[str], otherwise: str) -> str:
    """The language of most of these words, Swedish or English; `otherwise` where neither is ahead."""
    counts = Counter(language[:2] for language in languages)
    if counts["sv"] == counts["en"]:
        return otherwise
    return "sv" if counts["sv"] > counts["en"] else "en"


def compose(language: str, *, party: str, name: str, words: Sequence[OwnWords], answer_by: date, works_until: date, writer: str, reminds: date | None = None) -> tuple[str, str]:  # fmt: skip
    """(Subject, text) of a letter. `reminds` is the day of the letter that it reminds of."""
    with translation.override(language):
        subject = _("A question about what %(party)s has said") % {"party": " ".join(party.split())}
        if reminds:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        parts = [_("To %(name)s") % {"name": name or party}]
        if reminds:
            parts.append(_("On %(day)s we asked you about the following, and have not heard from you about it yet.") % {"day": day_words(reminds)})  # fmt: skip
        told = {"party": party}
        parts.append(_("%(party)s has said what follows. We would like to know how it stands today.") % told)
        parts += [f"{number}. {_own_words(one)}" for number, one in enumerate(words, 1)]
        days = {"day": day_words(answer_by), "last": day_words(works_until), "mark": _("[address]")}
        parts.append(
            _("Please answer by %(day)s at this private address, which works until %(last)s:\n\n%(mark)s") % days
        )
        parts.append(_("You may answer in part, and come back. Nobody needs to log in. A person reads each answer before it is kept. Whoever has the address can answer, so pass it on with care."))  # fmt: skip
        parts.append(_("Kind regards\n%(writer)s") % {"writer": writer})
        return subject[:200], "\n\n".join(parts) + "\n"


def _own_words(one: OwnWords) -> str:
    lines = [_("“%(quote)s”") % {"quote": " ".join(one.quote.split())}]
    where = ", ".join(part for part in (one.source, day_words(one.said_on) if one.said_on else "") if part)
    if where:
        lines.append(f"   ({where})")
    due = _("Due: %(due)s") % {"due": due_words(one.due)} if one.due else _("No day was given for it.")
    return "\n".join([*lines, f"   {due}"])


def has_place(body: str) -> bool:
    """True if the text says where the address is to stand."""
    return any(mark in body for mark in MARKS)


def with_address(body: str, address: str) -> str:
    """The text with the address in its place."""
    for mark in MARKS:
        body = body.replace(mark, address)
    return body


def with_other_days(body: str, language: str, days: Iterable[tuple[date, date]], *, but: Iterable[str] = ()) -> str:
    """The text with days that changed, wherever they stand as they were composed; not in what the party said (`but`) nor what is told of it."""
    with translation.override(language):
        pairs = [(day_words(before), day_words(after)) for before, after in days]
    quotes = [" ".join(quote.split()) for quote in but]
    parts = _BETWEEN.split(body)
    for place in range(0, len(parts), 2):
        if not _NUMBERED.match(parts[place]) and not any(quote in " ".join(parts[place].split()) for quote in quotes):
            parts[place] = _with_days(parts[place], pairs)
    return "".join(parts)


def _with_days(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    # By way of marks that no text has: a day may take the place of the other.
    for number, (before, _after) in enumerate(pairs):
        text = text.replace(before, f"\ue000{number}\ue001")
    for number, (_before, after) in enumerate(pairs):
        text = text.replace(f"\ue000{number}\ue001", after)
    return text
