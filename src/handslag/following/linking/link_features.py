"""What speaks for a sentence being about a commitment, and against it: named numbers for the trained judge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from heapq import nlargest
from typing import Final, NamedTuple

from handslag.following.linking.judging import Judges
from handslag.following.seeing.measures import counts_it, verdict_of
from handslag.following.seeing.meeting import Met
from handslag.following.seeing.names import Party, are_alike, match
from handslag.following.seeing.telling import Figure, Sentence
from handslag.following.seeing.views import CommitmentView, DocumentView, Rarity
from handslag.following.seeing.words import Word
from handslag.kernel.periods import is_period, parse_period

Features = dict[str, float]
_POINTERS: Final = frozenset(
    "he she it they this these that the his her their han hon det den de detta dessa där men but and och".split()
)


# What a page says that states an agreement, as stems; and how a sentence names one, or the end of a party.
_AGREEMENTS: Final = frozenset(
    """avtal överenskomm överenskommels samarbetsavtal samverkansavtal avsiktsförklaring agreement memorandum agre articl contract
    charter partnership collabor concluded sign conclud undersign framework kommit enig enad deklaration""".split()
)
_ENDED: Final = re.compile(
    "avtal|^samarbet|^samverkan|överenskomm|^partnerskap|^agreement|^contract|^cooperation|^partnership|^collabor|^konkurs|^likvidation"
    "|^bankrupt|^liquidat|^administrat"
)
_OUTCOMES: Final = frozenset(("completed", "begun", "delayed", "cancelled", "failed", "kept_word"))
_HEADING: Final = 5
_RARE: Final = 3.5
_SHORT: Final = 5


class Shared(NamedTuple):
    """A word of the commitment and the word of the sentence that it meets, how alike they are, and the weight of both."""

    mine: Word
    theirs: Word
    likeness: float
    weight: float
    position: int


class SharedOnPage:
    """What each sentence of a page shares with a commitment; looked through once, however many sentences there are.

    `own` keeps the features of sentences that do not depend on which other commitments may be meant (`link_features`), `scored` what
    a first look gave beside such rivals.
    """

    def __init__(self, view: CommitmentView, page: DocumentView) -> None:
        self._shared: dict[int, list[Shared]] = {}
        for position, (word, weight) in enumerate(zip(view.words, view.weights, strict=True)):
            for number, met in _best_met(word, page).items():
                shared = Shared(word, met.word, met.likeness, met.likeness * weight, position)
                self._shared.setdefault(number, []).append(shared)
        self.masses = {number: mass_of(shared) for number, shared in self._shared.items()}
        self.best = max(self.masses.values(), default=0.0)
        self.about_page = _page_features(view, page)
        of_paragraph: dict[int, list[float]] = {}
        for number in sorted(self.masses):
            of_paragraph.setdefault(page.sentences[number].paragraph, []).append(self.masses[number])
        self._totals = {paragraph: sum(masses) for paragraph, masses in of_paragraph.items()}
        self._highest = {paragraph: nlargest(2, masses) for paragraph, masses in of_paragraph.items()}
        # Held, so that its identity is nobody else's (`OnPage`).
        self._view, self._page = view, page
        self.home = view.commitment.document
        self._around: list[tuple[Word, dict[int, Met]]] | None = None
        places: dict[int, int] = {}
        for of_sentence in self._shared.values():
            for shared in of_sentence:
                places[shared.position] = places.get(shared.position, 0) + 1
        self._commonness = {position: count**0.5 for position, count in places.items()}
        self._telling: dict[int, float] = {}
        self.own: dict[int, tuple[Features, Features]] = {}
        self.scored: dict[int, tuple[Features, Features, float]] = {}

    def numbers(self) -> Iterable[int]:
        """The sentences that share anything with the commitment."""
        return self._shared

    def telling_mass(self, number: int) -> float:
        """The weight of what is shared, where a word that half the page has tells less than one that stands there once."""
        if number not in self._telling:
            best: dict[int, float] = {}
            for item in self[number]:
                weight = item.weight / self._commonness[item.position]
                best[item.theirs.start] = max(best.get(item.theirs.start, 0.0), weight)
            self._telling[number] = sum(best.values())
        return self._telling[number]

    def __getitem__(self, number: int) -> list[Shared]:
        return self._shared.get(number, [])

    def rest_of_paragraph(self, number: int) -> tuple[float, float]:
        """What the other sentences of the paragraph share with the commitment: all together, and the most alike of them."""
        paragraph = self._page.sentences[number].paragraph
        mine = self.masses.get(number, 0.0)
        best, second = [*self._highest.get(paragraph, ()), 0.0, 0.0][:2]
        return self._totals.get(paragraph, 0.0) - mine, second if mine == best else best

    def around(self, number: int) -> list[tuple[Word, float]]:
        """The words that stand around the commitment and in sentence `number`, with how alike they are."""
        if self._around is None:
            self._around = [(word, _best_met(word, self._page)) for word in self._view.around]
        return [(word, met[number].likeness) for word, met in self._around if number in met]


class OnPage:
    """What a page shares with commitments, kept for all ledgers that are linked to it and hold the same of them."""

    def __init__(self, page: DocumentView) -> None:
        self.page = page
        self._shared: dict[int, SharedOnPage] = {}

    def of(self, view: CommitmentView) -> SharedOnPage:
        """What it shares with this commitment."""
        found = self._shared.get(id(view))
        if found is None:
            found = self._shared[id(view)] = SharedOnPage(view, self.page)
        return found


class Rivals:
    """What the sentences of a page share with each of the commitments that may be meant."""

    def __init__(self, shared: Sequence[SharedOnPage]) -> None:
        self._meeting: dict[tuple[str, int], float] = {}
        for of_one in shared:
            for number in of_one.numbers():
                best: dict[int, float] = {}
                for item in of_one[number]:
                    best[item.theirs.start] = max(best.get(item.theirs.start, 0.0), item.likeness)
                for start, alike in best.items():
                    place = of_one.home, start
                    self._meeting[place] = self._meeting.get(place, 0.0) + alike
        self._ranked: dict[int, tuple[_Highest, ...]] = {}
        # By commitment and sentence; the commitments are held, so that their identity is nobody else's.
        self._held = shared
        self._measures: dict[tuple[int, int], tuple[float, float, float]] = {}
        for of_one in shared:
            for number, mass in of_one.masses.items():
                measures = mass, of_one.telling_mass(number), self._alone(of_one, number)
                self._measures[id(of_one), number] = measures
                ranked = self._ranked.setdefault(number, (_Highest(), _Highest(), _Highest()))
                for highest, value in zip(ranked, measures, strict=True):
                    highest.add(value)

    def _alone(self, shared_by: SharedOnPage, number: int) -> float:
        """The weight of what is shared, where a word that other commitments of the page meet as well counts for its part."""
        best: dict[int, float] = {}
        for item in shared_by[number]:
            own = item.weight * item.likeness / max(self._meeting[shared_by.home, item.theirs.start], item.likeness)
            best[item.theirs.start] = max(best.get(item.theirs.start, 0.0), own)
        return sum(best.values())

    def features(self, shared_by: SharedOnPage, number: int) -> Features:
        """How a sentence's sharing with one commitment lies beside its sharing with the others."""
        measures = self._measures.get((id(shared_by), number), (0.0, 0.0, 0.0))
        mass = measures[0]
        ranked = self._ranked.get(number, (_Highest(), _Highest(), _Highest()))
        rival, told, alone = (highest.beside(value) for highest, value in zip(ranked, measures, strict=True))
        found = {
            "best here": float(mass > rival),
            "only one here": float(mass > 0 and rival < 0.4 * mass),
            "margin": max(-1.5, min(1.5, (mass - rival) / 8)),
            "its alone": min(3.0, measures[2] / 6),
            "share its alone": measures[2] / mass if mass else 0.0,
            "telling": min(3.0, measures[1] / 6),
            "margin of telling": max(-1.5, min(1.5, (measures[1] - told) / 5)),
            "margin alone": max(-1.5, min(1.5, (measures[2] - alone) / 5)),
        }
        return _there(found)


