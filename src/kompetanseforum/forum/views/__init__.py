"""The shell of every page, how people come in by link, and who is what."""
