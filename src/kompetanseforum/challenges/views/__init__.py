"""Pages of challenges: the list, one challenge, what it gathers, and its team."""
