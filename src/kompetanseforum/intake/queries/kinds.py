"""Reads: what the manifests say can be brought in."""

from __future__ import annotations

from kompetanseforum.core.bringing import Intake
from kompetanseforum.core.capability import capabilities


def intakes() -> list[Intake]:
    return [intake for capability in capabilities() for intake in capability.intakes]


def intake_by_key(key: str) -> Intake | None:
    return next((intake for intake in intakes() if intake.key == key), None)
