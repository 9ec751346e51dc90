"""Floor 8: one verb per file."""
