from kompetanseforum.core.capability import CapabilityConfig


class ApiConfig(CapabilityConfig):
    name = "kompetanseforum.api"
