"""The pages where data is brought in: what can be, what has been, a file's columns, its dry run, and its undoing."""
