"""Handslag's hub: the Django site around the engine."""
