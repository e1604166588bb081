"""Keeping the hub's data: backups, restoring them, checking that everything holds."""