class _Highest:
    """The two highest of some values."""

    def __init__(self) -> None:
        self._first = self._second = 0.0

    def add(self, value: float) -> None:
        self._first, self._second = max(self._first, value), max(self._second, min(self._first, value))

    def beside(self, value: float) -> float:
        """The highest of the others; `value` is one of those that were added."""
        return self._second if value >= self._first else self._first


def _best_met(word: Word, page: DocumentView) -> dict[int, Met]:
    """For each sentence the word most like it, of several the first."""
    best: dict[int, Met] = {}
    for met in page.words.like(word):
        if met.sentence not in best or met.likeness > best[met.sentence].likeness:
            best[met.sentence] = met
    return best


def mass_of(shared: Sequence[Shared]) -> float:
    """The weight of what is shared; a word of the sentence counts once."""
    best: dict[int, float] = {}
    for item in shared:
        best[item.theirs.start] = max(best.get(item.theirs.start, 0.0), item.weight)
    return sum(best.values())


def link_features(
    view: CommitmentView,
    page: DocumentView,
    number: int,
    shared_by: SharedOnPage,
    rivals: Rivals,
    rarity: Rarity,
) -> Features:
    """The features of sentence `number` of a page and a commitment.

    `shared_by` holds what each sentence of the page shares with it; `rivals` what it shares with all that may be meant.
    """
    return _joined(view, page, number, shared_by, rivals.features(shared_by, number), rarity)


