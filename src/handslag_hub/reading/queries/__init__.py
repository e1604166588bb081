"""Reads of this part: documents and what came in, facts to be reviewed."""
