"""Training of the judge of persons' names."""

from __future__ import annotations

from collections.abc import Sequence

from study import Study, judge_bytes

from handslag.language.base_forms import folded
from handslag.reading.names.person_judging import Candidate, candidates_of


def name_examples(study: Study, candidates: Sequence[Candidate]) -> list[tuple[Candidate, str]]:
    """Each candidate with "yes" if the gold lists it, or a form of it: a first name, a surname, initials. Parts of a person
    that is a candidate too are left out: they follow the whole name.
    """
    gold = study.marked.gold
    people = {folded(p["name"]) for p in gold["people"]}
    forms = people | {folded(alias) for alias, name in gold["aliases"].items() if folded(name) in people}
    whole = {folded(c.name) for c in candidates if len(c.name.split()) > 1}
    parts = {word for name in whole & people for word in (name.split()[0], name.split()[-1])}
    found = []
    for candidate in candidates:
        name = folded(candidate.name)
        if name not in people and (name in parts or _short_for(candidate.name, whole & people)):
            continue
        found.append((candidate, "yes" if name in forms else "no"))
    return found


def _short_for(name: str, people: set[str]) -> bool:
    """True for "Nils A" beside "Nils Ahl"."""
    words = name.split()
    if len(words) != 2 or len(words[1]) > 3 or not words[1].replace("-", "").isupper():
        return False
    return any(other.split()[0] == folded(words[0]) and other.split()[-1][0] == folded(words[1])[0] for other in people)


def train_people_names(studies: list[Study]) -> dict[str, bytes]:
    examples = []
    for study in studies:
        analysis = study.analysis
        for candidate, answer in name_examples(study, candidates_of(analysis.page, analysis.rows, analysis.tagged)):
            examples.append((candidate.features, answer))
    return {"people-names.json": judge_bytes(examples, ["no", "yes"], strength=0.5)}
