from kompetanseforum.core.capability import CapabilityConfig


class NeedsConfig(CapabilityConfig):
    name = "kompetanseforum.needs"
