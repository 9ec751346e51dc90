"""Floor 2: the sheets that clerks really have become canonical rows, or remarks at their cells."""