def first_look(view: CommitmentView, page: DocumentView, number: int, shared_by: SharedOnPage, rivals: Rivals, judges: Judges) -> tuple[Features, float]:  # fmt: skip
    """The features of sentence `number` and their score. Of another ledger they are mostly just the same."""
    beside = rivals.features(shared_by, number)
    before = shared_by.scored.get(number)
    if before is None or before[0] != beside:
        features = _joined(view, page, number, shared_by, beside, judges.rarity)
        before = shared_by.scored[number] = beside, features, judges.link.score(features)
    return before[1:]


def _joined(view: CommitmentView, page: DocumentView, number: int, shared_by: SharedOnPage, beside: Features, rarity: Rarity) -> Features:  # fmt: skip
    if number not in shared_by.own:
        words = _there(_word_features(view, page, number, shared_by, rarity))
        shared_by.own[number] = words, _there(_own_features(view, page, number, shared_by))
    words, rest = shared_by.own[number]
    return {**words, **beside, **rest}


def _there(found: Features) -> Features:
    return {name: value for name, value in found.items() if value}


def _own_features(view: CommitmentView, page: DocumentView, number: int, shared_by: SharedOnPage) -> Features:
    """What but its words and its rivals speaks for the sentence, or against it."""
    sentence, shared = page.sentences[number], shared_by[number]
    mass = shared_by.masses.get(number, 0.0)
    found: Features = {}
    best_of_page = shared_by.best
    found["best of page"] = float(mass >= best_of_page and mass > 0)
    found["share of page's best"] = mass / best_of_page if best_of_page else 0.0
    found["before"] = min(2.0, shared_by.masses.get(number - 1, 0.0) / 8)
    found["after"] = min(2.0, shared_by.masses.get(number + 1, 0.0) / 8)
    found |= _paragraph_features(page, number, shared_by)
    found |= _figure_features(view, sentence, shared)
    found |= _measure_features(view, sentence)
    found |= _time_features(view, sentence)
    found |= _name_features(view, page, sentence)
    found |= _party_features(view, page, number)
    found |= page.kept(number, _sentence_features)
    found |= _result_features(view, sentence, shared)
    found["owner acts"] = float(
        bool(found.get("owner same") or found.get("owner part")) and tells_outcome(view, sentence)
    )
    found |= shared_by.about_page
    subject = _subject(sentence, shared)
    outcome = sentence.classes & {"completed", "begun", "delayed", "cancelled", "failed"}
    found["subject met"] = subject
    found["subject met+outcome"] = subject * bool(outcome)
    found["subject met+own page"] = subject * found.get("own page", 0.0)
    found["subject met, no stranger"] = subject * (found.get("strangers", 0) == 0)
    if tells_an_end(sentence):
        found["ends its agreement"] = float(ends_agreement(view, page, number))
    strong = min(1.0, mass / 12)
    for name in ("completed", "begun", "delayed", "cancelled", "failed", "future", "supposed", "moved_job", "compared"):
        if name in sentence.classes:
            found["strong+" + name] = strong
    for name in ("completed", "begun", "delayed", "cancelled", "failed"):
        if name in sentence.classes and "same time" in found:
            found["time+" + name] = 1.0
    if "ended_agreement" in sentence.classes:
        found["ended+agreed"] = float(view.commitment.firmness in {"agreed", "possible"})
        of_owner = max(found.get("owner same", 0), found.get("owner part", 0), found.get("own page", 0))
        found["ended+owner"] = of_owner
        found["ended+counterpart"] = found.get("name of home", 0)
        found["ended all"] = float(of_owner > 0 and found["ended+agreed"] > 0 and found.get("strangers", 0) == 0)
    return found


