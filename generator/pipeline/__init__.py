"""Floor 6: what must be rebuilt, who builds it, and what is written."""
