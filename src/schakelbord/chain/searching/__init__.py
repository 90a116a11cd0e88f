"""Search over everything that somebody may read: the index, the words and the page."""
