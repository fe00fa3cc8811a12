"""Pages of skills: one skill, finding one, what is heard in words, verdicts on links, and the import of ESCO."""