def _subject(sentence: Sentence, shared: Sequence[Shared]) -> float:
    """How telling the shared word is by which the sentence begins, 0 where it begins with another."""
    first = min((word.start for word in sentence.words), default=-1)
    return max((item.weight / 5 for item in shared if item.theirs.start == first), default=0.0)


def tells_outcome(view: CommitmentView, sentence: Sentence) -> bool:
    """True if the sentence tells an outcome, of any kind or of the kind of action that was promised."""
    return bool(sentence.classes & _OUTCOMES) or any(cue.name in view.actions for cue in sentence.results)


def tells_an_end(sentence: Sentence) -> bool:
    """True if a whole sentence says that some agreement or party came to an end."""
    return (
        bool(sentence.classes & {"ended_agreement", "cancelled"})
        and len(sentence.low) > _HEADING
        and any(_ENDED.search(low) for low in sentence.low)
    )


def ends_agreement(view: CommitmentView, page: DocumentView, number: int) -> bool:
    """True if the sentence says that the agreement ended under which the commitment was made.

    It names a party or stands on its page, and names nobody who was not there when it was agreed: who has agreements with many
    may have ended another.
    """
    sentence = page.sentences[number]
    if not tells_an_end(sentence) or view.commitment.firmness not in {"agreed", "possible"}:
        return False
    if not _AGREEMENTS & view.home_words.keys():
        return False
    owner = any(page.naming(party)[number] in {"same", "part"} for party in view.parties)
    own = any(page.publishes(party) for party in view.parties)
    others = [
        name for name in sentence.names if not any(match(party, name) in {"same", "part"} for party in view.parties)
    ]
    at_home = [name for name in others if set(name.words) & view.home_names]
    strangers = [name for name in others if not set(name.words) & view.home_names]
    return not strangers and (owner or (own and bool(at_home)) or len(at_home) > 1)


def _word_features(
    view: CommitmentView, page: DocumentView, number: int, shared_by: SharedOnPage, rarity: Rarity
) -> Features:
    sentence, shared = page.sentences[number], shared_by[number]
    weights = sorted((item.weight for item in shared), reverse=True)
    mass = shared_by.masses.get(number, 0.0)
    sentence_mass = page.masses[number] or 1.0
    found = {
        "coverage": min(1.0, mass / view.mass),
        "mass": min(3.0, mass / 8),
        "mass squared": min(4.0, (mass / 12) ** 2),
        "count": min(5, len({item.theirs.start for item in shared})) / 3,
        "best": weights[0] / 5 if weights else 0.0,
        "second": weights[1] / 5 if len(weights) > 1 else 0.0,
        "third": weights[2] / 5 if len(weights) > 2 else 0.0,
        "same stems": min(4, sum(item.likeness == 1 for item in shared)) / 2,
        "density": min(1.0, mass / sentence_mass),
        "nothing": float(not shared),
    }
    found["pairs"] = min(2.0, _pairs(shared) / 2)
    met = {item.mine.stem for item in shared}
    beside = [alike * rarity.of(word) for word, alike in shared_by.around(number) if word.stem not in met]
    found["around"] = min(2.0, sum(beside) / 10)
    head = [item for item in shared if item.position <= 1]
    found["verb"] = max((item.likeness for item in head), default=0.0)
    context = [
        word
        for word, weight in zip(sentence.words, page.weights[number], strict=True)
        if weight > _RARE and word.stem in view.home_words
    ]
    own = {item.theirs.start for item in shared}
    found["home context"] = min(3, sum(word.start not in own for word in context)) / 2
    return found


def _pairs(shared: Sequence[Shared]) -> int:
    """How many words that stand side by side in the commitment do so in the sentence, in the same words."""
    places = {item.position: item.theirs for item in shared if item.likeness >= 0.7}
    return sum(
        1
        for position, theirs in places.items()
        if position + 1 in places and 0 <= places[position + 1].start - theirs.end <= 5
    )


