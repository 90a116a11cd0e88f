"""The thread of a code, what hangs loose, and who is on turn."""
