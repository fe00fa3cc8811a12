from kompetanseforum.core.capability import CapabilityConfig


class BoardsConfig(CapabilityConfig):
    name = "kompetanseforum.boards"
