from kompetanseforum.core.capability import CapabilityConfig


class ForumConfig(CapabilityConfig):
    name = "kompetanseforum.forum"
