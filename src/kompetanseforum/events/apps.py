from kompetanseforum.core.capability import CapabilityConfig


class EventsConfig(CapabilityConfig):
    name = "kompetanseforum.events"
