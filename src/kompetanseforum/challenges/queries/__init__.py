"""Reads: challenges, what they gather, their teams, and who is missing."""
