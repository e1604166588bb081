"""The JSON API at `/api/`: reading everything, adding documents. Documented by itself at `/api/docs`."""

from __future__ import annotations

from handslag_hub.exchange.api.hub import addresses, api, operations

__all__ = ["addresses", "api", "operations"]
