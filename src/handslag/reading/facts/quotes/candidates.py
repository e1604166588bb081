"""Every stretch of a page that may be a quotation, and what speaks for and against it."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.language.speech import speech_words
from handslag.reading.facts.quotes.dashes import Dashed, dashed_stretches
from handslag.reading.facts.quotes.marks import marked_stretches
from handslag.reading.facts.quotes.people import is_role_word
from handslag.reading.facts.quotes.scene import DASHES, MARKS, Paragraph, Scene
from handslag.reading.facts.quotes.turns import Turn, turns_of


@dataclass(slots=True)
class Candidate:
    """Tokens `[first, last)` that may be a quotation; `[outer_first, outer_last)` is the same with its marks."""

    first: int
    last: int
    how: str
    paragraph: Paragraph
    dashed: Dashed | None = None
    turn: Turn | None = None
    is_closed: bool = True
    inside: bool = False

    @property
    def outer_first(self) -> int:
        return self.first - 1 if self.how == "marks" else self.first

    @property
    def outer_last(self) -> int:
        return self.last + 1 if self.how == "marks" and self.is_closed else self.last


def candidates_of(scene: Scene) -> list[Candidate]:
    """The candidates of a page in reading order; one inside another comes after it and says so."""
    turns = [Candidate(t.first, t.last, t.kind, t.paragraph, turn=t) for t in turns_of(scene)]
    return _ordered(marked_candidates(scene) + turns)


def marked_candidates(scene: Scene) -> list[Candidate]:
    """The candidates that quotation marks and dashes show, in reading order; no trained part is needed for them."""
    found = [
        Candidate(m.first, m.last, "marks", scene.paragraph_at(m.first), is_closed=m.is_closed)
        for m in marked_stretches(scene)
    ]
    found += [Candidate(d.first, d.last, "dash " + d.part, d.paragraph, dashed=d) for d in dashed_stretches(scene)]
    return _ordered([c for c in found if c.paragraph.zone != "furniture"])


def _ordered(found: list[Candidate]) -> list[Candidate]:
    reach = -1
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda c: (c.first, -c.last)):
        # the whole paragraph may be one marked stretch after a dash or a label: the inner one is the same thing
        if kept and kept[-1].how != "marks" and candidate.how == "marks" and _fills(kept[-1], candidate):
            kept.pop()
            reach = -1
        candidate.inside = candidate.first < reach
        reach = max(reach, candidate.last)
        kept.append(candidate)
    return kept


def _fills(outer: Candidate, inner: Candidate) -> bool:
    """True if nothing but marks and a full stop of the outer candidate is outside the inner one."""
    return outer.first >= inner.outer_first - 1 and outer.last <= inner.outer_last + 1


def quote_features(scene: Scene, candidate: Candidate) -> list[str]:
    """What a judge reads to tell a quotation from a name, a term, a list's item or plain text."""
    how = candidate.how.split()[0]
    found = ["how=" + candidate.how]
    inner = _inner_features(scene, candidate)
    found += [f"{how} {feature}" for feature in inner]
    if candidate.turn:
        # the tagger of turns has weighed the rest; a turn's zone is mostly chance
        share = _bucket(candidate.turn.share, (0.4, 0.6, 0.8, 0.9, 0.97))
        return [*found, "turn share" + share, f"{how} share{share}"]
    found += inner
    found.append(how + " z=" + candidate.paragraph.zone)
    if candidate.inside:
        found.append("inside")
    return found + (_marked_features(scene, candidate) if how == "marks" else _dash_features(scene, candidate))


def _bucket(value: float, steps: tuple[float, ...]) -> str:
    return str(sum(value >= step for step in steps))


def _inner_features(scene: Scene, candidate: Candidate) -> list[str]:
    tokens, low = scene.page.tokens, scene.low
    first, last = candidate.first, candidate.last
    words = [i for i in range(first, last) if tokens[i].form[0].isalnum()]
    found = ["words" + _bucket(len(words), (2, 3, 5, 8, 12, 20))]
    ending = tokens[last - 1].form
    found.append("ends" + (ending if ending in ".,?!…:" else "x"))
    if not words:
        return [*found, "no words"]
    found.append(
        "starts " + ("U" if tokens[words[0]].form[0].isupper() else "l" if tokens[words[0]].form[0].islower() else "9")
    )
    sample = words[:60]
    if any(scene.is_first_person(i, candidate.paragraph.language) for i in sample):
        found.append("first person")
    if any(low[i] in speech_words("second_person") for i in sample):
        found.append("second person")
    finite = sum(low[i] in speech_words("finite") for i in sample)
    found.append("finite" + _bucket(finite, (1, 2)))
    if len(words) > 1:
        capital = sum(tokens[i].form[0].isupper() for i in words[1:])
        found.append("capitals" + _bucket(capital / (len(words) - 1), (0.01, 0.34, 0.75)))
    body = sum(i in scene.body_at for i in words)
    if body:
        found.append("all body" if body == len(words) else "has body")
    people = sum(i in scene.person_at for i in words)
    if people == len(words):
        found.append("all person")
    return found


