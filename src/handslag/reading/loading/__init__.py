"""Files to text: plain text, Markdown, web pages, PDF, Office files and mail, none of them trusted."""

from handslag.reading.loading.document import Limits, LoadedDocument, Region
from handslag.reading.loading.opening import load

__all__ = ["Limits", "LoadedDocument", "Region", "load"]
