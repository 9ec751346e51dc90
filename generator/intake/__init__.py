"""Floor 2: files become records; everything that cannot be read becomes a finding."""
