"""Reads: boards and who is on them, what lies there, what has changed, votes."""
