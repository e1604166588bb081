"""The formats that are read, by a file name's ending, and the parser of each."""

from __future__ import annotations

from handslag.reading.loading.document import Content, Limits
from handslag.reading.loading.refusal import Refusal

ENDINGS = {
    ".txt": "txt",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".eml": "eml",
}
"""File name endings, in lower case, and the format that each stands for."""


def parse(data: bytes, format_name: str, limits: Limits) -> Content:
    """The content of a file that is no plain text. Parsers are loaded when first needed. Raises `Refusal`."""
    if format_name == "html":
        from handslag.reading.loading.html import read_html  # noqa: PLC0415  # loaded when first needed

        return read_html(data, limits)
    if format_name == "pdf":
        from handslag.reading.loading.pdf import read_pdf  # noqa: PLC0415  # loaded when first needed

        return read_pdf(data, limits)
    if format_name == "docx":
        from handslag.reading.loading.docx import read_docx  # noqa: PLC0415  # loaded when first needed

        return read_docx(data, limits)
    if format_name == "pptx":
        from handslag.reading.loading.pptx import read_pptx  # noqa: PLC0415  # loaded when first needed

        return read_pptx(data, limits)
    if format_name == "xlsx":
        from handslag.reading.loading.xlsx import read_xlsx  # noqa: PLC0415  # loaded when first needed

        return read_xlsx(data, limits)
    if format_name == "eml":
        from handslag.reading.loading.mail import read_eml  # noqa: PLC0415  # loaded when first needed

        return read_eml(data, limits)
    raise Refusal(f"is of a format that is not read ({format_name})")
