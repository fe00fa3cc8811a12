"""What may go wrong when another machine is asked: a few errors, each with words for people."""

from __future__ import annotations

from django.utils.translation import gettext as _


class OutgoingError(Exception):
    """The other machine gave no answer that can be used; `words` tell people so, `host` who it was."""

    def __init__(self, host: str, why: str = "") -> None:
        super().__init__(host, why)
        self.host = host
        self.why = why

    @property
    def words(self) -> str:
        return _("%(host)s did not answer. Try again in a while, or use a file.") % {"host": self.host}


class NotAllowed(OutgoingError):
    """The address, or one it led to, is not among those we may ask."""

    @property
    def words(self) -> str:
        return _("The forum may not ask %(host)s. Whoever runs the forum can allow it.") % {"host": self.host}


class Unreachable(OutgoingError):
    """No connection, no answer in time, or one that broke off. `was_sent` is False when nothing left us."""

    def __init__(self, host: str, why: str = "", *, was_sent: bool = True) -> None:
        super().__init__(host, why)
        self.was_sent = was_sent


class Busy(OutgoingError):
    """Too many requests, or an error of theirs: worth another try after `wait_seconds`."""

    def __init__(self, host: str, why: str = "", *, wait_seconds: float | None = None) -> None:
        super().__init__(host, why)
        self.wait_seconds = wait_seconds

    @property
    def words(self) -> str:
        return _("%(host)s has too much to do just now. Try again in a while, or use a file.") % {"host": self.host}


class Refused(OutgoingError):
    """It understood, and said no: `status` is 4xx."""

    status = 400

    def __init__(self, host: str, why: str = "", *, status: int | None = None) -> None:
        super().__init__(host, why)
        self.status = status or self.status

    @property
    def words(self) -> str:
        return _("%(host)s said no to the question (%(status)s).") % {"host": self.host, "status": self.status}


class Missing(Refused):
    """It has no such thing, now."""

    status = 404

    @property
    def words(self) -> str:
        return _("%(host)s has nothing at that address.") % {"host": self.host}


class Gone(Refused):
    """It took the thing away for good; what we copied of it must go too."""

    status = 410

    @property
    def words(self) -> str:
        return _("%(host)s has taken it away for good.") % {"host": self.host}


class Unreadable(OutgoingError):
    """An answer came, too large or in a form we do not know."""

    @property
    def words(self) -> str:
        return _("%(host)s answered in a way the forum does not understand.") % {"host": self.host}
