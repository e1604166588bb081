"""News for the trail, which lies above: the store writes them down in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

# Sent with `actor`, `verb` and `details` (keys of accounts, never names).
people_changed = Signal()
