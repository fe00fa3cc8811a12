"""Reads over all capabilities."""
