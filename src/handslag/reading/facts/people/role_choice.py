"""Which phrase is a person's role: every phrase near the person is weighed against the others, and against there being none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handslag.reading.analysis import Analysis
from handslag.reading.facts.people.nearby import Near, nearest, way_features
from handslag.reading.facts.people.reach import FURTHEST, FURTHEST_TOKENS, PeopleAround
from handslag.reading.facts.people.roles import RolePhrase
from handslag.reading.facts.people.sketch import Sketch, tense_words
from handslag.reading.names.people import Person
from handslag.reading.names.person_features import is_role_word

MOST = 10
# a role is told if it is at least so many times as likely as none: set by cross-validation for the best F1
LEAST_ROLE = 1.3


class RoleOption(NamedTuple):
    """A phrase that may be the person's role, None for no role, with the features to weigh it by."""

    phrase: RolePhrase | None
    near: Near | None
    features: list[str]


def role_options(sketch: Sketch, analysis: Analysis, phrases: Sequence[RolePhrase]) -> list[list[RoleOption]]:
    """For each person of the page the options for a role, the first being that none is told."""
    page = analysis.page
    people = analysis.people
    near: list[list[tuple[RolePhrase, Near, list[int]]]] = [[] for _ in people]
    around = PeopleAround(page, people)
    for phrase in phrases:
        analysis.deadline.check()
        span = (phrase.first, phrase.last)
        rows = {number: nearest(page, people[number].mentions, span) for number in around.of(span)}
        lowest = sorted(row.cost for row in rows.values())[:2]
        for number, near_by in rows.items():
            near[number].append((phrase, near_by, lowest))
    layout = name_lines(sketch)
    found = []
    for person, row in zip(people, near, strict=True):
        analysis.deadline.check()
        reached = [
            (near_by.cost, phrase, near_by, low) for phrase, near_by, low in row
            if near_by.relation.sentences <= FURTHEST or near_by.relation.tokens <= FURTHEST_TOKENS
        ]  # fmt: skip
        reached.sort(key=lambda item: item[0])
        del reached[MOST:]
        options = [RoleOption(None, None, _none_features(sketch, person, reached[0][0] if reached else 99))]
        for rank, (cost, phrase, near_by, low) in enumerate(reached):
            features = _features(sketch, analysis, person, phrase, near_by, rank)
            where = features[0]
            claim = (
                "mine"
                if cost == low[0] and (len(low) < 2 or low[1] > cost)
                else "shared"
                if cost == low[0]
                else "other's"
            )
            features += ["claim " + claim, "claim " + claim + " " + where]
            line = layout.get(page.sentence_of[near_by.mention.first])
            if line:
                features.append("layout " + line + " " + where)
            options.append(RoleOption(phrase, near_by, features))
        found.append(options)
    return found


def name_lines(sketch: Sketch) -> dict[int, str]:
    """Sentence number of each name that has a line for itself → whether the run of short lines that it is in begins with a name
    ("under": what belongs to the name stands under it) or with a role ("over").
    """
    page = sketch.page
    found: dict[int, str] = {}
    run: list[int] = []
    for number in range(len(page.sentences) + 1):
        sentence = page.sentences[number] if number < len(page.sentences) else None
        if sentence is not None and sentence.last - sentence.first <= 9 and not sentence.is_row:
            run.append(number)
            continue
        kinds = [_line_kind(sketch, n) for n in run]
        names = [n for n, kind in zip(run, kinds, strict=True) if kind == "name"]
        if names:
            start = next(kind for kind in kinds if kind)
            end = next(kind for kind in reversed(kinds) if kind)
            word = {
                ("name", "name"): "names",
                ("name", "role"): "under",
                ("role", "name"): "over",
                ("role", "role"): "roles",
            }[start, end]
            found.update(dict.fromkeys(names, word))
        run = []
    return found


def _line_kind(sketch: Sketch, number: int) -> str:
    """Gives "name" for a line that is a person's name, "role" for one with a role word, "" for others."""
    sentence = sketch.page.sentences[number]
    symbols = [symbol for symbol in sketch.symbols[sentence.first : sentence.last] if symbol]
    if symbols[:1] == ["P"] and (len(symbols) == 1 or symbols[1] in (",", "(", "–", "|")):
        return "name"
    return "role" if "r" in symbols and "P" not in symbols else ""


