"""What speaks for and against a body being a party to the agreement that a sentence tells of."""

from __future__ import annotations

from functools import lru_cache

from handslag.reading.facts.agreements.tellings import NEAR_SENTENCES, Party, Table, Telling, sentence_of
from handslag.reading.facts.agreements.words import agreement_classes, form_of
from handslag.reading.facts.organisations import bucket

_DISTANCES = (1, 2, 3, 4, 6, 9, 14, 22)


def parties_near(table: Table, telling: Telling) -> list[Party]:
    """The parties named around the telling, and those that the page seems to be of."""
    last = len(table.page.sentences)
    near = [
        party for number in range(max(0, telling.sentence - NEAR_SENTENCES), min(last, telling.sentence + NEAR_SENTENCES + 1))
        for party in table.parties_of_sentence.get(number, ())
    ]  # fmt: skip
    near += [
        party
        for party in table.parties
        if "rank0" in party.standing or "in furniture" in party.standing or "early" in party.standing
    ]
    return list(dict.fromkeys(near))


@lru_cache(maxsize=20_000)
def _told(form: str) -> tuple[str, ...]:
    return tuple(name for name in agreement_classes(form) if name.startswith("status"))


def party_features(table: Table, telling: Telling, party: Party) -> list[str]:
    """Features of a body for an agreement."""
    page = table.page
    sentence = sentence_of(page, telling)
    span = min(party.spans, key=lambda s: (abs(page.sentence_of[s[0]] - telling.sentence), abs(s[0] - telling.trigger)))
    away = page.sentence_of[span[0]] - telling.sentence
    where = "=" if away == 0 else ("+" if away > 0 else "-") + str(min(5, abs(away)))
    kind = "kind=" + party.kind
    found = [
        "at " + where,
        kind,
        kind + "&at " + where,
        "c" + bucket(party.certainty),
        "strength" + str(telling.strength) + "&at " + where,
    ]
    found += party.standing
    found += [item + "&at " + where for item in party.standing]
    found.append("z=" + sentence.zone + "&at " + where)
    if telling.sentence in table.spoken:
        found += ["spoken&at " + where, *("spoken&" + item for item in party.standing)]
    inside = table.parties_of_sentence.get(telling.sentence, ())
    found.append("inside" + str(min(4, len(inside))) + "&at " + where)
    if party.kind == "country":
        found.append("countries" + str(min(3, sum(other.kind == "country" for other in inside))))
    if len(table.parties) <= 2:
        found.append("only two")
    if table.header is not None:
        role = (
            "header party"
            if "header party" in party.standing
            else "no header party"
            if table.header.parties
            else "no header"
        )
        found += [
            "formal",
            "formal&at " + where,
            "formal&" + role,
            "title&" + role if telling.is_title else "clause&" + role,
        ]
    if away == 0:
        found += _within(table, telling, span)
    else:
        found += _beside(table, telling, party, away)
    later = any(page.sentence_of[s[0]] > telling.sentence for s in party.spans)
    found.append(("named later" if later else "not later") + "&at " + where)
    found.append("times" + str(min(4, len(party.spans))))
    return found


def _within(table: Table, telling: Telling, span: tuple[int, int]) -> list[str]:
    """The way from the word of the agreement to the body in the same sentence."""
    page = table.page
    tokens = page.tokens
    sentence = sentence_of(page, telling)
    if span[0] > telling.trigger:
        side, start, stop = "after", telling.trigger + 1, span[0]
    else:
        side, start, stop = "before", span[1], telling.trigger
    found = [side, side + "&d" + str(sum(stop - start >= step for step in _DISTANCES))]
    before = tokens[span[0] - 1].form.lower() if span[0] > sentence.first else "^"
    after = tokens[span[1]].form.lower() if span[1] < sentence.last else "$"
    found += [
        side + "&before=" + before,
        "before=" + before,
        side + "&next=" + after,
        "next=" + after,
        before + "_" + after,
    ]
    if stop - start <= 3:
        found.append(side + "&w=" + " ".join(tokens[i].form.lower() for i in range(start, max(start, stop))))
    found += sorted({side + "&b=" + name for i in range(start, max(start, stop)) for name in _told(tokens[i].form)})
    order = sum(
        1
        for other in table.parties_of_sentence.get(telling.sentence, ())
        for s in other.spans
        if sentence.first <= s[0] < span[0]
    )
    found.append("order" + str(min(4, order)))
    # who joins: the words before the nearest "med", "mellan", "with", "between" decide
    for i in range(span[0] - 1, max(sentence.first, span[0] - 7) - 1, -1):
        low = tokens[i].form.lower()
        if low in (
            "med",
            "mellan",
            "with",
            "between",
            "till",
            "to",
            "av",
            "by",
            "från",
            "from",
            "hos",
            "at",
            "för",
            "for",
            "of",
        ):
            found += ["led by " + low, side + "&led by " + low]
            break
    return found


def _beside(table: Table, telling: Telling, party: Party, away: int) -> list[str]:
    """What another sentence shows of a body: whether it is the subject there, and whether anybody stands in the telling itself."""
    page = table.page
    inside = table.parties_of_sentence.get(telling.sentence, ())
    found = [("away+" if away > 0 else "away-") + "&inside" + str(min(2, len(inside)))]
    number = telling.sentence + away
    if 0 <= number < len(page.sentences):
        other = page.sentences[number]
        first = next((s for s in party.spans if other.first <= s[0] < other.last), None)
        if first is not None:
            found.append("there" + str(min(3, first[0] - other.first)))
            found.append("z there=" + other.zone)
            before = page.tokens[first[0] - 1].form.lower() if first[0] > other.first else "^"
            found.append("there before=" + before)
            if any(form_of(page.tokens[i].form) for i in range(other.first, other.last)):
                found.append("there too an agreement")
    return found
