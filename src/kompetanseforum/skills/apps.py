from kompetanseforum.core.capability import CapabilityConfig


class SkillsConfig(CapabilityConfig):
    name = "kompetanseforum.skills"
