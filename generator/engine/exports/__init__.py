"""Exports: a county's tables as files that other programs open."""
