"""Fill an empty forum with invented firms, needs and offers, marked as a trial."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from kompetanseforum.core.capability import capabilities
from kompetanseforum.core.models import FactRow


class Command(BaseCommand):
    help = "Fill an empty forum with an invented region, marked as a trial."

    def handle(self, *args: Any, **options: Any) -> None:
        if FactRow.objects.exists():
            self.stdout.write("The forum is in use; nothing was added.")
            return
        for capability in capabilities():
            if capability.demo:
                capability.demo()
