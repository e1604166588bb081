"""Secrets in private addresses: 256 bits of chance, of which only the sum is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> tuple[str, str]:
    """A secret for an address, and its sum to keep."""
    secret = secrets.token_urlsafe(32)
    return secret, sum_of(secret)


def sum_of(secret: str) -> str:
    """What is kept of a secret. With so much chance in it a plain sum tells nobody anything."""
    return hashlib.sha256(secret.encode()).hexdigest()
