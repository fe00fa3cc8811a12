from kompetanseforum.core.capability import CapabilityConfig


class ChallengesConfig(CapabilityConfig):
    name = "kompetanseforum.challenges"
