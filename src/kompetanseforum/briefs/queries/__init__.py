"""Reads: briefs as the one who asks may see them, and what a new one starts from."""
