"""Reads: pilots, their logs, and what was learnt across them."""