def _marked_features(scene: Scene, candidate: Candidate) -> list[str]:
    """What stands around quotation marks."""
    tokens, low = scene.page.tokens, scene.low
    paragraph, naming = candidate.paragraph, speech_words("naming")
    start, stop = candidate.outer_first, candidate.outer_last
    found = []
    opens, closes = start == paragraph.first, stop >= paragraph.last - 1
    found.append(f"whole {opens:d}{closes:d}")
    before = low[start - 1] if start > paragraph.first else "^"
    after = low[stop] if stop < paragraph.last else "$"
    found.append("before " + (before if not before[0].isalnum() else "word"))
    found.append("after " + (after if not after[0].isalnum() else "verb" if after in speech_words("verbs") else "word"))
    found.append(
        f"before {before if not before[0].isalnum() else 'w'} after {after if not after[0].isalnum() else 'w'}"
    )
    if before[0].isalnum():
        found.append("w-1=" + before)
    near = range(max(paragraph.first, start - 4), start)
    if any(low[i] in naming for i in near):
        found.append("naming")
    if start > paragraph.first and tokens[start - 1].form[0].isupper() and before.isalpha():
        found.append("after capital")
    sentence = range(
        max(paragraph.first, scene.sentence_start(start)),
        min(paragraph.last, scene.sentence_end(min(stop, paragraph.last - 1))),
    )
    outside = [i for i in sentence if not start <= i < stop]
    verb = any(low[i] in speech_words("verbs") for i in outside)
    source = any(low[i] in speech_words("sources") for i in outside)
    person = any(i in scene.person_at for i in outside)
    pronoun = any(low[i] in ("he", "she", "hon", "han", "they", "de") for i in outside)
    body = any(i in scene.body_at for i in outside)
    found.append(f"verb{verb:d} who{person or pronoun:d} body{body:d}")
    if verb:
        found.append("verb")
    if source:
        found.append("source")
    if any(is_role_word(tokens[i].form) for i in outside):
        found.append("role outside")
    others = sum(low[i] in MARKS and len(low[i]) == 1 and low[i] not in "'’" for i in outside)
    if others:
        found.append("more marks" + _bucket(others, (1, 3)))
    if "(" in (before, low[start - 2] if start - 2 >= paragraph.first else "") and (
        after in ("(", ")", ",", "or", "eller", "and", "och")
    ):
        found.append("in brackets")
    number = paragraph.number + 1
    if closes and number < len(scene.paragraphs):
        found.append("next " + _next_kind(scene, scene.paragraphs[number]))
    if opens and paragraph.number:
        previous = scene.paragraphs[paragraph.number - 1]
        ending = tokens[previous.last - 1].form
        found.append("prev ends " + (ending if ending in ".:?!" else "mark" if ending in MARKS else "x"))
    return found


def _next_kind(scene: Scene, paragraph: Paragraph) -> str:
    """What the paragraph below a quotation is: a person's name, an attribution, or something else."""
    first = paragraph.first
    if scene.page.tokens[first].form in DASHES and paragraph.last - first < 25:
        return "dash"
    if any(i in scene.person_at for i in range(first, min(first + 3, paragraph.last))) and paragraph.last - first < 20:
        return "person"
    return "other"


def _dash_features(scene: Scene, candidate: Candidate) -> list[str]:
    """What stands around speech after a dash."""
    tokens = scene.page.tokens
    paragraph = candidate.paragraph
    found = []
    cut = candidate.dashed.cut if candidate.dashed else None
    found.append("cut " + (cut.subject if cut else "no"))
    number = paragraph.number
    around, ending = "", ""
    if number:
        previous = scene.paragraphs[number - 1]
        ending = tokens[previous.last - 1].form
        ending = ending if ending in ".:?!;," else "mark" if ending in MARKS else "x"
        around += "-" * (tokens[previous.first].form in DASHES)
    if number + 1 < len(scene.paragraphs):
        following = scene.paragraphs[number + 1]
        around += "+" * (tokens[following.first].form in DASHES)
        if tokens[following.last - 1].form == "?":
            found.append("next asks")
    found += [
        "prev ends " + ending,
        "dashes " + around,
        f"cut {cut is not None:d} dashes {around}",
        f"dashes {around} after {ending}",
    ]
    found.append("run" + _bucket(_run_of_dashes(scene, number), (2, 3, 5)))
    if paragraph.after_blank:
        found.append("after blank")
    found.append("sentences" + _bucket(len(paragraph.ends), (2, 3)))
    found.append("sign " + tokens[paragraph.first].form)
    return found


def _run_of_dashes(scene: Scene, number: int) -> int:
    """How many paragraphs in a row around this one begin with a dash: a list has several, a conversation few."""
    tokens, paragraphs = scene.page.tokens, scene.paragraphs
    first = last = number
    while first > 0 and number - first < 5 and tokens[paragraphs[first - 1].first].form in DASHES:
        first -= 1
    while last + 1 < len(paragraphs) and last - number < 5 and tokens[paragraphs[last + 1].first].form in DASHES:
        last += 1
    return last - first + 1
