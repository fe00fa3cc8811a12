"""Reads of needs: shown as the one who asks may see them (`shown`), and found by a search (`search`)."""
