from kompetanseforum.core.capability import CapabilityConfig


class GapmapConfig(CapabilityConfig):
    name = "kompetanseforum.gapmap"
