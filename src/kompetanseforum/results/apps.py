from kompetanseforum.core.capability import CapabilityConfig


class ResultsConfig(CapabilityConfig):
    name = "kompetanseforum.results"
