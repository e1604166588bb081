"""Writes of this part."""

from handslag_hub.following.services.telling import tell

__all__ = ["tell"]
