"""Reads: results, what they came from, and who has confirmed them."""
