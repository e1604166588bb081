"""The overview as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from handslag.partnering.report.overview import Overview
from handslag.partnering.wording import percent, sentence

# Of a long list so many are named.
NAMED = 5


def overview_lines(overview: Overview, language: str) -> Iterator[str]:
    """A handful of lines, in Swedish or English."""

    def say(key: str, **values: object) -> str:
        return sentence("report", key, values, language)

    def count(value: int) -> str:
        return grouped(value, language)

    yield say("placed", placed=count(overview.placed), requested=count(overview.requested), value=count(overview.value), of=count(overview.value_of_all))  # fmt: skip
    if overview.proof is not None:
        yield say("proof", bound=count(overview.proof.bound), gap=percent(overview.proof.gap, 3, language))
    if overview.causes:
        yield say("causes", causes=[f"{count(times)} {cause}" for cause, times in overview.causes[:NAMED]])
    if overview.full:
        names = [f"{one.person} ({one.left_out})" for one in overview.full[:NAMED]]
        yield say("full", n=count(len(overview.full)), people=names)
    if overview.under_used:
        yield say("under_used", n=len(overview.under_used), slots=[one.slot for one in overview.under_used])
    for one in overview.sizes:
        yield say("size", size=size_words(one.least, one.most, language), n=count(one.organisations), wanted=count(one.wanted),
            share=percent(one.placed / one.wanted if one.wanted else 1.0, 1, language))  # fmt: skip


def size_words(least: int, most: int | None, language: str) -> str:
    """A class of organisations: "1 person", "2–3 people", "8 people or more"."""
    if most is None:
        return sentence("report", "size_or_more", {"least": least}, language)
    if most == 1:
        return sentence("report", "size_one", {}, language)
    return sentence("report", "size_between", {"least": least, "most": most}, language)


def grouped(value: int, language: str) -> str:
    """A number with its thousands set apart: 33,107 in English, 33 107 in Swedish."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}") if language == "sv" else f"{value:,}"
