"""Carriers: whatever a file is, the pieces of text in it that a person could read."""