def _paragraph_features(page: DocumentView, number: int, shared_by: SharedOnPage) -> Features:
    sentence = page.sentences[number]
    rest, best = shared_by.rest_of_paragraph(number)
    found = {"rest of paragraph": min(2.0, rest / 10), "best of rest": min(2.0, best / 8)}
    found["alone in paragraph"] = float(page.paragraphs[sentence.paragraph] == 1)
    found["in section " + sentence.section] = float(bool(sentence.section))
    found["place on page"] = number / len(page.sentences)
    found["points back"] = float(bool(_POINTERS & set(sentence.low[:2])))
    return found


def _figure_features(view: CommitmentView, sentence: Sentence, shared: Sequence[Shared]) -> Features:
    found: Features = {}
    for mine in view.figures:
        for theirs in sentence.figures:
            if mine.kind == "money" and theirs.kind == "money":
                found["same money" if mine.value == theirs.value else "other money"] = 1.0
            elif mine.value == theirs.value and mine.value > 0:
                found["same figure"] = max(found.get("same figure", 0), 1.0 if mine.value > 3 else 0.6)
            elif mine.kind == theirs.kind == "duration":
                found["other duration"] = 1.0
            if mine.kind != "money" and _counts_shared(mine, theirs, shared):
                key = "same count of it" if mine.value == theirs.value else "other count of it"
                found[key] = 1.0
    if view.figures:
        found["has figures"] = 1.0
        found["both have figures"] = float(bool(sentence.figures))
    return found


def _measure_features(view: CommitmentView, sentence: Sentence) -> Features:
    """Whether the sentence tells of the measure that was promised."""
    if not view.measures:
        return {}
    found = {"counts it": float(counts_it(view.measures, sentence))}
    verdict = verdict_of(view.measures, sentence)
    if verdict is not None:
        plainly = "plainly" if verdict.is_plain else "perhaps"
        found[f"measure {verdict.outcome}, {plainly}"] = 1.0
        found["measure " + plainly] = 1.0
    return found


def _counts_shared(mine: Figure, theirs: Figure, shared: Sequence[Shared]) -> bool:
    """True if both figures stand shortly before a word that is shared."""
    return any(
        0 < item.mine.start - mine.end < 30 and 0 < item.theirs.start - theirs.end < 30 and item.likeness > 0.5
        for item in shared
    )


def _time_features(view: CommitmentView, sentence: Sentence) -> Features:
    found: Features = {}
    for mine in view.periods:
        for theirs in sentence.periods:
            if mine.strip("/") == theirs.strip("/"):
                found["same time"] = 1.0
                if len(mine) == len("2026-01-31"):
                    found["same day"] = 1.0
                    found["same day+delayed"] = float("delayed" in sentence.classes)
            elif _overlap(mine, theirs):
                found["time within"] = 1.0
    return found


def _overlap(one: str, other: str) -> bool:
    if not is_period(one) or not is_period(other):
        return False
    a, b = parse_period(one), parse_period(other)
    if None in (a.first, a.last, b.first, b.last) or a.precision == "year" or b.precision == "year":
        return False
    return bool(a.first <= b.last and b.first <= a.last)  # type: ignore[operator]  # none of them is None here


def _name_features(view: CommitmentView, page: DocumentView, sentence: Sentence) -> Features:
    found: Features = {}
    mine = {word for name in view.names for word in name.words}
    for name in sentence.names:
        words = set(name.words)
        if any(match(party, name) in {"same", "part"} for party in view.parties):
            continue
        if mine and words <= mine:
            found["name of it"] = found.get("name of it", 0) + min(1.0, len(words) / 2)
        elif (mine & words and len(words) > 1) or any(_is_like(word, other) for word in words for other in mine):
            found["like a name of it"] = 1.0
        elif words <= view.home_names:
            found["name of home"] = 1.0
        elif words & view.home_names:
            found["half a name of home"] = 1.0
        else:
            found["strangers"] = min(3.0, found.get("strangers", 0) + 1)
            found["stranger " + page.kind_of(name)] = 1.0
            if name is sentence.names[0] and name.start - sentence.start < 25:
                found["stranger first"] = 1.0
            on_page = page.times_named(words)
            found["stranger once"] = float(on_page == 1)
    if mine:
        found["it has names"] = 1.0
        found["share of its names"] = len(mine & {word for n in sentence.names for word in n.words}) / len(mine)
    return found


