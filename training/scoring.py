"""How a reading is held against its gold: matches, misses and false facts of every kind.

Items are matched one to one, the best pairs first. Strings are compared folded (NFC, lower case, white space), by words where
annotators may cut differently. The rules are the marked pages' own (corpus/README.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from marked import MarkedPage, places_in

from handslag.language.base_forms import folded

Item = dict[str, Any]
_WORD = re.compile(r"\w+")


@dataclass
class Count:
    """Right, false and missed facts of one kind; `pairs` holds (gold, found) of the right ones."""

    right: int = 0
    false: int = 0
    missed: int = 0
    pairs: list[tuple[Any, Any]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    found_right: set[int] = field(default_factory=set)

    def add(self, other: Count) -> None:
        self.right += other.right
        self.false += other.false
        self.missed += other.missed
        self.pairs += other.pairs
        self.errors += other.errors

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.false)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


def match(
    gold: Sequence[Any],
    found: Sequence[Any],
    likeness: Callable[[Any, Any], float],
    optional: Callable[[Any], bool] = lambda _: False,
) -> Count:
    """One-to-one matching by falling likeness above 0; a found item that is optional is neither right nor false."""
    scored = sorted(((likeness(g, f), -i, -j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    used_gold: set[int] = set()
    used_found: set[int] = set()
    count = Count()
    for score, i, j in scored:
        if score <= 0:
            break
        if -i in used_gold or -j in used_found:
            continue
        used_gold.add(-i)
        used_found.add(-j)
        count.pairs.append((gold[-i], found[-j]))
    count.right = len(count.pairs)
    count.missed = len(gold) - count.right
    extra = [f for j, f in enumerate(found) if j not in used_found and not optional(f)]
    count.false = len(extra)
    count.found_right = used_found
    count.errors = [f"- {_short(g)}" for i, g in enumerate(gold) if i not in used_gold] + [
        f"+ {_short(f)}" for f in extra
    ]
    return count


def _short(item: Any) -> str:
    if isinstance(item, dict):
        return " | ".join(
            str(v) for k, v in item.items() if k not in ("evidence", "id", "zone") and v not in ("", None, [], ())
        )[:170]
    return str(item)


def words_of(text: str) -> list[str]:
    return _WORD.findall(folded(text))


def likeness(a: str, b: str) -> float:
    """F1 of the words of two strings, as bags."""
    x, y = words_of(a), words_of(b)
    if not x or not y:
        return float(folded(a) == folded(b))
    rest = list(y)
    common = 0
    for word in x:
        if word in rest:
            rest.remove(word)
            common += 1
    return 2 * common / (len(x) + len(y))


def alike(a: str, b: str, least: float = 0.5) -> float:
    """The likeness if it reaches `least`, or 0.9 if one string holds the other whole; else 0."""
    score = likeness(a, b)
    if score >= least:
        return score
    x, y = folded(a), folded(b)
    return 0.5 if x and y and (x in y or y in x) and min(len(words_of(a)), len(words_of(b))) >= 2 else 0.0


class Names:
    """The gold's organisations: aliases lead to the listed name, optional ones are neither right nor false."""

    def __init__(self, gold: Item) -> None:
        self.listed = {folded(name) for name in gold["organisations"]}
        self.optional = {folded(name) for name in gold["optional_organisations"]}
        self.aliases = {folded(a): folded(b) for a, b in gold["aliases"].items()}

    def of(self, name: str) -> str:
        low = folded(name)
        return low if low in self.listed else self.aliases.get(low, low)


def organisations(marked: MarkedPage, found: Sequence[Item]) -> Count:
    names = Names(marked.gold)
    return match(
        sorted(names.listed),
        found,
        lambda g, f: float(g == names.of(f["name"])),
        lambda f: names.of(f["name"]) in names.optional,
    )


def people(marked: MarkedPage, found: Sequence[Item]) -> Count:
    gold = sorted({folded(p["name"]) for p in marked.gold["people"]})
    return match(gold, sorted({folded(p["name"]) for p in found}), lambda g, f: float(g == f))


def people_organisations(marked: MarkedPage, found: Sequence[Item]) -> Count:
    names = Names(marked.gold)

    def pairs(items: Iterable[Item]) -> list[tuple[str, str]]:
        return sorted({(folded(p["name"]), names.of(p["organisation"])) for p in items if p["organisation"]})

    return match(pairs(marked.gold["people"]), pairs(found), lambda g, f: float(g == f))


def people_roles(marked: MarkedPage, found: Sequence[Item]) -> Count:
    names = Names(marked.gold)

    def triples(items: Iterable[Item]) -> list[tuple[str, str, str]]:
        return sorted({(folded(p["name"]), names.of(p["organisation"]), folded(p["role"])) for p in items if p["role"]})

    return match(
        triples(marked.gold["people"]), triples(found), lambda g, f: alike(g[2], f[2], 0.6) if g[:2] == f[:2] else 0.0
    )


