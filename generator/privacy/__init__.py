"""The privacy guard: what must not be published, found wherever it is written."""
