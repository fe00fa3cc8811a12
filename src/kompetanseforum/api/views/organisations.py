"""The workplaces that speak in the forum: how many, never which."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema
from pydantic import Field

from kompetanseforum.api.queries.counted import workplaces_by
from kompetanseforum.api.views.shapes import PROBLEMS, Asked
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public

router = Router(tags=["organisations"])


class OrganisationsAsked(Asked):
    by: Literal["municipality", "sector", "size"] = Field("municipality", description=_("What they are counted by."))


class PartShape(Schema):
    code: str
    label: str
    workplaces: int | None = Field(description=_("At least so many, in steps of five; null is not told."))


class Parts(Schema):
    by: str
    items: list[PartShape]


@router.get("", response={200: Parts, **PROBLEMS}, summary=_("How many workplaces have voiced needs"))
@public
def organisations(request: Request, asked: Query[OrganisationsAsked]) -> dict[str, object]:
    return {"by": asked.by, "items": workplaces_by(asked.by)}
