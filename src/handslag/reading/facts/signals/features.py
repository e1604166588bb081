"""What speaks for and against a page's telling of a happening, as features for a judge."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import groupby

from handslag.reading.facts.signals.survey import Candidate, Survey, Told
from handslag.reading.facts.signals.words import TURNING

_MANY_HEADLINES = 8


def features_of(survey: Survey, candidates: list[Candidate]) -> list[list[str]]:
    """The features of the candidates, in their order; those of one telling stand together."""
    told_of = survey.told
    places = Counter({(c.telling, c.kind): 0 for c in candidates if told_of[c.telling].kinds.get(c.kind, 0)})
    frequency = Counter(kind for _, kind in places)
    page = page_features(survey)
    first_headline = next((k for k, told in enumerate(told_of) if told.telling.zone == "headline"), -1)
    seen: Counter[str] = Counter()
    rows: list[list[str]] = []
    for k, group in groupby(candidates, key=lambda candidate: candidate.telling):
        told = told_of[k]
        base = telling_features(told, k) + page
        if k == first_headline:
            base.append("first headline")
        shared: dict[str, list[str]] = {}
        for candidate in group:
            kind = candidate.kind
            row = shared.get(kind)
            if row is None:
                row = shared[kind] = base + kind_features(told, kind)
                row.append("seen" + str(min(3, seen[kind])))
                row.append("times" + str(min(4, frequency[kind])))
                row += headline_features(survey, told, k, kind)
            rows.append(row + person_features(survey, told, candidate) if candidate.person >= 0 else row)
        seen.update(shared.keys())
    return rows


def page_features(survey: Survey) -> list[str]:
    """What sort of page it is: one that lists headlines, a signed or decided document, or plain text."""
    listed = sum(told.telling.zone in ("feed", "teaser") for told in survey.told)
    found = ["page:" + ("listing" if listed > _MANY_HEADLINES else "text")]
    if any("document" in told.wordings.helpers for told in survey.told[:4]):
        found.append("page:document")
    return found


def telling_features(told: Told, k: int) -> list[str]:
    """What a telling is like, whatever it tells."""
    words = told.words
    found = [
        "z:" + told.telling.zone, "pos" + str(min(k, 6)), "len" + str(min(7, len(words) // 5)),
        "no" + str(min(3, len(told.organisations))), "np" + str(min(2, len(told.people))),
    ]  # fmt: skip
    if any(first <= 1 for first, _ in told.organisations.values()):
        found.append("body first")
    if "?" in words:
        found.append("?")
    found += ["g:" + name for name in told.wordings.helpers]
    found.append("kinds" + str(min(4, sum(strength > 0 for strength in told.kinds.values()))))
    return found


def kind_features(told: Told, kind: str) -> list[str]:
    """What in a telling speaks for one kind of happening."""
    hits = [hit for hit in told.wordings.hits if hit.kind == kind]
    may_tell = about = tells = 0
    for hit in hits:
        if hit.strength == 0:
            about += 1
        else:
            may_tell += 1
            tells += hit.strength == 2
    others = [other for other, strength in told.kinds.items() if strength == 2 and other != kind]
    counts = (min(2, tells), min(3, may_tell), min(3, about), min(2, len(others)))
    found = list(_counted(kind, told.telling.zone, *counts, min(2, len(told.organisations)), min(2, len(told.people))))
    prefix, decisive = kind + "|", "tells" + str(min(1, tells))
    found += [prefix + hit.pattern for hit in hits]
    found += [prefix + "g:" + name for name in told.wordings.helpers]
    found += [prefix + "also:" + other for other in others]
    if may_tell and about:
        found += ["both", prefix + "both"]
    if may_tell and told.wordings.placed:
        strongest = max(hits, key=lambda hit: hit.strength)
        first, last = strongest.first - 5, strongest.last + 2
        near = dict.fromkeys(name for i, name in told.wordings.placed if name in TURNING and first <= i <= last)
        found += [name for turn in near for name in (f"near:{turn}", f"{decisive}|near:{turn}", f"{prefix}near:{turn}")]
    deed = told.deeds.get(kind)
    if deed:
        found += ["deed", f"{decisive}|deed", f"{prefix}deed", f"{prefix}deed:{deed}", f"may{min(2, may_tell)}|deed"]
    return found


@lru_cache(maxsize=10_000)
def _counted(
    kind: str, zone: str, tells: int, may_tell: int, about: int, others: int, bodies: int, people: int
) -> tuple[str, ...]:
    """The features of how often what stands in a telling."""
    prefix, decisive = kind + "|", "tells" + str(min(1, tells))
    return (
        prefix, f"tells+{tells}", f"may{may_tell}", f"about{about}",
        prefix + decisive, f"{prefix}may{min(2, may_tell)}", f"{prefix}about{min(2, about)}",
        f"{decisive}|others{others}", f"{decisive}|{zone}", f"may{min(2, may_tell)}|{zone}",
        f"{prefix}no{bodies}", f"{prefix}np{people}",
    )  # fmt: skip


def headline_features(survey: Survey, told: Told, k: int, kind: str) -> list[str]:
    """What the headline above announces."""
    above = told.telling.headline
    if above < 0:
        return []
    kinds = survey.told[above].kinds
    own = kinds.get(kind, -1)
    found = ["h:" + ("own" if own > 0 else "other" if any(strength > 0 for strength in kinds.values()) else "none")]
    found.append("below" + str(min(5, k - above)))
    if own >= 0:
        found.append(f"{kind}|h{own}")
    return found


def person_features(survey: Survey, told: Told, candidate: Candidate) -> list[str]:
    """How a person stands to the words that tell of a post taken up or left."""
    prefix = candidate.kind + "|"
    first, last = told.people[candidate.person]
    before = after = near_before = near_after = False
    rank = sum(place < (first, last) for place in told.people.values())
    found = [prefix + "person", prefix + "rank" + str(min(3, rank))]
    for hit in told.wordings.hits:
        if hit.kind != candidate.kind or hit.strength == 0:
            continue
        if hit.last <= first:
            before = True
            near_before = near_before or first - hit.last <= 3
        elif hit.first >= last:
            after = True
            near_after = near_after or hit.first - last <= 3
    found += [
        f"side{before:d}{after:d}",
        f"{prefix}side{before:d}{after:d}",
        f"{prefix}near{near_before:d}{near_after:d}",
    ]
    if first:
        found.append(prefix + "-1:" + told.words[first - 1])
    if last < len(told.words):
        found.append(prefix + "+1:" + told.words[last])
    if told.card:
        found.append(f"{prefix}card{told.card.get(candidate.kind, 0)}")
    if len(told.words) < 10:
        found.append(prefix + "label:" + told.words[0])
    if any(name == "speech" and first - 3 <= i <= last + 1 for i, name in told.wordings.placed):
        found += ["speaks", prefix + "speaks"]
    mentions = survey.analysis.people[candidate.person].mentions
    found.append("named first" if told.telling.first <= mentions[0].first < told.telling.last else "named again")
    return found
