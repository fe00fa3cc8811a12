"""Pages of the whole forum."""
