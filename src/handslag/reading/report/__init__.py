"""The report: one HTML page in which every fact stands beside its highlighted passage; and its words, for the terminal."""

from handslag.kernel.markup import shown
from handslag.reading.report.article import day_in_words, title_of, warning_in_words
from handslag.reading.report.commitments import firmness_scale
from handslag.reading.report.page import html_report, is_report
from handslag.reading.report.passages import locate_words
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.refusals import reason_in_words
from handslag.reading.report.wording import Pair, amount, counted, label, sentence

__all__ = [
    "Pair",
    "amount",
    "counted",
    "day_in_words",
    "firmness_scale",
    "html_report",
    "is_report",
    "label",
    "locate_words",
    "period_in_words",
    "reason_in_words",
    "sentence",
    "shown",
    "title_of",
    "warning_in_words",
]