def events(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(marked.gold["events"], found, lambda g, f: alike(g["name"], f["name"]))


def events_whole(marked: MarkedPage, found: Sequence[Item]) -> Count:
    def same(g: Item, f: Item) -> float:
        place = (
            (not g["place"] and not f["place"])
            or alike(g["place"], f["place"], 0.4) > 0
            or (
                g["place"]
                and f["place"]
                and (folded(g["place"]) in folded(f["place"]) or folded(f["place"]) in folded(g["place"]))
            )
        )
        return alike(g["name"], f["name"]) if place and same_date(g["date"], f["date"]) else 0.0

    return match(marked.gold["events"], found, same)


def same_date(a: str, b: str) -> bool:
    """True if two dates of the contract are the same; "by" a day and the day itself count as the same."""
    return a.strip("/") == b.strip("/")


def agreements(marked: MarkedPage, found: Sequence[Item]) -> Count:
    names = Names(marked.gold)

    def like(g: Item, f: Item) -> float:
        a, b = {names.of(p) for p in g["parties"]}, {names.of(p) for p in f["parties"]}
        shared = 2 * len(a & b) / max(1, len(a) + len(b))
        status = g["status"] == f["status"]
        if not a and not b:
            return 0.5 if status else 0.2
        return shared + 0.3 * status if shared >= 0.5 else 0.0

    return match(marked.gold["agreements"], found, like)


def agreement_areas(marked: MarkedPage, found: Sequence[Item]) -> Count:
    total = Count()
    pairs = agreements(marked, found).pairs
    taken_gold = [id(g) for g, _ in pairs]
    taken_found = [id(f) for _, f in pairs]
    for g, f in pairs:
        total.add(match(g["areas"], list(f["areas"]), alike))
    for g in marked.gold["agreements"]:
        if id(g) not in taken_gold:
            total.missed += len(g["areas"])
    for f in found:
        if id(f) not in taken_found:
            total.false += len(f["areas"])
    return total


def figures(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(
        marked.gold["figures"],
        found,
        lambda g, f: (
            (1.0 + 0.5 * same_unit(g["unit"], f["unit"]) + 0.1 * likeness(g["what"], f["what"])) * same_value(g, f)
        ),
    )


def figures_unit(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(marked.gold["figures"], found, lambda g, f: same_value(g, f) * same_unit(g["unit"], f["unit"]))


def same_value(g: Item, f: Item) -> float:
    return float(abs(g["value"] - f["value"]) <= 1e-6 * max(1.0, abs(g["value"])))


def same_unit(a: str, b: str) -> float:
    x, y = folded(a), folded(b)
    return float(x == y or (bool(x) and bool(y) and (x.split()[-1] == y.split()[-1] or likeness(x, y) >= 0.5)))


def quotes(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(marked.gold["quotes"], found, lambda g, f: alike(g["text"], f["text"], 0.85))


def quotes_speaker(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(
        marked.gold["quotes"], found,
        lambda g, f: alike(g["text"], f["text"], 0.85) * float(folded(g["speaker"] or "") == folded(f["speaker"] or "")),
    )  # fmt: skip


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def commitment_likeness(marked: MarkedPage, strict: bool) -> Callable[[Item, Item], float]:
    """Overlap of the gold's `what`, where it stands in the text, with the found deciding passage.

    Loose: at least half of the shorter one. Strict: at least half of both together (intersection over union).
    """
    spots = {c["what"]: places_in(marked.text, c["what"], genitive=False) for c in marked.gold["commitments"]}

    def like(g: Item, f: Item) -> float:
        passage = f["evidence"][0]
        span = (passage["start"], passage["end"])
        best = 0.0
        for spot in spots[g["what"]]:
            common = _overlap(spot, span)
            shorter = min(spot[1] - spot[0], span[1] - span[0])
            union = spot[1] - spot[0] + span[1] - span[0] - common
            share = common / max(1, union if strict else shorter)
            if share >= 0.5:
                best = max(best, share + 0.001 * common / max(1, union))
        return max(best, 0.5 * (likeness(g["what"], f["what"]) >= 0.7))

    return like


def commitments(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(marked.gold["commitments"], found, commitment_likeness(marked, strict=False))


def commitments_strict(marked: MarkedPage, found: Sequence[Item]) -> Count:
    return match(marked.gold["commitments"], found, commitment_likeness(marked, strict=True))


def commitments_date(marked: MarkedPage, found: Sequence[Item]) -> Count:
    like = commitment_likeness(marked, strict=False)
    return match(marked.gold["commitments"], found, lambda g, f: like(g, f) * same_date(g["when"], f["when"]))


def signals(marked: MarkedPage, found: Sequence[Item]) -> Count:
    names = Names(marked.gold)

    def like(g: Item, f: Item) -> float:
        if g["kind"] != f["kind"]:
            return 0.0
        subjects = g["subject"].split(";")
        theirs = f["subject"].split(";")
        if any(names.of(a) == names.of(b) or alike(a, b, 0.4) for a in subjects for b in theirs):
            return 1.0
        quote = " ".join(p["quote"] for p in f["evidence"])
        return 0.6 if any(folded(a) in folded(quote) or alike(a, quote, 0.4) for a in subjects) else 0.0

    return match(marked.gold["signals"], found, like)


def furniture(marked: MarkedPage, zones: Sequence[str]) -> Count:
    count = Count()
    for number, (gold, zone) in enumerate(zip(marked.gold["zones"], zones, strict=True), 1):
        count.right += gold == zone == "furniture"
        count.false += zone == "furniture" != gold
        count.missed += gold == "furniture" != zone
        if (gold == "furniture") != (zone == "furniture"):
            count.errors.append(f"{'-' if gold == 'furniture' else '+'} line {number} {gold}/{zone}")
    return count


KINDS: dict[str, tuple[str, Callable[[MarkedPage, Sequence[Item]], Count]]] = {
    "people": ("people", people),
    "person + organisation": ("people", people_organisations),
    "person + role + organisation": ("people", people_roles),
    "organisations": ("organisations", organisations),
    "events": ("events", events),
    "events with date and place": ("events", events_whole),
    "agreements": ("agreements", agreements),
    "agreement areas": ("agreements", agreement_areas),
    "figures": ("figures", figures),
    "figures with unit": ("figures", figures_unit),
    "quotes": ("quotes", quotes),
    "quotes with speaker": ("quotes", quotes_speaker),
    "commitments": ("commitments", commitments),
    "commitments (strict passage)": ("commitments", commitments_strict),
    "commitments with date": ("commitments", commitments_date),
    "signals": ("signals", signals),
}