def _features(
    sketch: Sketch, analysis: Analysis, person: Person, phrase: RolePhrase, near: Near, rank: int
) -> list[str]:
    page = analysis.page
    mention, found = near.mention, near.relation
    first, last = phrase.first, phrase.last
    sentence = page.sentences[page.sentence_of[first]]
    features = way_features(sketch, found, mention, (first, last))
    where = features[0]
    source = phrase.source + (
        str(sum(phrase.probability >= step for step in (0.3, 0.6, 0.85, 0.97))) if phrase.source == "tag" else ""
    )
    features += ["src=" + source, "src=" + phrase.source + " " + where]
    words = [token.form for token in page.tokens[first:last]]
    heads = [word for word in words if is_role_word(word)]
    head = (heads[0] if len(words) > 1 and words[0] == heads[0] else heads[-1]) if heads else words[-1]
    low = head.lower()
    features += ["h=" + low[-5:], "heads" + str(min(2, len(heads))), "n" + str(min(6, len(words)))]
    features.append("heads" + str(min(1, len(heads))) + " src=" + phrase.source)
    features += _complement(sketch, phrase, head)
    features.append(
        "w0="
        + sketch.symbols[first]
        + (" cap" if words[0][0].isupper() else "")
        + (" mid" if first > sentence.first else "")
    )
    features.append("w-1=" + sketch.symbols[last - 1])
    before = sketch.side(first - 1) if first > sentence.first else "^"
    after = sketch.side(last) if last < sentence.last else "$"
    features += ["<" + before, ">" + after, "<" + before + " " + where, ">" + after + " " + where]
    if before == "^" and after == "$":
        features += ["alone", "alone " + where]
    if first - 2 >= sentence.first:
        features.append("<<" + sketch.side(first - 2) + " " + before)
    tense = next(
        (
            t
            for t in (
                tense_words().get(page.tokens[i].form.lower()) for i in range(max(sentence.first, first - 3), first)
            )
            if t
        ),
        "",
    )
    if tense and tense != "current":
        features.append("tense " + tense)
    name = page.sentences[page.sentence_of[mention.first]]
    if name.last - name.first == mention.last - mention.first:
        features.append("name alone " + where)
    if mention is person.mentions[0]:
        features.append("first mention")
    features += [
        "order" + str(min(3, rank)),
        "z=" + sentence.zone,
        "z=" + sentence.zone + where,
        "lang=" + page.language,
    ]
    return features


def _complement(sketch: Sketch, phrase: RolePhrase, head: str) -> list[str]:
    """Features of what stands behind the head inside the phrase: the joining word and whether capitals follow it."""
    tokens = sketch.page.tokens
    place = next((i for i in range(phrase.first, phrase.last) if tokens[i].form == head), phrase.first) + 1
    if place >= phrase.last:
        following = sketch.side(phrase.last)
        beyond = sketch.side(phrase.last + 1)
        return ["no complement", "no complement >" + following + " " + beyond[:1]]
    joint = sketch.symbols[place]
    rest = tokens[place + 1 : phrase.last]
    shape = "cap" if any(token.form[0].isupper() for token in rest) else "low" if rest else "end"
    case = "Cap" if head[0].isupper() else "low"
    return [
        "complement " + joint + " " + case + " " + shape,
        "complement " + shape,
        "complement n" + str(min(5, len(rest))),
    ]


def _none_features(sketch: Sketch, person: Person, nearest_cost: int) -> list[str]:
    page = sketch.page
    mention = person.mentions[0]
    sentence = page.sentences[page.sentence_of[mention.first]]
    before = sketch.side(mention.first - 1) if mention.first > sentence.first else "^"
    after = sketch.side(mention.last) if mention.last < sentence.last else "$"
    features = ["none", "none z=" + sentence.zone, "none <" + before, "none >" + after, "none lang=" + page.language]
    features.append("none n" + str(min(3, len(person.mentions))))
    if len(person.name.split()) == 1:
        features.append("none single")
    features.append("none d" + str(sum(nearest_cost >= step for step in (1, 2, 4, 8, 16, 32, 64))))
    if before == "^" and after == "$":
        features.append("none alone")
    if any(
        page.tokens[i].form.lower() in ("foto", "photo", "bild", "av", "by", "text", "fotograf")
        for i in range(max(sentence.first, mention.first - 2), mention.first)
    ):
        features.append("none maker")
    return features


def chosen_role(options: Sequence[RoleOption], probabilities: Sequence[float]) -> tuple[RolePhrase | None, float]:
    """The likeliest role and its probability; phrases that overlap count together against the others, then the best of them is taken."""
    groups: list[tuple[float, list[int]]] = []
    order = sorted(range(1, len(options)), key=lambda k: -probabilities[k])
    for k in order:
        phrase = options[k].phrase
        assert phrase is not None
        for number, (total, members) in enumerate(groups):
            lead = options[members[0]].phrase
            assert lead is not None
            if phrase.first < lead.last and lead.first < phrase.last:
                members.append(k)
                groups[number] = (total + probabilities[k], members)
                break
        else:
            groups.append((probabilities[k], [k]))
    if not groups:
        return None, probabilities[0]
    total, members = max(groups, key=lambda group: group[0])
    return (options[members[0]].phrase, total) if total > LEAST_ROLE * probabilities[0] else (None, probabilities[0])
