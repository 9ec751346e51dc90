"""Floor 4: records become pages, purely: sentences, charts, tables and templates."""
