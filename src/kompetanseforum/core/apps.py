from kompetanseforum.core.capability import CapabilityConfig


class CoreConfig(CapabilityConfig):
    name = "kompetanseforum.core"
