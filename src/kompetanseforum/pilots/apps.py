from kompetanseforum.core.capability import CapabilityConfig


class PilotsConfig(CapabilityConfig):
    name = "kompetanseforum.pilots"
