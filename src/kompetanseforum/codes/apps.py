from kompetanseforum.core.capability import CapabilityConfig


class CodesConfig(CapabilityConfig):
    name = "kompetanseforum.codes"
