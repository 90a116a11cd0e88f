"""The live layer: a journal for each room, and one writer that acknowledges only what is kept."""
