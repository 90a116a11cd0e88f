"""What the engine says, in both languages side by side."""
