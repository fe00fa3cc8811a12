from kompetanseforum.core.capability import CapabilityConfig


class MinutesConfig(CapabilityConfig):
    name = "kompetanseforum.minutes"
