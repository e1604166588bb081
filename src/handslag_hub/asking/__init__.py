"""Asking and being told: letters with private addresses for the answer, watchers, notes and next dates, subscriptions and digests."""
