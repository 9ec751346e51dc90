"""Floor 3: what git remembers of the records."""
