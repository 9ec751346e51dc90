"""Floor 1: rows of text, how two versions of a table differ, and what that does to money."""
