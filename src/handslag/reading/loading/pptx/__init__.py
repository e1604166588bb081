"""PowerPoint presentations."""

from handslag.reading.loading.pptx.presentation import read_pptx

__all__ = ["read_pptx"]
