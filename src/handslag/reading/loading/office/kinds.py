"""The kinds of Office files that are read, and what people are told of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """`called` with its article for sentences, `noun` without; `main_part` is where its program puts the content."""

    noun: str
    called: str
    program: str
    ending: str
    old_ending: str
    main_part: str


WORD = Kind("Word document", "a Word document", "Word", ".docx", ".doc", "word/document.xml")
POWERPOINT = Kind(
    "PowerPoint presentation", "a PowerPoint presentation", "PowerPoint", ".pptx", ".ppt", "ppt/presentation.xml"
)
EXCEL = Kind("Excel workbook", "an Excel workbook", "Excel", ".xlsx", ".xls", "xl/workbook.xml")

KINDS = (WORD, POWERPOINT, EXCEL)
