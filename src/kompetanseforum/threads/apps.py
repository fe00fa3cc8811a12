from kompetanseforum.core.capability import CapabilityConfig


class ThreadsConfig(CapabilityConfig):
    name = "kompetanseforum.threads"
