"""Reads: what can be brought in, what has been, and how far each file has come."""

from kompetanseforum.intake.queries.batches import (
    BatchProgress,
    batch_by_id,
    batches_left,
    evidence_of,
    items_of,
    latest_batches,
    names_brought,
    progress_key,
    progress_of,
    remembered,
)
from kompetanseforum.intake.queries.feeds import feed_by_id, feeds, feeds_due
from kompetanseforum.intake.queries.kinds import intake_by_key, intakes

__all__ = [
    "BatchProgress",
    "batch_by_id",
    "batches_left",
    "evidence_of",
    "feed_by_id",
    "feeds",
    "feeds_due",
    "intake_by_key",
    "intakes",
    "items_of",
    "latest_batches",
    "names_brought",
    "progress_key",
    "progress_of",
    "remembered",
]