def _is_like(word: str, other: str) -> bool:
    return len(word) > 4 and len(other) > 4 and word != other and word[:4] == other[:4]


def _party_features(view: CommitmentView, page: DocumentView, number: int) -> Features:
    found: Features = {}
    ranks = {"same": 4, "part": 3, "stand-in": 2, "rival": 1, "": 0}
    here, near, anywhere, own = "", "", "", False
    for party in view.parties:
        naming = page.naming(party)
        own = own or page.publishes(party)
        here = max(here, naming[number], key=ranks.__getitem__)
        for other in naming[max(0, number - 2) : number]:
            near = max(near, other, key=ranks.__getitem__)
        anywhere = max(anywhere, *page.ways_named(party), key=ranks.__getitem__)
    if here:
        found["owner " + here] = 1.0
    if near and not here:
        found["owner near " + near] = 1.0
    found["owner on page " + (anywhere or "not")] = 1.0
    found["own page"] = float(own)
    found["own page, unnamed"] = float(own and not here)
    sentence = page.sentences[number]
    found["a letter off"] = float(not here and any(_is_letter_off(party, sentence) for party in view.parties))
    if here == "rival" and not own:
        found["only a rival here"] = 1.0
    surnames = {name.split()[-1].lower() for name in view.people if " " in name}
    if surnames & set(sentence.low):
        found["person of owner"] = 1.0
    elif number and surnames & set(page.sentences[number - 1].low):
        found["person of owner before"] = 1.0
    elif surnames & page.name_words:
        found["person of owner on page"] = 1.0
    return found


def _is_letter_off(party: Party, sentence: Sentence) -> bool:
    """True if the sentence has a word that is all but one of the party's name: "vägsäkerhet" and "vårdsäkerhet"."""
    words = sentence.long_words
    return any(
        word[0] == own[0] and are_alike(word, own)
        for own in party.core
        if len(own) > _SHORT and own not in words
        for word in words
    )


def _sentence_features(sentence: Sentence) -> Features:
    found: Features = {"cue " + name: 1.0 for name in sentence.classes}
    found["zone " + (sentence.zone or "none")] = 1.0
    found["question"] = float("?" in sentence.low)
    found["short"] = float(len(sentence.words) <= 3)
    found["length"] = min(2.0, len(sentence.words) / 12)
    found["indefinite"] = float(sentence.low[0] in {"en", "ett", "a", "an", "another", "any", "någon", "något"})
    found["to somebody"] = float(bool({"du", "ni", "you", "your", "din", "er"} & set(sentence.low[:3])))
    found["we"] = float(bool({"we", "our", "vi", "vår", "våra", "us", "oss"} & set(sentence.low)))
    return found


def _result_features(view: CommitmentView, sentence: Sentence, shared: Sequence[Shared]) -> Features:
    """Whether the sentence tells the outcome of an action of the kind that was promised."""
    if not view.actions:
        return {"no action known": 1.0}
    met = {item.theirs.start for item in shared}
    found: Features = {}
    told = {cue.name for cue in sentence.results}
    for cue in sentence.results:
        if cue.name not in view.actions:
            continue
        found["result of it"] = 1.0
        found["result " + cue.name] = 1.0
        if not any(token.start in met for token in sentence.tokens[cue.first : cue.last]):
            found["result of it in other words"] = min(3.0, found.get("result of it in other words", 0.0) + 1)
    found["results of it"] = len(told & view.actions) / len(view.actions)
    found["only results of others"] = float(bool(told) and not told & view.actions)
    return found


def _page_features(view: CommitmentView, page: DocumentView) -> Features:
    both = sum(weight for stem, weight in view.home_words.items() if weight > 4 and stem in page.topics)
    in_head = {word for name in page.head for word in name.words}
    return {
        "home names in head": min(1.0, len(view.home_names & in_head) / 2),
        "pages alike": min(2.0, both / 30),
        "same names on page": min(2.0, len(view.home_names & page.name_words) / 4),
        "other language": float(view.language != ("en" if page.document.language == "en" else "sv")),
    }
