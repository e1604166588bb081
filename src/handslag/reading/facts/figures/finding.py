"""The figures of a page as facts."""

from __future__ import annotations

from handslag.kernel.passages import Passage, passage_of
from handslag.reading.analysis import Analysis
from handslag.reading.facts.figures.candidates import Candidate, Scene, scene_of
from handslag.reading.facts.figures.features import Surroundings, figure_features
from handslag.reading.facts.figures.stated import Sources
from handslag.reading.facts.figures.units import add_units
from handslag.reading.facts.figures.what import what_of
from handslag.reading.models import Judge
from handslag.reading.results import FigureFact, Scored

# Below this a number is no fact, not even a weak one.
LEAST = 0.3


def key_of(candidate: Candidate) -> tuple[float, str]:
    """What two mentions of one figure have in common: the value, and the currency, percent or kind of what is counted."""
    mention = candidate.mention
    return mention.value, mention.unit or ("duration" if mention.kind == "duration" else "")


def find_figures(analysis: Analysis) -> list[Scored[FigureFact]]:
    """The figures of a page in text order, each once, with the probability that its value is a figure."""
    scene = scene_of(analysis)
    if not scene.candidates:
        return []
    add_units(scene, analysis.models.judge("figures-unit"))
    judge = analysis.models.judge("figures")
    around = Surroundings(scene)
    best: dict[tuple[float, str], tuple[float, Candidate]] = {}
    for candidate in scene.candidates:
        analysis.deadline.check()
        probability = judge.probability(figure_features(scene, candidate, around))
        key = key_of(candidate)
        if probability >= LEAST and (key not in best or probability > best[key][0]):
            best[key] = (probability, candidate)
    sources, stated = Sources(scene), analysis.models.judge("figures-stated")
    chosen = sorted(best.values(), key=lambda pair: pair[1].mention.start)
    return [Scored(_fact(scene, candidate, sources, stated), probability) for probability, candidate in chosen]


def _fact(scene: Scene, candidate: Candidate, sources: Sources, stated: Judge) -> FigureFact:
    mention = candidate.mention
    name, passages = sources.of(candidate, stated)
    return FigureFact(
        value=mention.value, qualifier=mention.qualifier, unit=candidate.unit, what=what_of(scene, candidate),
        stated_by=name, evidence=(*evidence_of(scene, candidate), *passages),
    )  # fmt: skip


def evidence_of(scene: Scene, candidate: Candidate) -> list[Passage]:
    """The number as printed with the noun behind it; a noun or a label that stands elsewhere is a passage of its own."""
    page, mention, span = scene.page, candidate.mention, candidate.unit_span
    end = mention.end
    zone = page.zone_at(mention.start)
    rest: list[Passage] = []
    if span is not None:
        parts = page.passages(*span)
        if candidate.unit_from == "after" and parts[0].start - end <= 12 and parts[0].start >= end:
            end = max(end, parts[0].end)
            parts = parts[1:]
        rest = parts
    elif candidate.unit_from == "glued":
        end = max(end, page.tokens[candidate.last - 1].end)
    elif candidate.unit_from == "row" and candidate.row is not None and candidate.row.span is not None:
        rest = page.passages(*candidate.row.span)
    return [passage_of(page.text, mention.start, end, zone), *rest]
