"""What places meetings."""
