"""From documents and commitments to what was heard: candidates from the index, judged sentence by sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import Final, NamedTuple

from handslag.following.documents import Document
from handslag.following.linking.index import CommitmentIndex
from handslag.following.linking.judging import Judges, SecondJudge
from handslag.following.linking.link_features import (
    Features,
    OnPage,
    Rivals,
    Shared,
    SharedOnPage,
    first_look,
    tells_an_end,
    tells_outcome,
)
from handslag.following.linking.meaning import (
    Meaning,
    Reading,
    installed_meaning,
    meaning_features,
    reading_features,
    text_of_commitment,
    text_of_sentence,
    worth_comparing,
)
from handslag.following.linking.reasons import reason
from handslag.following.linking.says_features import says_features
from handslag.following.linking.second_look import Look, second_features
from handslag.following.linking.sightings import are_same
from handslag.following.linking.speaking import says_owner
from handslag.following.results import Heard
from handslag.following.seeing.views import CommitmentView, DocumentView, view_document
from handslag.following.state import is_later

# A sentence is evidence of several commitments only where the judge is nearly as sure of each.
_NEARLY: Final = 0.8
_NAMED: Final = frozenset(("same", "part"))
_EXPLICIT: Final = 0.5
# To say that something is done, cancelled or contradicted, wrongly, is worse than to say that it goes on.
_SETTLING: Final = frozenset(("done", "cancelled", "contradicted"))
_SETTLED: Final = 0.5
_NEARLY_AS_LIKELY: Final = 0.35
# So much surer the link must be for these, and so much less sure for the others.
_STRICTER: Final = 0.03
_MILDER: Final = 0.03
# Below this score of the first look no second helps.
_HOPELESS: Final = -5.0
# Of a long page so many sentences are compared with a commitment, those that share most with it.
_MOST_SENTENCES: Final = 40
# What may make a sentence a candidate that shares no word with the commitment.
_WITHOUT_WORDS: Final = ("owner acts", "ended+agreed", "ends its agreement", "same time", "same figure", "same money")


class Link(NamedTuple):
    """A commitment (its number in the ledger) and what one sentence says about it."""

    number: int
    sentence: int
    heard: Heard


@dataclass(slots=True)
class Ledger:
    """The commitments that are followed, with their index."""

    judges: Judges
    views: list[CommitmentView] = field(default_factory=list)
    index: CommitmentIndex = field(default_factory=CommitmentIndex)
    meaning: Meaning | None = field(default_factory=installed_meaning)

    @property
    def second(self) -> SecondJudge:
        """Who takes the second look."""
        return self.judges.by_meaning if self.meaning else self.judges.by_words

    def add(self, view: CommitmentView) -> int:
        """Adds a commitment; gives its number."""
        self.views.append(view)
        return self.index.add(view.keys)

    def saw(self, view: CommitmentView) -> bool:
        """True if the commitment was stated before, on the same page or day; then its passage is kept beside the first."""
        for number in self.index.candidates(view.keys):
            first = self.views[number]
            if not is_later(view.said_on, first.said_on) and are_same(first, view):
                places = first.commitment.evidence + view.commitment.evidence
                first.commitment = replace(first.commitment, evidence=tuple(dict.fromkeys(places)))
                return True
        return False

    def see(self, document: Document) -> DocumentView:
        """The document prepared for comparing."""
        return view_document(document, self.judges.rarity)

    def link(self, page: DocumentView, done: Collection[int] = (), wanted: Collection[int] | None = None, on_page: OnPage | None = None) -> list[Link]:  # fmt: skip
        """What the page says about commitments that were stated on an earlier day.

        `done` are those that were reported done by then: the end of their agreement takes nothing back. Links to others than `wanted`
        are left out; these are the same either way. `on_page` is what was found when the page was linked to another ledger.
        """
        keys = {key for sentence in page.sentences for key in sentence.keys}
        said_on = page.document.said_on
        numbers = [
            number for number in self.index.candidates(keys) if self._may_be_of(self.views[number], said_on, page)
        ]
        asked = set(numbers) if wanted is None else set(wanted).intersection(numbers)
        if not asked:
            return []
        on_page = on_page or OnPage(page)
        return self._judged(page, {number: on_page.of(self.views[number]) for number in numbers}, asked, done)

    def _may_be_of(self, view: CommitmentView, said_on: str, page: DocumentView) -> bool:
        if page.document.sha256 == view.commitment.document:
            return False
        # a page without a day moves no state, and may still be shown
        return not said_on or is_later(said_on, view.said_on)

    def _judged(self, page: DocumentView, shared: Mapping[int, SharedOnPage], asked: Collection[int], done: Collection[int]) -> list[Link]:  # fmt: skip
        looks, seen = self._looked_at(page, shared)
        hopeful = _hopeful(looks, seen, asked)
        again = _SecondLook(self, page, looks, seen)
        again.look([k for of_sentence in hopeful.values() for k in of_sentence if int(looks[k].commitment) in asked])
        found: list[Link] = []
        by_end: list[Link] = []
        for at, of_sentence in hopeful.items():
            mine = [k for k in of_sentence if int(looks[k].commitment) in asked]
            others = [k for k in of_sentence if int(looks[k].commitment) not in asked]
            for k, probability in again.likely(mine, others).items():
                number = int(looks[k].commitment)
                heard = self._heard(number, page, at, shared[number][at], seen[k], probability)
                (by_end if _ends(seen[k]) else found).append(Link(number, at, heard))
        # What the page says itself of a commitment's end is plainer than that its agreement ended.
        told = {link.number for link in found if link.heard.says == "cancelled" and link.heard.certainty != "weak"}
        told.update(done)
        return sorted([*found, *(link for link in by_end if link.number not in told)], key=lambda link: link.sentence)

    def _looked_at(self, page: DocumentView, shared: Mapping[int, SharedOnPage]) -> tuple[list[Look], list[Features]]:
        """All sentences beside all commitments that they may tell of, with the score of the first look, and the features of each."""
        compared = {number: _most_alike(mine) for number, mine in shared.items()}
        by_signs = _with_its_signs({number: self.views[number] for number in shared}, page)
        rivals = Rivals(list(shared.values()))
        looks: list[Look] = []
        seen: list[Features] = []
        for at in range(len(page.sentences)):
            for number, mine in shared.items():
                if at not in compared[number] and (at, number) not in by_signs:
                    continue
                view = self.views[number]
                features, score = first_look(view, page, at, mine, rivals, self.judges)
                if is_candidate(features):
                    looks.append(Look(at, number, view.commitment.document, score))
                    seen.append(features)
        return looks, seen

    def _heard(
        self, number: int, page: DocumentView, at: int, shared: Sequence[Shared], features: Features, probability: float
    ) -> Heard:
        view, sentence = self.views[number], page.sentences[at]
        owner = says_owner(view, page, at)
        told = says_features(view, page, at, shared, owner)
        if self.meaning:
            (reading,) = self.meaning.read([(text_of_commitment(view), text_of_sentence(page, sentence))])
            judged = self.judges.says_by_meaning.probabilities(told | reading_features(reading))
        else:
            judged = self.judges.says_by_words.probabilities(told)
        says = "cancelled" if features.get("ends its agreement") else chosen(judged)
        by = "owner" if owner else "other"
        return Heard(
            place=page.document.place(sentence.start, sentence.end),
            said_on=page.document.said_on,
            says=says,
            by=by,
            basis=basis_of(features),
            certainty=self._certainty(probability, judged[says], says),
            why=reason(sentence, shared, features, says, by),
            probability=round(probability, 4),
        )

    def _certainty(self, link: float, told: float, says: str) -> str:
        limits = self.second.limits
        if link >= limits.certain and told >= _EXPLICIT:
            return "certain"
        least = limits.probable + (_STRICTER if says in _SETTLING else -_MILDER)
        return "probable" if link >= least else "weak"


class _SecondLook:
    """A page's likelier pairs, each beside the others of its sentence and of its commitment; looked at is only what is asked for."""

    def __init__(self, ledger: Ledger, page: DocumentView, looks: Sequence[Look], seen: list[Features]) -> None:
        """`seen` are the features of the looks; those of the second look are put beside them."""
        self._ledger, self._page, self._looks, self._seen = ledger, page, looks, seen
        self._worth_reading = frozenset(worth_comparing(looks)) if ledger.meaning else frozenset()
        self._readings: dict[int, Reading] = {}

    def likely(self, mine: Sequence[int], others: Sequence[int]) -> dict[int, float]:
        """The probability of those of one sentence's looks `mine` that may be links and are nearly as likely as the best of all; they
        were looked at.
        """
        second = self._ledger.second
        judged = {k: second.judge.probability(self._seen[k]) for k in mine}
        ends = {k: max(judged[k], second.limits.probable + _STRICTER) for k in mine if _ends(self._seen[k])}
        likely = {k: value for k, value in judged.items() if k not in ends and value >= second.limits.weak}
        if not likely:
            return ends
        rivals = [k for k in others if not _ends(self._seen[k])]
        self.look(rivals)
        best = max([*likely.values(), *(second.judge.probability(self._seen[k]) for k in rivals)])
        return ends | {k: value for k, value in likely.items() if value >= _NEARLY * best}

    def look(self, numbers: Sequence[int]) -> None:
        """Puts what a second look sees beside the features of these."""
        for k, beside in zip(numbers, second_features(self._looks, numbers), strict=True):
            self._seen[k] = self._seen[k] | beside
        for k, features in self._read(self._worth_reading.intersection(numbers)).items():
            self._seen[k] = self._seen[k] | features

    def _read(self, wanted: Collection[int]) -> dict[int, Features]:
        """What reading them together adds, beside those of the same sentence and of the same commitment."""
        sentences = {self._looks[k].sentence for k in wanted}
        commitments = {self._looks[k].commitment for k in wanted}
        near = [
            k
            for k in sorted(self._worth_reading)
            if self._looks[k].sentence in sentences or self._looks[k].commitment in commitments
        ]
        new = [k for k in near if k not in self._readings]
        if self._ledger.meaning and new:
            readings = self._ledger.meaning.read([self._texts(self._looks[k]) for k in new])
            self._readings.update(zip(new, readings, strict=True))
        features = meaning_features(self._looks, {k: self._readings[k] for k in near})
        return {k: features[k] for k in wanted}

    def _texts(self, look: Look) -> tuple[str, str]:
        view = self._ledger.views[int(look.commitment)]
        return text_of_commitment(view), text_of_sentence(self._page, self._page.sentences[look.sentence])


