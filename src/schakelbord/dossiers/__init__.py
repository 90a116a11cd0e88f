"""Dossiers with their themes, issues (gaps and dilemmas) and sources; the short codes by which everything is known."""
