"""Pages of anchorings."""
