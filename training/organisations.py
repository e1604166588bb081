"""Training of the organisations' judge."""

from __future__ import annotations

from scoring import Names
from study import Study, judge_bytes

from handslag.reading.facts.organisations import name_overlaps, organisation_features


def train_organisations(studies: list[Study]) -> dict[str, bytes]:
    """A judge of whether a body found on a page is listed in its gold; optional ones are left out."""
    examples = []
    for study in studies:
        names = Names(study.marked.gold)
        seen = set()
        overlaps = name_overlaps(study.analysis)
        for organisation in study.analysis.organisations:
            name = names.of(organisation.name)
            if name in names.optional:
                continue
            right = name in names.listed and name not in seen
            seen.add(name)
            examples.append((organisation_features(study.analysis, organisation, overlaps), "yes" if right else "no"))
    return {"organisations.json": judge_bytes(examples, ["no", "yes"], strength=0.3)}
