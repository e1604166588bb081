"""Scores what was followed against a story's gold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from stories import Story

from handslag.following.documents import Place
from handslag.following.results import Following

CLAIMS = ("reported done", "withdrawn", "contradicted")


def meets(one: Place, other: Place) -> bool:
    """True if half of the shorter passage lies in the other."""
    return one.document == other.document and 2 * _both(one, other) >= min(_length(one), _length(other))


def is_found(one: Place, other: Place) -> bool:
    """True if the passages share half of the longer."""
    return one.document == other.document and 2 * _both(one, other) >= max(_length(one), _length(other))


def _both(one: Place, other: Place) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _length(place: Place) -> int:
    return place.end - place.start


@dataclass(slots=True)
class Score:
    """Counts over stories."""

    wanted: int = 0
    found: int = 0
    evidence: int = 0
    proposed: int = 0
    right: int = 0
    heard: int = 0
    says_right: int = 0
    by_right: int = 0
    states: Counter[str] = field(default_factory=Counter)
    states_right: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    claims_wrong: int = 0
    traps: int = 0
    traps_certain: int = 0
    traps_probable: int = 0
    contradictions: int = 0
    contradictions_told: int = 0
    contradictions_right: int = 0
    contradictions_heard: int = 0
    errors: list[str] = field(default_factory=list)

    def rows(self) -> dict[str, float]:
        """The figures by name."""
        total = sum(self.states.values())
        commonest = max(self.states.values(), default=0)
        means = [self.states_right[state] / count for state, count in self.states.items()]
        accuracy = sum(self.states_right.values()) / max(1, total)
        return {
            "commitments found": self.found / max(1, self.wanted),
            "evidence precision": self.right / max(1, self.proposed),
            "evidence recall": self.heard / max(1, self.evidence),
            "state mean": sum(means) / max(1, len(means)),
            "state accuracy": accuracy,
            "state above commonest": accuracy - commonest / max(1, total),
            "says": self.says_right / max(1, self.heard),
            "by": self.by_right / max(1, self.heard),
            "claimed wrongly, of states": self.claims_wrong / max(1, total),
            "claimed wrongly, of claims": self.claims_wrong / max(1, self.claims),
            "traps certain": self.traps_certain,
            "traps probable": self.traps_probable,
            "traps": self.traps,
            "contradiction precision": self.contradictions_right / max(1, self.contradictions_told),
            "contradiction recall": self.contradictions_heard / max(1, self.contradictions),
        }


def score_story(score: Score, story: Story, by_day: dict[str, Following], *, are_given: bool) -> None:
    """Adds a story that was followed as of each of its days; the last is that of its last page."""
    last = by_day[max(by_day)]
    matched = _matched(story, last, are_given=are_given)
    first = story.gold["pages"][0]["file"]
    score.wanted += sum(c["page"] == first for c in story.gold["commitments"])
    score.found += sum(c["page"] == first and c["id"] in matched for c in story.gold["commitments"])
    followed = {item.commitment.id: item for item in last.commitments}
    gold = [
        (e["commitment"], story.place(e["page"], e["passage"]), e)
        for e in story.gold["evidence"]
        if e["commitment"] in matched
    ]
    score.evidence += len(gold)
    hit: set[int] = set()
    for c, own in matched.items():
        for item in followed[own].heard:
            if item.certainty == "weak":
                continue
            score.proposed += 1
            right = [k for k, (other, place, _) in enumerate(gold) if other == c and meets(place, item.place)]
            score.right += bool(right)
            if not right:
                score.errors.append(f"FALSE {story.name} {c} {item.says} {item.probability} | {item.place.quote!r}")
            for k in right:
                if k in hit:
                    continue
                hit.add(k)
                score.says_right += gold[k][2]["says"] == item.says
                score.by_right += gold[k][2]["by"] == item.by
                if gold[k][2]["says"] != item.says:
                    score.errors.append(
                        f"SAYS {story.name} {c} {item.says} not {gold[k][2]['says']} | {item.place.quote!r}"
                    )
                if gold[k][2]["by"] != item.by:
                    score.errors.append(f"BY {story.name} {c} {item.by} wrong | {item.place.quote!r}")
    score.heard += len(hit)
    for k, (c, _place, e) in enumerate(gold):
        if k not in hit:
            weak = [i for i in followed[matched[c]].heard if meets(i.place, gold[k][1])]
            score.errors.append(
                f"MISSED {story.name} {c} {e['says']} {[w.probability for w in weak]} | {e['passage']!r}"
            )
    for row in story.gold["states"]:
        if row["commitment"] not in matched:
            continue
        state = next(
            i.state.state for i in by_day[row["as_of"]].commitments if i.commitment.id == matched[row["commitment"]]
        )
        score.states[row["state"]] += 1
        score.states_right[row["state"]] += state == row["state"]
        if state in CLAIMS:
            score.claims += 1
            score.claims_wrong += state != row["state"]
    for trap in story.gold["traps"]:
        place = story.place(trap["page"], trap["passage"])
        wrong = [
            item.certainty
            for c in trap["commitment"].split(";")
            if c in matched
            for item in followed[matched[c]].heard
            if meets(item.place, place)
        ]
        score.traps += 1
        score.traps_certain += "certain" in wrong
        score.traps_probable += "probable" in wrong
    _score_contradictions(score, story, last)


def _score_contradictions(score: Score, story: Story, last: Following) -> None:
    gold = [
        (story.place(x["page_a"], x["passage_a"]), story.place(x["page_b"], x["passage_b"]))
        for x in story.gold["contradictions"]
    ]
    score.contradictions += len(gold)
    heard: set[int] = set()
    for told in last.contradictions:
        right = {
            k
            for k, (a, b) in enumerate(gold)
            if (meets(told.a, a) and meets(told.b, b)) or (meets(told.a, b) and meets(told.b, a))
        }
        score.contradictions_told += 1
        score.contradictions_right += bool(right)
        heard |= right
        if not right:
            score.errors.append(f"CONTRA {story.name} {told.kind} | {told.a.quote!r} | {told.b.quote!r}")
    score.contradictions_heard += len(heard)


def _matched(story: Story, following: Following, *, are_given: bool) -> dict[str, str]:
    """Commitment of the gold → the followed one that is it."""
    if are_given:
        return {c["id"]: c["id"] for c in story.gold["commitments"]}
    found = {}
    for c in story.gold["commitments"]:
        place = story.place(c["page"], c["passage"])
        own = next((i for i in following.commitments if is_found(i.commitment.evidence[0], place)), None)
        if own is not None:
            found[c["id"]] = own.commitment.id
    return found
