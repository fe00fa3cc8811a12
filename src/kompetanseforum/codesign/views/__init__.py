"""Pages: rooms, changes, who is there, and the educator's decision."""
