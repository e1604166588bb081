"""Problems and schedules as files: read with every fault told at its place, written line by line."""

from handslag.partnering.files.announced import hold_announced
from handslag.partnering.files.problem_reading import read_problem, sha256_of
from handslag.partnering.files.schedule_reading import read_schedule
from handslag.partnering.files.writing import problem_json, schedule_json

__all__ = ["hold_announced", "problem_json", "read_problem", "read_schedule", "schedule_json", "sha256_of"]
