from kompetanseforum.core.capability import CapabilityConfig


class InsightConfig(CapabilityConfig):
    name = "kompetanseforum.insight"
