"""Reads: who wants to be found and by what, and one's own talks."""
