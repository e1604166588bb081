"""The formats in which tables go out."""
