from kompetanseforum.core.capability import CapabilityConfig


class IdeasConfig(CapabilityConfig):
    name = "kompetanseforum.ideas"
