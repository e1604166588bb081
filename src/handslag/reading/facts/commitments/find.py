"""Commitments as facts: span, firmness with its deciding words, who, by when, on what condition, said by whom."""

from __future__ import annotations

from dataclasses import dataclass

from handslag.language.base_forms import plain
from handslag.reading.analysis import Analysis
from handslag.reading.facts.commitments.context import SentenceContext, sentence_contexts
from handslag.reading.facts.commitments.judging import commitment_features, cue_of, firmness_features, page_features
from handslag.reading.facts.commitments.tagger import find_spans, name_kinds
from handslag.reading.facts.commitments.themes import theme_of
from handslag.reading.facts.commitments.when import choose_date
from handslag.reading.facts.commitments.who import Cast, actors_of, choose_actors
from handslag.reading.models import Span
from handslag.reading.page import Sentence
from handslag.reading.results import CommitmentFact, Scored

# what is only hoped for or recommended is no commitment (three in four such spans on marked pages); the judge sees it as one of
# many signs and lets some through
WISHED = 0.3
_NO_COMMITMENT = frozenset(("hope", "recommendation", "refusal"))
_CUE_WITHIN = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A span that may be a commitment, with its firmness and how likely each is."""

    sentence: Sentence
    span: Span
    firmness: str
    firmness_probability: float
    probability: float


def drafts_of(
    analysis: Analysis, contexts: dict[int, SentenceContext], spans: list[tuple[Sentence, Span]]
) -> list[Draft]:
    """The spans with their firmness and the probability that they are commitments, as the judges see them."""
    names, about = name_kinds(analysis), page_features(analysis.page)
    firmness_judge, judge = analysis.models.judge("commitments-firmness"), analysis.models.judge("commitments")
    found = []
    for sentence, span in spans:
        analysis.deadline.check()
        features = firmness_features(analysis, sentence, span, contexts, names, about)
        firmness = firmness_judge.best(features)
        whole = commitment_features(sentence, span, features, firmness)
        probability = judge.probability(whole)
        if is_only_wished(contexts[sentence.number], span.first - sentence.first):
            probability *= WISHED
        found.append(Draft(sentence, span, firmness[0], firmness[1], probability))
    return found


def is_only_wished(context: SentenceContext, first: int) -> bool:
    """True if the cue nearest before word `first` of the sentence is that of a hope, a recommendation or a refusal alone."""
    for at in range(first - 1, max(-1, first - 1 - _CUE_WITHIN), -1):
        if context.cues[at]:
            return all(name in _NO_COMMITMENT for name in context.cues[at])
    return False


def find_commitments(analysis: Analysis) -> list[Scored[CommitmentFact]]:
    """The commitments of the page, each with the probability that it is one."""
    contexts = sentence_contexts(analysis.page)
    return commitments_of(analysis, contexts, find_spans(analysis, contexts, analysis.models.tagger("commitments")))


def commitments_of(
    analysis: Analysis, contexts: dict[int, SentenceContext], spans: list[tuple[Sentence, Span]]
) -> list[Scored[CommitmentFact]]:
    """The commitments that the spans are."""
    cast = actors_of(analysis)
    found = []
    acting: tuple[int, ...] = ()
    acting_at = -1
    for draft in drafts_of(analysis, contexts, spans):
        analysis.deadline.check()
        sentence = draft.sentence
        context = contexts[sentence.number]
        acting, _ = choose_actors(analysis, sentence, draft.span, draft.firmness, cast, context, acting, acting_at)
        acting_at = sentence.number
        found.append(Scored(_fact(analysis, draft, contexts, cast, acting), draft.probability))
    return found


def _fact(
    analysis: Analysis, draft: Draft, contexts: dict[int, SentenceContext], cast: Cast, acting: tuple[int, ...]
) -> CommitmentFact:
    page, sentence, span = analysis.page, draft.sentence, draft.span
    context = contexts[sentence.number]
    date, _ = choose_date(analysis, sentence, span, draft.firmness)
    chosen = [cast.actors[k] for k in acting]
    named_here = any(sentence.first <= place[0] < sentence.last for actor in chosen for place in actor.spans)
    evidence = page.passages(span.first, span.last)
    whole = page.passages(sentence.first, sentence.last)
    evidence += [passage for passage in whole if passage not in evidence]
    cue, cue_sentence = cue_of(page, sentence, span, contexts, draft.firmness)
    if cue_sentence is not None and cue_sentence is not sentence:
        evidence += page.passages(cue_sentence.first, cue_sentence.last)
    what = plain(page.words(span.first, span.last))
    voice = analysis.voice_at(page.tokens[span.first].start)
    return CommitmentFact(
        who=";".join(dict.fromkeys(actor.name for actor in chosen)),
        who_basis=("printed" if named_here else "inferred") if chosen else "",
        what=what, firmness=draft.firmness, cue=cue, condition=_condition(analysis, sentence, context),
        when=date.resolved.period if date else "", when_text=plain(page.text[date.mention.start : date.mention.end]) if date else "",
        basis=date.resolved.basis if date else "", theme=theme_of(what, context.words),
        said_by=voice.speaker if voice else "", evidence=tuple(evidence),
    )  # fmt: skip


_CONDITIONS = (
    "under förutsättning",
    "förutsatt att",
    "med förbehåll",
    "på villkor",
    "subject to",
    "provided that",
    "on condition",
    "conditional on",
)
_OPENERS = frozenset(("om", "if", "unless", "såvida", "förutsatt", "provided"))
# openers that are mostly something else ("has provided funding", "som vi förutsatt"): they open a clause at a border only
_ALSO_VERBS = frozenset(("förutsatt", "provided"))


def _condition(analysis: Analysis, sentence: Sentence, context: SentenceContext) -> str:
    """The printed words of a condition in the sentence: from its opening word to the next comma or the end."""
    words = context.words
    joined = " ".join(words)
    start = -1
    for phrase in _CONDITIONS:
        if phrase in joined:
            start = joined[: joined.index(phrase)].count(" ")
            break
    if start < 0:
        # "om" and "if" open a clause only at the start or after a comma or a whole clause
        start = next((k for k, word in enumerate(words) if word in _OPENERS and _opens_clause(words, k)), -1)
    if start < 0:
        return ""
    stop = next((k for k in range(start + 2, len(words)) if words[k] in (",", ".", ";")), len(words))
    return plain(analysis.page.words(sentence.first + start, sentence.first + stop))


_VERB_ENDINGS = ("ar", "er", "as", "ts", "es", "ds", "s")


def _opens_clause(words: list[str], k: int) -> bool:
    """True if the "om" or "if" at `k` opens a condition and is not the preposition "om" or part of "as if"."""
    if words[k] in _ALSO_VERBS:
        return k == 0 or words[k - 1] == ","
    if words[k] != "om":
        return not (k and words[k - 1] in ("as", "even", "what"))
    rest = words[k + 1 : k + 6]
    return (k == 0 or words[k - 1] in (",", "och", "men")) and any(word.endswith(_VERB_ENDINGS) for word in rest)
