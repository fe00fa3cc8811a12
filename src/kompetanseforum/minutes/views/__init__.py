"""Pages for those who turn minutes into needs."""
