"""Pages of needs: voicing one, finding them, one need, and the page behind a personal link."""
