"""The map, what stands behind one of its rows, and the list of what statistics ask for."""
