"""Pages of boards: coming in, the four views, notes, leading, voting, and what notes become."""
