"""Whether a person holds a post, has held it, takes it up or leaves it: the words of coming and going around name and role."""

from __future__ import annotations

from handslag.reading.analysis import Analysis
from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.facts.people.sketch import tense_words
from handslag.reading.names.people import Person
from handslag.reading.page import Page


def tense_features(analysis: Analysis, person: Person, role: RolePhrase | None) -> list[str]:
    """Features of the tense in which the person is told to hold the role."""
    page = analysis.page
    words = tense_words()
    found = ["lang=" + page.language, "role" if role is not None else "no role"]
    numbers = dict.fromkeys(page.sentence_of[m.first] for m in person.mentions[:3])
    if role is not None:
        numbers[page.sentence_of[role.first]] = None
        sentence = page.sentences[page.sentence_of[role.first]]
        for k in range(1, 5):
            i = role.first - k
            if i >= sentence.first:
                low = page.tokens[i].form.lower()
                if k < 3:
                    found.append("<R" + str(k) + low)
                if low in words:
                    found.append("<R " + words[low])
        if role.source == "post":
            found.append("post")
        if role.last < sentence.last:
            low = page.tokens[role.last].form.lower()
            found.append(">R " + low)
            if low in words:
                found.append("R> " + words[low])
        found += [
            "in R " + words[low]
            for low in (page.tokens[i].form.lower() for i in range(role.first, role.last))
            if low in words
        ]
        found += ["above:" + word for word in _above(page, page.sentence_of[role.first])]
    counts: dict[str, None] = {}
    for number in numbers:
        sentence = page.sentences[number]
        for i in range(sentence.first, min(sentence.last, sentence.first + 60)):
            tense = words.get(page.tokens[i].form.lower())
            if tense:
                counts[tense] = None
    found += ["some " + tense for tense in counts] or ["no sign"]
    for mention in person.mentions[:2]:
        sentence = page.sentences[page.sentence_of[mention.first]]
        for name, low_end, high_end in (
            ("b:", max(sentence.first, mention.first - 4), mention.first), ("a:", mention.last, min(sentence.last, mention.last + 4)),
        ):  # fmt: skip
            lows = [page.tokens[i].form.lower() for i in range(low_end, high_end)]
            found += [name + words[low] for low in lows if low in words]
            found += [name + low for low in lows]
        found.append("z=" + sentence.zone)
    return found


def _above(page: Page, number: int) -> list[str]:
    """The words of the nearest short line above that ends in a colon or is a heading, as "NEW ON THE TEAM" or "To:"."""
    for back in range(number, max(-1, number - 6), -1):
        sentence = page.sentences[back]
        if sentence.last - sentence.first <= 6 and (back < number or page.tokens[sentence.first].form[0].isupper()):
            first = page.tokens[sentence.first].form.lower()
            colon = any(page.tokens[i].form == ":" for i in range(sentence.first, sentence.last))
            if colon or sentence.zone == "headline":
                return [
                    first,
                    *(tense_words().get(page.tokens[i].form.lower(), "") for i in range(sentence.first, sentence.last)),
                ]
    return []
