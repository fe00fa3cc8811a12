from kompetanseforum.core.capability import CapabilityConfig


class HomeConfig(CapabilityConfig):
    name = "kompetanseforum.home"
