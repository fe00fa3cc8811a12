from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The devices; no capability, so no manifest of its own."""

    name = "kompetanseforum.core"
