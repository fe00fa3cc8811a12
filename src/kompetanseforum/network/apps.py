from kompetanseforum.core.capability import CapabilityConfig


class NetworkConfig(CapabilityConfig):
    name = "kompetanseforum.network"
