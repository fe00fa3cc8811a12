from kompetanseforum.core.capability import CapabilityConfig


class AnchoringConfig(CapabilityConfig):
    name = "kompetanseforum.anchoring"
