"""Facts: what a page says, each kind in its own file, built on the page's analysis."""
