"""Floor 0: values that know only themselves; no reading, no writing, no clock."""
