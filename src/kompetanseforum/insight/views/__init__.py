"""Pages about the whole forum."""
