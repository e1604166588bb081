"""How a page presents a person who is told without a body: as its maker, as whom to ask, as who signs, as "the director" of the story."""

from __future__ import annotations

from functools import cache

from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.facts.people.sketch import Sketch
from handslag.reading.names.tagger import Mention
from handslag.vocabulary.load import vocabulary

# how many sentences above a name a heading may stand that tells what the names below it are
REACH = 6
LONGEST_HEADING = 8


@cache
def _calls() -> dict[str, str]:
    """Lower-case word → the sort of presentation it opens."""
    return {str(word): call for call, words in vocabulary("roles")["calls"].items() for word in words}


def call_of(sketch: Sketch, anchor: Mention, role: RolePhrase | None) -> str:
    """The sort of presentation, by the words before the name, the heading above it, or the role's definite form; "" if none."""
    page = sketch.page
    number = page.sentence_of[anchor.first]
    sentence = page.sentences[number]
    for i in range(anchor.first - 1, max(sentence.first, anchor.first - 5) - 1, -1):
        call = _calls().get(page.tokens[i].form.lower())
        if call and (i == sentence.first or page.tokens[i + 1].form == ":"):
            return call
    if sentence.first == anchor.first or sentence.last - sentence.first < LONGEST_HEADING:
        above = _heading_above(sketch, number)
        if above:
            return above
    return _definite(sketch, role) if role is not None else ""


def _heading_above(sketch: Sketch, number: int) -> str:
    """What the nearest short line above without a name in it says that the lines below are."""
    page = sketch.page
    for back in range(number - 1, max(-1, number - 1 - REACH), -1):
        sentence = page.sentences[back]
        if sentence.last - sentence.first > LONGEST_HEADING:
            break
        for i in range(sentence.first, sentence.last):
            call = _calls().get(page.tokens[i].form.lower())
            if call:
                return call
    return ""


def _definite(sketch: Sketch, role: RolePhrase) -> str:
    """Gives "the one" for a role told as known ("platschefen", "the site manager"), "says one" for a bare role in lower case."""
    page = sketch.page
    first = page.tokens[role.first].form
    before = page.tokens[role.first - 1].form.lower() if role.first else ""
    if before == "the" or (page.language == "sv" and page.tokens[role.last - 1].form.endswith(("en", "aren", "n:n", "ören"))):
        return "the one"
    return "a bare one" if first[0].islower() and before in (",", "says", "said", "säger", "enligt") else ""
