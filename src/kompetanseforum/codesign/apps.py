from kompetanseforum.core.capability import CapabilityConfig


class CodesignConfig(CapabilityConfig):
    name = "kompetanseforum.codesign"
