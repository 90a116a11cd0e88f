"""Pages of issues: the list, the queues, and the way up and back."""
