"""Floor 1: what was promised: schemas, law, profiles and settings, read once and frozen."""
