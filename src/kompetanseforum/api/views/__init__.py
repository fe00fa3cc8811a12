"""The operations of the API, its description, and the pages for those who let other systems in."""
