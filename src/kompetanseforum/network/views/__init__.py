"""Pages of the network: who is with us, one's own card, and talks."""
