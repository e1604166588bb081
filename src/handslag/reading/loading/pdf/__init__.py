"""PDF files with a text layer."""

from handslag.reading.loading.pdf.pages import read_pdf

__all__ = ["read_pdf"]
