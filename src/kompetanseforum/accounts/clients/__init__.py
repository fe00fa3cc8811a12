from kompetanseforum.accounts.clients.openid import SHAPES, Claims, NotSignedIn, Service, service_called, services

__all__ = ["SHAPES", "Claims", "NotSignedIn", "Service", "service_called", "services"]
