"""Template tags of the chain."""
