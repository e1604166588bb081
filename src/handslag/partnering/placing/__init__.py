"""What places meetings: a search in compiled functions, over flat arrays."""

from handslag.partnering.compiling import is_compiled
from handslag.partnering.placing.scoring import Scoring, score_goals
from handslag.partnering.placing.search import Search, prepare

__all__ = ["Scoring", "Search", "is_compiled", "prepare", "score_goals"]
