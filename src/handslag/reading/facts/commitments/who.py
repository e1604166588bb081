"""Who is to act: the bodies and persons among those named near a commitment who are to do what it says."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.context import SentenceContext
from handslag.reading.models import Span
from handslag.reading.names.nearness import relation, words_between
from handslag.reading.names.organisations import Organisation
from handslag.reading.names.people import Person
from handslag.reading.page import Sentence

LEAST = 0.5
LEAST_ALONE = 0.2
_WE = frozenset(("vi", "vår", "vårt", "våra", "oss", "we", "our", "ours", "us", "we'll", "we've", "we're", "i'll", "jag", "i"))


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who may be the one to act: the name, and where it is named."""

    name: str
    spans: tuple[tuple[int, int], ...]
    kind: str
    bearer: Organisation | Person


def actors_of(analysis: Analysis) -> list[Actor]:
    """The organisations that are likely ones, and the persons."""
    found = [
        Actor(o.name, tuple(analysis.spans_of(o)), o.kind, o) for o in analysis.organisations if o.certainty >= 0.4
    ]  # fmt: skip
    return found + [Actor(p.name, tuple((m.first, m.last) for m in p.mentions), "person", p) for p in analysis.people]


def actor_features(
    analysis: Analysis, sentence: Sentence, span: Span, firmness: str, actor: Actor, actors: list[Actor], context: SentenceContext
) -> list[str] | None:
    """What speaks for and against the actor being the one who is to act; None if named too far away to be it."""
    page = analysis.page
    target = (span.first, span.last)
    relations = [relation(page, place, target) for place in actor.spans]
    near = min(relations, key=lambda r: r.cost)
    standing = analysis.standing.get(id(actor.bearer), ["person"])
    if near.sentences > 3 and not ({"rank0", "rank1", "in furniture", "in address", "in headline"} & set(standing)):
        return None
    here = [place for place in actor.spans if sentence.first <= place[0] < sentence.last]
    before = [place for place in here if place[1] <= span.first]
    inside = [place for place in here if place[0] >= span.first and place[1] <= span.last]
    if before:
        where = "before"
    elif inside:
        where = "first" if inside[0][0] == span.first else "inside"
    elif here:
        where = "behind"
    else:
        where = ("up" if near.side == "after" else "down") + str(min(3, near.sentences)) + ("row" if sentence.is_row and near.sentences < 6 and page.sentences[page.sentence_of[min(near.first, len(page.sentence_of) - 1)]].block == sentence.block else "")
    found = [where, where + "&f=" + firmness, where + "&kind=" + actor.kind, "kind=" + actor.kind, "z=" + sentence.zone + "&" + where]
    found += standing + [where + "&" + item for item in standing]
    others = [a for a in actors if a is not actor and any(sentence.first <= s < sentence.last for s, _ in a.spans)]
    found.append(where + "&others" + str(min(3, len(others))))
    if here:
        rank = sum(1 for a in others if min(s for s, _ in a.spans if sentence.first <= s < sentence.last) < here[0][0])
        found += ["order" + str(min(3, rank)), where + "&order" + str(min(3, rank))]
        found.append(where + "&d" + str(min(5, near.tokens // 2)))
        if where == "before":
            found.append("between=" + words_between(page, near, 3))
        previous = page.tokens[here[0][0] - 1].form.lower() if here[0][0] > sentence.first else "^"
        found += [where + "&after=" + previous, "f=" + firmness + "&after=" + previous]
    else:
        found.append("somebody here" if others else "nobody here")
        found.append(where + ("&somebody" if others else "&nobody"))
    voice = analysis.voice_at(page.tokens[span.first].start)
    if voice is not None:
        found.append("quoted")
        if voice.organisation and voice.organisation == actor.name:
            found += ["speaker's", "speaker's&" + where, "speaker's&f=" + firmness]
            if any(word in _WE for word in context.words):
                found.append("speaker's&we")
        elif voice.speaker and voice.speaker == actor.name:
            found += ["speaker", "speaker&" + where]
            if any(word in ("jag", "i", "i'll") for word in context.words):
                found.append("speaker&i")
        elif voice.organisation:
            found.append("another's")
    if any(word in _WE for word in context.words):
        found += ["we", "we&" + where, *("we&" + item for item in standing)]
    return found


def choose_actors(
    analysis: Analysis, sentence: Sentence, span: Span, firmness: str, actors: list[Actor], context: SentenceContext
) -> list[tuple[Actor, float]]:
    """Those who are to act, in text order, each with its probability; empty if nobody is likely enough."""
    judge = analysis.models.judge("commitments-who")
    scored = []
    for actor in actors:
        features = actor_features(analysis, sentence, span, firmness, actor, actors, context)
        if features is not None:
            scored.append((actor, judge.probability(features)))
    chosen = [item for item in scored if item[1] >= LEAST]
    if not chosen and scored:
        best = max(scored, key=lambda item: item[1])
        chosen = [best] if best[1] >= LEAST_ALONE else []
    return sorted(chosen, key=lambda item: item[0].spans[0])
