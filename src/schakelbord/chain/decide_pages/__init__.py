"""Pages of proposals and decisions, and consent by mail."""
