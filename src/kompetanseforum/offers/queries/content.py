"""What an offer says, as plain values: compared, kept as versions, read from files and typed in forms."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

from kompetanseforum.offers.models import Offer


@dataclass(frozen=True, slots=True)
class OutcomeContent:
    """One learning outcome. `curriculum` is LK20, LK06 or empty; what is not counted is kept and marked.

    `skills` are URIs of ESCO skills that whoever offers it has named outright.
    """

    text: str
    language: str = "nb"
    code: str = ""
    curriculum: str = ""
    is_counted: bool = True
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """All that an offer says. Provider is a name, municipality a code: both are found or made when it is stored."""

    title: str
    kind: str = "course"
    provider: str = ""
    language: str = "nb"
    description: str = ""
    level: str = ""
    nkr_level: int | None = None
    municipality: str = ""
    delivery: tuple[str, ...] = ()
    credits: Decimal | None = None
    weeks: int | None = None
    hours_per_week: int | None = None
    is_part_time: bool = False
    starts: tuple[date, ...] = ()
    places_per_year: int | None = None
    price_nok: int | None = None
    url: str = ""
    isced: str = ""
    outcomes: tuple[OutcomeContent, ...] = ()


PLAIN_FIELDS = tuple(
    field.name for field in fields(Content) if field.name not in ("provider", "municipality", "starts", "outcomes")
)


def content_of(offer: Offer) -> Content:
    """What the offer says now; asks nothing of an offer of `shown.with_parts`."""
    values: dict[str, Any] = {name: getattr(offer, name) for name in PLAIN_FIELDS}  # Any: each field has its own type
    values["delivery"] = tuple(offer.delivery)
    return Content(
        provider=offer.provider.name if offer.provider else "",
        municipality=offer.municipality.code if offer.municipality else "",
        starts=tuple(start.on for start in offer.starts.all()),
        outcomes=tuple(
            OutcomeContent(
                text=outcome.text,
                language=outcome.language,
                code=outcome.code,
                curriculum=outcome.curriculum,
                is_counted=outcome.is_counted,
                skills=tuple(outcome.declared),
            )
            for outcome in offer.outcomes.all()
        ),
        **values,
    )


def as_plain(content: Content) -> dict[str, object]:
    """For a JSON column."""
    plain = asdict(content)
    plain["credits"] = None if content.credits is None else str(content.credits)
    plain["starts"] = [start.isoformat() for start in content.starts]
    return plain


def from_plain(plain: dict[str, Any]) -> Content:  # Any: JSON
    """The Content of a version. Fields unknown to this version of the code are left out."""
    known = {field.name for field in fields(Content)}
    values = {name: value for name, value in plain.items() if name in known}
    values["credits"] = None if values.get("credits") is None else Decimal(values["credits"])
    values["starts"] = tuple(day for text in values.get("starts", ()) if (day := parse_date(text)))
    values["delivery"] = tuple(values.get("delivery", ()))
    values["outcomes"] = tuple(_outcome(outcome) for outcome in values.get("outcomes", ()))
    return Content(**values)


def _outcome(plain: dict[str, Any]) -> OutcomeContent:  # Any: JSON
    return OutcomeContent(**(plain | {"skills": tuple(plain.get("skills", ()))}))
