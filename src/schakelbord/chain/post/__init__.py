"""What goes out by mail about the chain, once, and who waits for what."""
