"""Training of the judges of persons: whole names, roles, organisations, tenses."""

from __future__ import annotations

from scoring import Names, alike
from study import Study, judge_bytes

from handslag.language.base_forms import folded, plain
from handslag.reading.facts import people as facts

TENSES = ["coming", "current", "former", "leaving"]


def train_people(studies: list[Study]) -> dict[str, bytes]:
    names: list[tuple[list[str], str]] = []
    roles: list[tuple[list[str], str]] = []
    links: list[tuple[list[str], str]] = []
    tenses: list[tuple[list[str], str]] = []
    for study in studies:
        analysis, gold = study.analysis, study.marked.gold
        bodies = Names(gold)
        by_name = {folded(p["name"]): p for p in gold["people"]}
        people_at, organisations_at = facts.names_at(analysis.mentions, "PER"), facts.names_at(analysis.mentions, "ORG")
        for person in analysis.people:
            item = by_name.get(folded(person.name))
            names.append((facts.person_features(analysis, person), "yes" if item else "no"))
            if item is None:
                continue
            right_role, best_cost = None, 10_000
            for term in analysis.terms:
                if term.kind != "ROLE":
                    continue
                features = facts.role_features(analysis, person, term, people_at)
                if features is None:
                    continue
                words = plain(analysis.page.words(term.first, term.last))
                right = bool(item["role"]) and alike(item["role"], words, 0.6) > 0
                roles.append((features, "yes" if right else "no"))
                cost = facts.nearest(analysis.page, person.mentions, (term.first, term.last))[1].cost
                if right and cost < best_cost:
                    right_role, best_cost = term, cost
            for organisation in analysis.organisations:
                features = facts.organisation_link_features(
                    analysis, person, right_role, organisation, organisations_at
                )
                if features is not None:
                    right = bool(item["organisation"]) and bodies.of(organisation.name) == bodies.of(
                        item["organisation"]
                    )
                    links.append((features, "yes" if right else "no"))
            tenses.append((facts.tense_features(analysis, person, right_role), item["tense"]))
    return {
        "people.json": judge_bytes(names, ["no", "yes"]),
        "people-role.json": judge_bytes(roles, ["no", "yes"]),
        "people-organisation.json": judge_bytes(links, ["no", "yes"]),
        "people-tense.json": judge_bytes(tenses, TENSES),
    }
