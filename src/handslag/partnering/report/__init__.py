"""What an organiser is told of a plan: how much was placed and how near the best possible, who is full, how fair it is, timetables."""

from handslag.partnering.report.overview import Overview, overview_of
from handslag.partnering.report.page import plan_page
from handslag.partnering.report.text import overview_lines

__all__ = ["Overview", "overview_lines", "overview_of", "plan_page"]
