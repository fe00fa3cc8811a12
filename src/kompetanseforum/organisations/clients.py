"""Enhetsregisteret's open API: units one by one, all of them in a file, and what has changed since last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from kompetanse.brreg import BrregError, Unit, read_unit
from kompetanseforum.core import clock
from kompetanseforum.core.outgoing import Gone, Missing, Source, Transport, transport_to
from kompetanseforum.organisations.models import Register

SOURCE = Source(
    name=_("The register of organisations at Brønnøysund"),
    base_url="https://data.brreg.no/enhetsregisteret/api",
    setting="KF_BRREG_URL",
)

# The whole register is some 250 MB packed.
_MOST_BYTES = 1024 * 1024 * 1024
# As many as the register takes in one question.
_CHANGES_AT_ONCE = 10_000
# An address must not be too long.
_UNITS_AT_ONCE = 100

_LISTS = {Register.UNITS: "oppdaterteEnheter", Register.PLACES: "oppdaterteUnderenheter"}


@dataclass(frozen=True, slots=True)
class Change:
    """Something has happened to a unit; what, the unit itself tells."""

    id: int
    number: str


@dataclass(frozen=True, slots=True)
class Brreg:
    base_url: str
    transport: Transport
    clock: Callable[[], datetime] = clock.now

    def unit(self, register: Register, number: str) -> Unit | None:
        """None when it is not there (404). Raises Gone when it was taken away for good (410), and OutgoingError."""
        try:
            answer = self.transport.get(f"{self.base_url}/{register.value}/{number}")
        except Gone:
            raise
        except Missing:
            return None
        return read_unit(_mapping(answer.json()))

    def units(self, register: Register, numbers: Sequence[str]) -> Iterator[Unit]:
        """Those of the numbers that the register has now, in a few questions. Raises OutgoingError."""
        for start in range(0, len(numbers), _UNITS_AT_ONCE):
            asked = ",".join(numbers[start : start + _UNITS_AT_ONCE])
            answer = self.transport.get(
                f"{self.base_url}/{register.value}", params={"organisasjonsnummer": asked, "size": _UNITS_AT_ONCE}
            )
            yield from (read_unit(_mapping(raw)) for raw in _embedded(answer.json(), register.value))

    def changes(self, register: Register, *, after: int) -> list[Change]:
        """The next ten thousand changes after that one, oldest first. Raises OutgoingError."""
        return self._changes(register, {"oppdateringsid": after + 1, "size": _CHANGES_AT_ONCE})

    def first_change(self, register: Register, *, since: datetime) -> int | None:
        """The id of the first change after that moment; None when nothing has changed."""
        moment = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        return min((change.id for change in self._changes(register, {"dato": moment, "size": 1})), default=None)

    def _changes(self, register: Register, params: dict[str, str | int]) -> list[Change]:
        answer = self.transport.get(f"{self.base_url}/oppdateringer/{register.value}", params=params)
        return [_change(raw) for raw in _embedded(answer.json(), _LISTS[register])]

    def download(self, register: Register, *, to: BinaryIO) -> None:
        """All of one half, packed JSON, into the file. Raises OutgoingError."""
        self.transport.download(f"{self.base_url}/{register.value}/lastned", to=to, most_bytes=_MOST_BYTES)


def brreg() -> Brreg:
    return Brreg(base_url=SOURCE.address, transport=transport_to(SOURCE))


# Any: what the register says is looked into here.


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BrregError("changed_shape", str(value)[:60])
    return value


def _embedded(value: Any, name: str) -> list[Any]:
    """The list inside the register's envelope, which leaves it out when it is empty."""
    answer = _mapping(value)
    if "page" not in answer and "_embedded" not in answer:
        raise BrregError("changed_shape", "page")
    found = _mapping(answer.get("_embedded") or {}).get(name, [])
    # Under another name there would be silence for ever, and it would look like a register where nothing happens.
    is_elsewhere = not found and bool(_mapping(answer.get("page") or {}).get("totalElements"))
    if not isinstance(found, list) or is_elsewhere:
        raise BrregError("changed_shape", name)
    return found


def _change(raw: Any) -> Change:
    try:
        return Change(id=int(raw["oppdateringsid"]), number=str(raw["organisasjonsnummer"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BrregError("changed_shape", "oppdateringsid") from error
