from pathlib import Path

from django.conf import settings

from kompetanse.linking.folders import keep_dictionaries_in
from kompetanseforum.core.capability import CapabilityConfig


class SkillsConfig(CapabilityConfig):
    name = "kompetanseforum.skills"

    def ready(self) -> None:
        super().ready()
        keep_dictionaries_in(Path(settings.DATA_DIR) / "dictionaries")
