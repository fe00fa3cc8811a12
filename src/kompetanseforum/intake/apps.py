from kompetanseforum.core.capability import CapabilityConfig


class IntakeConfig(CapabilityConfig):
    name = "kompetanseforum.intake"
