"""Reads: rooms, who is in them, and the changes that are spoken of there."""
