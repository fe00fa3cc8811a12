"""The report in other shapes: its words, as a page, on paper, as data."""
