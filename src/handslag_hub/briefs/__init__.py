"""Briefs for a meeting, the pages of agreements with their milestones, and how levels and groups hang together."""
