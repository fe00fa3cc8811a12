"""Reads: threads from question to answer, and what came out of it in a period."""
