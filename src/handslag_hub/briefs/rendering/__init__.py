"""A brief as Markdown and as PDF."""
