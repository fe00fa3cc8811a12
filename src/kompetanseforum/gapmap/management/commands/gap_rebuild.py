"""Bring every line of the gap map up to date: `kompetanseforum gap_rebuild`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kompetanseforum.gapmap.actions import rebuild


class Command(BaseCommand):
    help = "Count every need and offer once more. History is kept; where all was well, nothing is written."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rebuild()} lines written")
