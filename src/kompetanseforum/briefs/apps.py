from kompetanseforum.core.capability import CapabilityConfig


class BriefsConfig(CapabilityConfig):
    name = "kompetanseforum.briefs"
