"""`make bench-follow`: what is heard of commitments in stories that the judges have not seen, and how fast.

Cross-validation over whole stories, the shared ones and our own: each is followed by judges trained on the stories of the other
folds, who set their limits by folds of these in turn. The blind stories are followed by the judges as installed, which have seen none
of them. The table goes into bench/follow.md.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training"), str(ROOT / "bench")]

from follow_scoring import Score, score_story  # noqa: E402
from following import examples_of, judges_without, rarity_weights  # noqa: E402
from stories import BLIND, OWN, SHARED, Story, load_stories  # noqa: E402

from handslag.following.following import follow  # noqa: E402
from handslag.following.linking.judging import Judges, installed_judges  # noqa: E402
from handslag.following.linking.ledger import Ledger  # noqa: E402
from handslag.following.results import Following  # noqa: E402
from handslag.following.seeing.views import Rarity, view_commitment  # noqa: E402

FOLDS = 5
LEDGER = 100_000
TIMED = 40
SHARE, COUNT = "{:.2f}", "{}"
ROWS = (
    ("commitments of the first pages found", False, ("commitments found",), "0.45", SHARE),
    ("found: evidence, precision / recall", False, ("evidence precision", "evidence recall"), "0.88 / 0.50", SHARE),
    (
        "found: state, mean over states / above the commonest",
        False,
        ("state mean", "state above commonest"),
        "0.60 / 0.10",
        SHARE,
    ),
    ("given: evidence, precision / recall", True, ("evidence precision", "evidence recall"), "0.90 / 0.60", SHARE),
    ("given: state, mean over states / all", True, ("state mean", "state accuracy"), "0.70 /", SHARE),
    ("given: what it says / by whom, where linked", True, ("says", "by"), "0.85 /", SHARE),
    ("claimed wrongly, given", True, ("claimed wrongly, of states",), "0.03", SHARE),
    ("claimed wrongly, found", False, ("claimed wrongly, of states",), "0.03", SHARE),
    (
        "traps taken as certain / as probable / of",
        True,
        ("traps certain", "traps probable", "traps"),
        "0 / 4 / 66",
        COUNT,
    ),
    (
        "contradictions, precision / recall",
        True,
        ("contradiction precision", "contradiction recall"),
        "0.90 / 0.50",
        SHARE,
    ),
)


def followed_by_day(story: Story, judges: Judges, *, are_given: bool) -> dict[str, Following]:
    """The story followed as of the day of each of its pages."""
    commitments = story.given if are_given else story.found
    return {
        page["date"]: follow(story.documents, commitments, page["date"], are_given=are_given, judges=judges)
        for page in story.gold["pages"]
    }


def cross_validated(stories: Sequence[Story], folds: int = FOLDS) -> dict[tuple[str, bool], Score]:
    """The scores by kind of story ("shared", "own") and whether the commitments were given."""
    weights = rarity_weights()
    rarity = Rarity(weights)
    examples = [example for story in stories for example in examples_of(story, rarity)]
    scores = {(kind, given): Score() for kind in ("shared", "own") for given in (True, False)}
    names = sorted(story.name for story in stories)
    for fold in range(folds):
        inside = set(names[fold::folds])
        judges = judges_without(inside, examples, weights)
        for story in stories:
            if story.name in inside:
                kind = "shared" if story.name.startswith("d") else "own"
                for given in (True, False):
                    score_story(
                        scores[kind, given], story, followed_by_day(story, judges, are_given=given), are_given=given
                    )
    return scores


def measured_blind(stories: Sequence[Story], judges: Judges) -> dict[tuple[str, bool], Score]:
    """The scores of stories that no judge was trained on."""
    scores = {("blind", given): Score() for given in (True, False)}
    for story in stories:
        for (_, given), score in scores.items():
            score_story(score, story, followed_by_day(story, judges, are_given=given), are_given=given)
    return scores


def ledger_times(stories: Sequence[Story], judges: Judges, size: int = LEDGER) -> list[float]:
    """Processor seconds of linking later pages against a ledger of `size` commitments.

    The ledger holds the stories' commitments again and again, each time with other parties.
    """
    ledger = Ledger(judges)
    pages = []
    views = []
    for story in stories:
        seen = [ledger.see(document) for document in story.documents]
        pages += seen[1:]
        homes = {page.document.sha256: page for page in seen}
        views += [view_commitment(c, homes[c.document], judges.rarity) for c in story.given]
    for number in range(size):
        view = views[number % len(views)]
        turn = number // len(views)
        keys = {f"{key}{turn}" if turn and key.startswith("n:") else key for key in view.keys}
        ledger.add(replace(view, keys=frozenset(keys)))
    times = []
    for page in pages[:: max(1, len(pages) // TIMED)]:
        begun = time.process_time()
        ledger.link(ledger.see(page.document))
        times.append(time.process_time() - begun)
    return times


def joined(scores: Iterable[Score]) -> Score:
    """The counts of several scores together."""
    whole = Score()
    for score in scores:
        for field in fields(Score):
            setattr(whole, field.name, getattr(whole, field.name) + getattr(score, field.name))
    return whole


def table(scores: Mapping[tuple[str, bool], Score], times: Sequence[float]) -> list[str]:
    """The table, in Markdown."""
    groups = [
        {given: scores["shared", given] for given in (True, False)},
        {given: joined(scores[kind, given] for kind in ("shared", "own")) for given in (True, False)},
        {given: scores["blind", given] for given in (True, False)},
    ]
    figures = [{given: score.rows() for given, score in group.items()} for group in groups]
    lines = ["| what | at least | shared stories | all stories | blind stories |", "|---|---|---|---|---|"]
    for what, given, keys, wanted, form in ROWS:
        cells = [" / ".join(form.format(rows[given][key]) for key in keys) for rows in figures]
        lines.append(f"| {what} | {wanted} | {' | '.join(cells)} |")
    slow = sorted(times)[int(0.95 * len(times))]
    lines.append(
        f"| linking a new document against {LEDGER:,} commitments: median / 95 in 100, processor time | 300 ms | | "
        f"{1000 * median(times):.0f} / {1000 * slow:.0f} ms | |"
    )
    return lines


def report(stories: Sequence[Story], scores: Mapping[tuple[str, bool], Score], times: Sequence[float]) -> str:
    """The whole file."""
    given = joined(scores[kind, True] for kind in ("shared", "own"))
    states = [f"| {state} | {given.states_right[state]} of {count} |" for state, count in given.states.most_common()]
    shared = sum(story.name.startswith("d") for story in stories)
    today = date.today().isoformat()  # noqa: DTZ011  the day it was measured
    about = (
        f"`make bench-follow`, {today}. {len(stories)} stories, {shared} of them shared, the others our own (`training/stories`). "
        f"Each was followed by judges trained on the stories of {FOLDS - 1} of {FOLDS} folds, itself not among them; features and cues "
        "were thought of with these stories in view, so their figures flatter. The blind stories (`training/stories_blind2`) were written "
        "before, and nothing was looked at or chosen on them."
    )
    return "\n".join(
        [
            "# Following, measured",
            "",
            about,
            "",
            *table(scores, times),
            "",
            "Claimed wrongly: of all states asked for, those told as reported done, withdrawn or contradicted that are not.",
            "",
            "| state, commitments given | told right |",
            "|---|---|",
            *states,
            "",
        ]
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what was wrong")
    arguments = parser.parse_args()
    stories = load_stories(OWN, *([SHARED] if SHARED.is_dir() else []))
    scores = cross_validated(stories) | measured_blind(load_stories(BLIND), installed_judges())
    if arguments.errors:
        print(*sorted(error for kind in ("shared", "own") for error in scores[kind, True].errors), sep="\n")
    text = report(stories, scores, ledger_times(stories, installed_judges()))
    (ROOT / "bench" / "follow.md").write_text(text, encoding="utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
