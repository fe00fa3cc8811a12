"""Pages: briefs, making and sending them, answering, and putting something in."""
