"""`make bench-follow`: what is heard of commitments in stories that the judges have not seen, and how fast.

Cross-validation over whole stories, the shared ones and our own: each is followed by judges trained on the stories of the other
folds. The table goes into bench/follow.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "training"), str(ROOT / "bench")]

from follow_scoring import Score, score_story  # noqa: E402
from following import examples_of, judges_without, rarity_weights  # noqa: E402
from stories import OWN, SHARED, Story, load_stories  # noqa: E402

from handslag.following.following import follow  # noqa: E402
from handslag.following.judging import Judges  # noqa: E402
from handslag.following.results import Following  # noqa: E402
from handslag.following.views import Rarity  # noqa: E402

FOLDS = 13


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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what was wrong")
    parser.parse_args()
    stories = load_stories(OWN, *([SHARED] if SHARED.is_dir() else []))
    for key, score in cross_validated(stories).items():
        print(key, {name: round(value, 3) for name, value in score.rows().items()})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
