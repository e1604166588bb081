"""Reads of the register, each for an actor and as known on a day."""
