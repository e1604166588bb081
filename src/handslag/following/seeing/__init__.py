"""A page and a commitment as they are compared: words, names, figures, times, and words of outcome."""
