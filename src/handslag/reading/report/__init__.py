"""The report: one HTML page in which every fact stands beside its highlighted passage."""

from handslag.reading.report.page import html_report
from handslag.reading.report.periods import period_in_words
from handslag.reading.report.wording import Pair, amount, counted, label, sentence

__all__ = ["Pair", "amount", "counted", "html_report", "label", "period_in_words", "sentence"]