def _hopeful(looks: Sequence[Look], seen: Sequence[Features], asked: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the looks that a second may help, by sentence; sentences that may tell of none that was asked for are left out."""
    found: dict[int, list[int]] = {}
    for k, look in enumerate(looks):
        if look.score >= _HOPELESS or _ends(seen[k]):
            found.setdefault(look.sentence, []).append(k)
    return {at: ks for at, ks in found.items() if any(int(looks[k].commitment) in asked for k in ks)}


def _ends(features: Features) -> bool:
    return bool(features.get("ends its agreement"))


def _most_alike(shared: SharedOnPage) -> frozenset[int]:
    """The sentences of a page that share most with a commitment."""
    masses = shared.masses
    return frozenset(nlargest(_MOST_SENTENCES, masses, key=lambda number: (masses[number], -number)))


def _with_its_signs(views: Mapping[int, CommitmentView], page: DocumentView) -> set[tuple[int, int]]:
    """Sentences that may tell of a commitment without a word of it: by its figure, its time, what its owner did, or the end of an agreement."""
    by_sign: dict[float | str, list[int]] = {}
    for number, view in views.items():
        for sign in {f.value for f in view.figures} | {period.strip("/") for period in view.periods}:
            by_sign.setdefault(sign, []).append(number)
    found: set[tuple[int, int]] = set()
    for at, sentence in enumerate(page.sentences):
        if "ended_agreement" in sentence.classes or tells_an_end(sentence):
            found.update((at, number) for number in views)
        signs: set[float | str] = {f.value for f in sentence.figures}
        signs.update(period.strip("/") for period in sentence.periods)
        found.update((at, number) for sign in signs for number in by_sign.get(sign, ()))
    for number, view in views.items():
        for at in {at for party in view.parties for at, named in enumerate(page.naming(party)) if named in _NAMED}:
            if tells_outcome(view, page.sentences[at]):
                found.add((at, number))
    return found


def chosen(judged: Mapping[str, float]) -> str:
    """The likeliest of what a passage may say; what would settle the matter only where nothing milder is nearly as likely."""
    best = max(judged, key=judged.__getitem__)
    if best in _SETTLING and judged[best] < _SETTLED:
        milder = max((says for says in judged if says not in _SETTLING), key=judged.__getitem__)
        if judged[milder] >= _NEARLY_AS_LIKELY * judged[best]:
            return milder
    return best


def is_candidate(features: Features) -> bool:
    """True if something of the commitment stands in the sentence: a word, its time, or the end of its agreement."""
    return "nothing" not in features or any(features.get(key, 0) >= 1 for key in _WITHOUT_WORDS)


def basis_of(features: Features) -> str:
    """Printed where the passage names what was promised in its own words, inferred where it has to be worked out."""
    named = any(features.get(key) for key in ("owner same", "owner part", "own page", "name of it", "same money"))
    return (
        "printed"
        if features.get("coverage", 0.0) >= 0.35 and (named or features.get("same stems", 0) >= 1)
        else "inferred"
    )


def in_order(documents: Iterable[Document]) -> list[Document]:
    """The documents by the day on which they were said; those without a day come last."""
    return sorted(documents, key=lambda document: (not document.said_on, document.said_on, document.path))
