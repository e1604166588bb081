"""What places meetings: a search in compiled functions, over flat arrays."""

from handslag.partnering.placing.scoring import Scoring, score_goals
from handslag.partnering.placing.search import SEARCH_BLOCK, TIDY_BLOCK, Search

__all__ = ["SEARCH_BLOCK", "TIDY_BLOCK", "Scoring", "Search", "score_goals"]
