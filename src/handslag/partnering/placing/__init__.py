"""What places meetings: a search in compiled functions, over flat arrays."""

from handslag.partnering.placing.scoring import Scoring, score_goals
from handslag.partnering.placing.search import Search, prepare_search

__all__ = ["Scoring", "Search", "prepare_search", "score_goals"]
