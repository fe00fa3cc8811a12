from kompetanseforum.core.capability import CapabilityConfig


class AccountsConfig(CapabilityConfig):
    name = "kompetanseforum.accounts"
