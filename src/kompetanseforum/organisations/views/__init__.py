"""Pages of organisations: the register they come from, themselves, and who speaks for them."""
