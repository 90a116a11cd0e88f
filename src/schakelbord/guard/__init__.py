"""The check of texts: nothing about real people, and no label of a group, comes through unseen."""
