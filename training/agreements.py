"""Training of the judges of agreements: tellings, parties, statuses; and of the tagger of areas and activities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from events import is_date_of, spans_of
from marked import MarkedPage
from scoring import Names, agreements, alike, folded
from study import Study, judge_bytes, judge_of

from handslag.language.base_forms import plain
from handslag.reading.facts.agreements.finding import candidates_of, fact_of
from handslag.reading.facts.agreements.judging import STATUSES, status_features, telling_features
from handslag.reading.facts.agreements.matters import matter_features, matters_of
from handslag.reading.facts.agreements.owners import home_of
from handslag.reading.facts.agreements.parties import parties_near, party_features
from handslag.reading.facts.agreements.signing import date_features, dates_near, person_features
from handslag.reading.facts.agreements.tellings import Party, Table, Telling, table_of
from handslag.reading.facts.agreements.weighing import weighing_features
from handslag.reading.facts.agreements.words import agreement_classes
from handslag.reading.models import Models

INNER_FOLDS = 3
Item = dict[str, Any]
Examples = list[tuple[list[str], str]]
Told = Sequence[tuple[MarkedPage, Table]]


def train_agreements(studies: list[Study]) -> dict[str, bytes]:
    """All parts; the judge of matters learns from tellings judged on pages that the judge of tellings has not seen."""
    for study in studies:
        day = study.marked.gold.get("date")
        study.analysis.said_on = date.fromisoformat(day) if day else None
    told = [(study.marked, table_of(study.analysis)) for study in studies]
    folds = [told[number::INNER_FOLDS] for number in range(INNER_FOLDS)]
    tellings = [judges_of_tellings(outside(folds, number)) for number in range(INNER_FOLDS)]
    matters = [matter_examples(fold, parts) for fold, parts in zip(folds, tellings, strict=True)]
    whole: Examples = []
    for number, fold in enumerate(folds):
        parts = {**tellings[number], **judges_of_details(outside(folds, number), outside(matters, number))}
        whole += whole_examples(fold, parts)
    parts = {**judges_of_tellings(told), **judges_of_details(told, flat(matters))}
    parts["agreements-whole.json"] = judge_bytes(whole, ["no", "yes"], strength=0.1)
    return parts


def outside(folds: Sequence[Sequence[Any]], number: int) -> list[Any]:
    """All of every fold but one."""
    return flat(fold for k, fold in enumerate(folds) if k != number)


def flat(folds: Iterable[Sequence[Any]]) -> list[Any]:
    return [item for fold in folds for item in fold]


def judges_of_details(told: Told, matters: Examples) -> dict[str, bytes]:
    return {
        "agreements-date.json": judge_bytes(date_examples(told), ["no", "yes"], strength=0.3),
        "agreements-signatory.json": judge_bytes(signatory_examples(told), ["no", "yes"], strength=0.3),
        "agreements-matter.json": judge_bytes(matters, ["AREA", "ACTIVITY", "no"], strength=0.2),
    }


def whole_examples(told: Told, parts: dict[str, bytes]) -> Examples:
    """Agreements as put together by judges that have not seen the page; right are those that the measure calls so."""
    examples: Examples = []
    models = Models(parts)
    for marked, table in told:
        table.analysis.models = models
        found = sorted(candidates_of(table), key=lambda candidate: -candidate.probability)
        facts = [{**asdict(fact_of(table, candidate)), "number": k} for k, candidate in enumerate(found)]
        right = {fact["number"] for _, fact in agreements(marked, facts).pairs}
        examples += [
            (weighing_features(table, candidate, found), "yes" if k in right else "no")
            for k, candidate in enumerate(found)
        ]
    return examples


def judges_of_tellings(told: Told) -> dict[str, bytes]:
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
        title = next((telling for telling in table.tellings if telling.is_title), None)
        is_text_of = title is not None and item is text_of(marked)
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
                for c in agreement_classes(page.tokens[i].form)
            }
            score += 0.7 * ("status:" + item["status"] in classes)
            score -= 0.3 * (page.sentences[n].zone in ("headline", "caption", "quote"))
            if title is not None:
                score += 10 * is_text_of * (telling is title)
                if telling is title and not is_text_of:
                    continue
            if around or n in matters or len(table.tellings) == 1:
                scores[telling] = score
        if scores:
            home = max(scores, key=lambda telling: (scores[telling], -telling.sentence))
            others = {t for t in scores if t != home and scores[t] >= 0.6 * min(scores[home], 6.0)}
            found.append((item, home, others))
    return found


def text_of(marked: MarkedPage) -> Item:
    """Of the agreements of a text that is itself one, that one: the one with the most signatories and matters."""
    return max(
        marked.gold["agreements"],
        key=lambda item: (len(item["signatories"]), len(item["areas"]) + len(item["activities"])),
    )


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
        (status_features(table, telling), item["status"])
        for marked, table in told for item, home, others in homes_of(marked, table) for telling in sorted({home, *others}, key=lambda t: t.sentence)
    ]  # fmt: skip


def date_examples(told: Told) -> Examples:
    examples: Examples = []
    for marked, table in told:
        for item, home, _ in homes_of(marked, table):
            for rank, dated in enumerate(dates_near(table, home)):
                right = is_date_of(dated, item, table.analysis.said_on)
                examples.append((date_features(table, home, dated, rank, item["status"]), "yes" if right else "no"))
    return examples


def signatory_examples(told: Told) -> Examples:
    examples: Examples = []
    for marked, table in told:
        for item, home, _ in homes_of(marked, table):
            if item["status"] not in ("concluded", "planned"):
                continue
            wanted = {folded(name) for name in item["signatories"]}
            for person in table.analysis.people:
                features = person_features(table, home, person)
                if features is not None:
                    examples.append((features, "yes" if folded(person.name) in wanted else "no"))
    return examples


def matter_examples(told: Told, parts: dict[str, bytes]) -> Examples:
    """Stretches that are areas or activities of the gold as well as any other on the page, and stretches that are none."""
    examples: Examples = []
    judges = {name: judge_of(parts[name + ".json"]) for name in ("agreements-party", "agreements-status", "agreements")}
    for marked, table in told:
        judged = {}
        for telling in table.tellings:
            links = [
                (party, judges["agreements-party"].probability(party_features(table, telling, party)))
                for party in parties_near(table, telling)
            ]
            links.sort(key=lambda item: -item[1])
            probability = judges["agreements"].probability(telling_features(table, telling, links))
            judged[telling] = (probability, judges["agreements-status"].best(status_features(table, telling))[0])
        probabilities = {telling: probability for telling, (probability, _) in judged.items()}
        matters = matters_of(table)
        words = [plain(table.page.words(matter.first, matter.last)) for matter in matters]
        labels = ["no"] * len(matters)
        for kind, key in (("AREA", "areas"), ("ACTIVITY", "activities")):
            for wanted in (text for item in marked.gold["agreements"] for text in item[key]):
                likenesses = [alike(wanted, found) for found in words]
                best = max(likenesses, default=0.0)
                for k, likeness in enumerate(likenesses):
                    if likeness > 0 and likeness >= best - 0.02:
                        labels[k] = kind
                    elif likeness > 0 and labels[k] == "no":
                        labels[k] = "unclear"
        examples += [
            (matter_features(table, matter, *judged[home_of(matter, probabilities)]), label)
            for matter, label in zip(matters, labels, strict=True) if label != "unclear"
        ]  # fmt: skip
    return examples


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
