"""Reads: tokens, webhooks, and what may be told of counts."""
