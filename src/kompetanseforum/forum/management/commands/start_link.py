"""A new start link: for a coordinator who has lost the way to the desk, or for a successor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from kompetanseforum.forum.actions import make_start_secret


class Command(BaseCommand):
    help = "Print a link that opens the desk once, for a coordinator or a successor."

    def handle(self, *args: Any, **options: Any) -> None:
        path = reverse("forum:start", kwargs={"secret": make_start_secret(again=True)})
        self.stdout.write(f"{settings.ADDRESS}{path}")
