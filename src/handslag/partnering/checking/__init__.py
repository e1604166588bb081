"""The checker: shares no code with what makes schedules, only the problem, the schedule and their files."""

from handslag.partnering.checking.certificates import Examined
from handslag.partnering.checking.verdict import Verdict, check_schedule
from handslag.partnering.checking.violations import RULES, Violation

__all__ = ["RULES", "Examined", "Verdict", "Violation", "check_schedule"]
