"""The platform: one folder per capability, all on one plan (see docs/architecture.md)."""

__version__ = "0.1.0"
