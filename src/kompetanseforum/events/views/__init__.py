"""Pages of meetings: the list, one meeting, calling it, and what comes after."""
