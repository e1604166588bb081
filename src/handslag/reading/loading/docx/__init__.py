"""Word documents."""

from handslag.reading.loading.docx.word import read_docx

__all__ = ["read_docx"]
