"""Training of all parts of the reader, each on what the parts before it really give on pages they have not seen.

A part's training data come from earlier parts that were trained on other pages (stacked generalisation, Wolpert 1992): the
pages are dealt into folds; each fold is read by models trained on the others. In the end every part is trained on all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from agreements import train_agreements
from calibration import threshold_bytes
from commitments import add_spans, train_commitments, train_spans
from events import train_events
from figures import train_figures
from marked import MarkedPage
from organisations import train_organisations
from people import train_people
from people_names import train_people_names
from quotes import train_quotes
from signals import train_signals
from study import Study
from tagging import NameData, train_base
from terms import train_terms
from zones import train_zones

from handslag.reading import analysis as steps
from handslag.reading.facts.commitments.context import sentence_contexts
from handslag.reading.facts.commitments.find import commitments_of
from handslag.reading.facts.kinds import FINDERS
from handslag.reading.models import Models, Tagger

__all__ = ["FOLDS", "Training", "train_base"]

FOLDS = 4
Train = Callable[[list[Study]], dict[str, bytes]]


_forked: list[tuple[Train, list[list[Study]]]] = []


def _remember(train: Train, shares: list[list[Study]]) -> None:
    _forked[:] = [(train, shares)]


def _train_share(number: int) -> dict[str, bytes]:
    train, shares = _forked[0]
    return train(shares[number])


class Training:
    """Trains part after part on a list of marked pages; `parts` holds the trained files by name.

    After `run`, every study's `found` holds its facts, read by models that have not seen the page.
    """

    def __init__(
        self, pages: Sequence[MarkedPage], base: bytes, *, folds: int = FOLDS, processes: int = 1, tell: bool = False
    ) -> None:
        self.studies = [Study(page) for page in pages]
        self.folds = folds
        self.processes = processes
        self.parts: dict[str, bytes] = {}
        self._names = NameData(self.studies, Tagger(base))
        self._tell = tell

    def run(self, kinds: Sequence[str] = tuple(FINDERS)) -> dict[str, bytes]:
        """Trains everything, then sets the thresholds by what was found on pages not seen."""
        self.stage("zones", train_zones, lambda study: steps.add_zones(study.analysis))
        self._names.prepare(self.studies)
        self.stage("names", self._names.train, lambda study: steps.tag_names(study.analysis))
        self.stage("persons' names", train_people_names, lambda study: steps.settle_names(study.analysis))
        self.stage("terms", train_terms, lambda study: steps.add_terms(study.analysis))
        trainers: dict[str, Train] = {
            "organisations": train_organisations, "people": train_people, "quotes": train_quotes,
            "events": train_events, "figures": train_figures, "agreements": train_agreements, "commitments": train_commitments, "signals": train_signals,
        }  # fmt: skip
        for kind in kinds:
            if kind == "commitments":
                self.stage("commitments' spans", train_spans, add_spans)
            self.stage(kind, trainers[kind], self.finder(kind))
        self.parts["thresholds.json"] = threshold_bytes(self.studies)
        return self.parts

    def finder(self, kind: str) -> Callable[[Study], None]:
        """What reads one kind of fact off a study and keeps it."""

        def find(study: Study) -> None:
            if kind == "commitments":
                contexts = sentence_contexts(study.analysis.page)
                spans = [(study.analysis.page.sentences[number], span) for number, span in study.spans]
                study.found[kind] = list(commitments_of(study.analysis, contexts, spans))
            else:
                study.found[kind] = list(FINDERS[kind](study.analysis))

        return find

    def _trained(self, train: Train) -> list[dict[str, bytes]]:
        """The part trained without each fold, and on all pages; side by side where more than one processor may be used."""
        halves = [[s for i, s in enumerate(self.studies) if i % self.folds != number] for number in range(self.folds)]
        shares = [*halves, self.studies]
        if self.processes == 1:
            return [train(share) for share in shares]
        # forked, so that what the pages hold need not be sent; the largest share first
        with ProcessPoolExecutor(
            self.processes, mp_context=get_context("fork"), initializer=_remember, initargs=(train, shares)
        ) as pool:
            order = [len(shares) - 1, *range(self.folds)]
            done = dict(zip(order, pool.map(_train_share, order), strict=True))
        return [done[number] for number in range(len(shares))]

    def stage(self, name: str, train: Train, apply: Callable[[Study], object]) -> None:
        """Trains a part fold by fold, applies each to the pages it has not seen, then trains it on all."""
        begun = time.monotonic()
        *outside, whole = self._trained(train)
        for number, parts in enumerate(outside):
            models = Models(parts)
            for study in self.studies[number :: self.folds]:
                study.analysis.models = models
                apply(study)
        self.parts.update(whole)
        if self._tell:
            print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
