"""Pages of threads: one as a drawing with its list, and a tie that is taken back."""
