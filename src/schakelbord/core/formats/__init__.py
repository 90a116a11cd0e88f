"""How dates, times and numbers are written, a module for each language."""
