"""Reads: meetings as the one who asks may see them."""
