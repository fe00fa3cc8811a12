"""Pages of offers: reading, registering, and bringing in catalogues."""
