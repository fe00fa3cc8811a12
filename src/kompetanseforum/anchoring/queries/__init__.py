"""Reads: what organisations have committed themselves to."""
