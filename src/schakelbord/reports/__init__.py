"""Documents and files made of what the other apps hold: one module a document."""
