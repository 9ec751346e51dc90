"""Floor 6: how a county's own repository starts, and how it is brought to a newer engine."""
