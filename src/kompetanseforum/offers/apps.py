from kompetanseforum.core.capability import CapabilityConfig


class OffersConfig(CapabilityConfig):
    name = "kompetanseforum.offers"
