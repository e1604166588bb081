"""Training of the judges of agreements: tellings, parties, statuses; and of the tagger of areas and activities."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from events import spans_of
from marked import MarkedPage
from scoring import Names, folded
from study import Study, judge_bytes, judge_of

from handslag.reading.facts.agreements import finding
from handslag.reading.facts.agreements.judging import STATUSES, status_features, telling_features
from handslag.reading.facts.agreements.parties import parties_near, party_features
from handslag.reading.facts.agreements.tellings import Party, Table, Telling, table_of

Item = dict[str, Any]
Examples = list[tuple[list[str], str]]
Told = Sequence[tuple[MarkedPage, Table]]


def train_agreements(studies: list[Study]) -> dict[str, bytes]:
    for study in studies:
        day = study.marked.gold.get("date")
        study.analysis.said_on = date.fromisoformat(day) if day else None
    told = [(study.marked, table_of(study.analysis)) for study in studies]
    parts = {"agreements-party.json": judge_bytes(party_examples(told), ["no", "yes"], strength=0.3)}
    parts["agreements-status.json"] = judge_bytes(status_examples(told), list(STATUSES), strength=0.3)
    parts["agreements.json"] = judge_bytes(telling_examples(told, parts), ["no", "yes"], strength=0.1)
    return parts


def homes_of(marked: MarkedPage, table: Table) -> list[tuple[Item, Telling, set[Telling]]]:
    """Each agreement of the gold with the telling that tells most of it, and other tellings of it."""
    page = table.page
    names = Names(marked.gold)
    found = []
    for item in marked.gold["agreements"]:
        wanted = {names.of(party) for party in item["parties"]}
        where: dict[int, set[str]] = {}
        for party in table.parties:
            if names.of(party.name) in wanted:
                for first, _ in party.spans:
                    where.setdefault(page.sentence_of[first], set()).add(names.of(party.name))
        matters = {
            page.sentence_of[span[0]]
            for words in [*item["areas"], *item["activities"]]
            for span in spans_of(marked, words)
        }
        scores: dict[Telling, float] = {}
        for telling in table.tellings:
            n = telling.sentence
            inside = where.get(n, set())
            around = inside | where.get(n - 1, set()) | where.get(n + 1, set())
            score = 3 * len(inside) / max(2, len(wanted)) + len(around) / max(2, len(wanted)) + 0.5 * telling.strength
            score += 1.0 * (n in matters) + 0.4 * bool(matters & {n + 1, n + 2, n - 1})
            classes = {
                c
                for i in range(page.sentences[n].first, page.sentences[n].last)
                for c in finding.classes(page.tokens[i].form)
            }
            score += 0.7 * ("status:" + item["status"] in classes)
            score -= 0.3 * (page.sentences[n].zone in ("headline", "caption", "quote"))
            if around or n in matters or len(table.tellings) == 1:
                scores[telling] = score
        if scores:
            home = max(scores, key=lambda telling: (scores[telling], -telling.sentence))
            others = {t for t in scores if t != home and (scores[t] >= 0.6 * scores[home])}
            found.append((item, home, others))
    return found


def party_examples(told: Told) -> Examples:
    examples: Examples = []
    for marked, table in told:
        names = Names(marked.gold)
        for item, home, others in homes_of(marked, table):
            wanted = {names.of(party) for party in item["parties"]}
            for telling in {home, *others}:
                for party in parties_near(table, telling):
                    examples.append(
                        (party_features(table, telling, party), "yes" if is_party(names, party, wanted) else "no")
                    )
    return examples


def is_party(names: Names, party: Party, wanted: set[str]) -> bool:
    return names.of(party.name) in wanted or folded(party.name) in wanted


def status_examples(told: Told) -> Examples:
    return [
        (status_features(table, home, finding.date_of(table, home)), item["status"])
        for marked, table in told for item, home, _ in homes_of(marked, table)
    ]  # fmt: skip


def telling_examples(told: Told, parts: dict[str, bytes]) -> Examples:
    judge = judge_of(parts["agreements-party.json"])
    examples: Examples = []
    for marked, table in told:
        homes = homes_of(marked, table)
        right = {home for _, home, _ in homes}
        unclear = {t for _, _, others in homes for t in others} - right
        for telling in table.tellings:
            if telling in unclear:
                continue
            links = [
                (party, judge.probability(party_features(table, telling, party)))
                for party in parties_near(table, telling)
            ]
            links.sort(key=lambda item: -item[1])
            examples.append((telling_features(table, telling, links), "yes" if telling in right else "no"))
    return examples
