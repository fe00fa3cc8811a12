"""Pages where people sign in, and where they see to what is theirs."""
