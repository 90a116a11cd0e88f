"""What an outsider may read of a dossier, and what it rests on."""
