"""Reads: what lines should hold (`wanted`), the map in memory (`kept`), and what its pages show."""
