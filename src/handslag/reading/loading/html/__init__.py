"""Web pages."""

from handslag.reading.loading.html.page import read_html

__all__ = ["read_html"]
