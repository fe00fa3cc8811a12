"""For coordinators: this organisation is the same as another; and undoing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.organisations.actions import CannotJoin, join_organisations, part_organisations
from kompetanseforum.organisations.models import Joining, Organisation
from kompetanseforum.organisations.queries import all_organisations, describe, joining_by_id, joinings_of, name_of
from kompetanseforum.organisations.views.pages import organisation_or_404

MOST_LISTED = 20


def two_or_404(public_id: str, into: str) -> tuple[Organisation, Organisation]:
    return organisation_or_404(public_id), organisation_or_404(into)


def joining_or_404(public_id: str) -> Joining:
    found = joining_by_id(public_id)
    if found is None:
        raise Http404
    return found


@requires("organisations.join_organisations", of=organisation_or_404)
@require_safe
def same_as(request: Request, organisation: Organisation) -> HttpResponse:
    """Which of the others is it?"""
    words = request.GET.get("q", organisation.name.split(" ")[0])[:160]
    others = [one for one in all_organisations(words, most=MOST_LISTED + 1) if one.pk != organisation.pk]
    context = {
        "organisation": organisation,
        "name": name_of(organisation),
        "words": words,
        "rows": [(one, name_of(one), describe(one)) for one in others],
        "joinings": joinings_of(organisation),
    }
    return render(request, "organisations/same_as.html", context)


@requires("organisations.join_organisations", of=two_or_404)
@require_POST
def join(request: Request, two: tuple[Organisation, Organisation]) -> HttpResponse:
    joined, kept = two
    try:
        made = join_organisations(kept=kept, joined=joined, by=the_person(request.viewer.person))
    except CannotJoin:
        messages.warning(
            request, _("They could not be made one: they are already, or each has its own number in the register.")
        )
        return redirect("organisations:organisation", public_id=joined.public_id)
    messages.success(
        request,
        _("They are one now. All that was said and noted of both stands here."),
        extra_tags=f"undo {reverse('organisations:part', kwargs={'public_id': made.public_id})}",
    )
    return redirect("organisations:organisation", public_id=kept.public_id)


@requires("organisations.join_organisations", of=joining_or_404)
@require_POST
def part(request: Request, joining: Joining) -> HttpResponse:
    try:
        part_organisations(joining=joining, by=the_person(request.viewer.person))
    except CannotJoin:
        messages.warning(request, _("It has been joined further since. Undo the later one first."))
    else:
        messages.success(request, _("Undone. They are two organisations again."))
    return redirect("organisations:organisation", public_id=joining.kept.public_id)
