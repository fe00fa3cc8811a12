from kompetanseforum.core.capability import CapabilityConfig


class OrganisationsConfig(CapabilityConfig):
    name = "kompetanseforum.organisations"
