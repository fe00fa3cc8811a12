"""What the API answers with, and what all questions have in common. The words here stand in its description."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, Protocol, TypeVar
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import Field, StringConstraints

MOST_ON_A_PAGE = 100
# Where a page so deep is asked for, a file is what is wanted.
_LAST_PAGE = 100_000

Language = Literal["nb", "nn", "en"]
MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
OccupationGroup = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,4}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z.-]{1,60}$")]

ShapeT = TypeVar("ShapeT")
RowT = TypeVar("RowT")


class Asked(Schema):
    """What every question may say."""

    lang: Language = Field("nb", description=_("Language of labels and messages: nb, nn or en."))


class PageAsked(Asked):
    """What every question for a list may say."""

    page: int = Field(1, ge=1, le=_LAST_PAGE, description=_("Which page, from 1."))
    per_page: int = Field(20, ge=1, le=MOST_ON_A_PAGE, description=_("How many on a page, at most 100."))


class FaultShape(Schema):
    where: str = Field(description=_("What is wrong, such as query.page or body.words."))
    words: str = Field(description=_("What to do about it."))


class Problem(Schema):
    """RFC 9457."""

    type: str
    title: str = Field(description=_("What is wrong, in the language asked for."))
    status: int
    detail: str | None = None
    errors: list[FaultShape] | None = None


# What any question may be answered with besides what it asked for.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 422, 429), Problem)  # Any: ninja's own type for what is declared
PROBLEMS_OF_ONE = PROBLEMS | {404: Problem}


class Page(Schema, Generic[ShapeT]):
    """A part of a list, and the way to the next."""

    total: int = Field(description=_("How many there are in all."))
    page: int
    per_page: int
    next: str | None = Field(description=_("Address of the next page; null on the last."))
    items: list[ShapeT]


class Place(Schema):
    code: str
    name: str


class Choice(Schema):
    """A value of a code list, and what it is called."""

    code: str
    label: str


class SkillNamed(Schema):
    uri: str = Field(description=_("ESCO's address of the concept, or our own for what ESCO lacks."))
    id: str = Field(description=_("The last part of it, as it stands in our addresses."))
    label: str
    label_language: str = Field(
        description=_("The language the label is in, where there is none in the one asked for.")
    )


class LinkedSkillShape(SkillNamed):
    is_confirmed: bool = Field(description=_("A person has said that the words mean this."))


class NeedShape(Schema):
    id: str = Field(description=_("A stable reference, such as need:7h3k2m9qxa."))
    url: str = Field(description=_("The page for people."))
    words: str | None = Field(description=_("Own words, where those who asked let everybody read them."))
    skills: list[LinkedSkillShape]
    state: Choice
    horizon: Choice
    level: Choice | None
    voices: int = Field(description=_("Workplaces that stand behind it."))
    people: int = Field(description=_("People it is about, at least."))
    municipalities: list[Place]
    sectors: list[Choice]
    names: list[str] = Field(description=_("Workplaces that have said yes to being named."))
    voiced_at: datetime
    changed_at: datetime
    next_answer_on: date
    answered_by: str


class AnswerShape(Schema):
    at: datetime
    by: str
    words: str
    state: Choice


class VoiceShape(Schema):
    who: str = Field(description=_("The name, where it may be shown; else the kind of workplace and where it is."))
    words: str | None
    language: str


class NeedInFull(NeedShape):
    spoken: list[VoiceShape]
    answers: list[AnswerShape]


def paged(
    request: HttpRequest, asked: PageAsked, rows: Sequence[RowT] | QuerySet[Any, Any], shape: Callable[[Any], Any]
) -> dict[str, object]:
    """The part of `rows` that is asked for, each list of rows made into shapes by `shape`."""
    pages = Paginator(rows, asked.per_page, allow_empty_first_page=True)
    is_there = asked.page <= pages.num_pages
    items = shape(list(pages.page(asked.page))) if is_there else []
    return {
        "total": pages.count,
        "page": asked.page,
        "per_page": asked.per_page,
        "next": _next(request, asked.page + 1) if asked.page < pages.num_pages else None,
        "items": items,
    }


def _next(request: HttpRequest, number: int) -> str:
    query = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    return request.build_absolute_uri(f"{request.path}?{urlencode([*query, ('page', number)])}")


def choice(value: TextChoices) -> dict[str, str]:
    return {"code": str(value.value), "label": str(value.label)}


class _Named(Protocol):
    """A concept by the name its reader knows, whatever it was found by."""

    @property
    def uri(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def label_language(self) -> str: ...


def skill_named(one: _Named) -> dict[str, object]:
    return {"uri": one.uri, "id": one.slug, "label": one.label, "label_language": one.label_language}
