"""The platform: one folder per capability, all on one plan (see docs/architecture.md)."""
