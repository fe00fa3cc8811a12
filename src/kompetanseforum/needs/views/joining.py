"""We need this too: one tap for those the device knows, else one field."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanse.linking import guess_language
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import count, limit
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.text import in_words
from kompetanseforum.needs.actions import Said, join_need
from kompetanseforum.needs.forms import JoinForm
from kompetanseforum.needs.models import Need, Voice
from kompetanseforum.needs.queries.shown import organisation_of, shown_need
from kompetanseforum.needs.rules import ALIKE_MOST, ALIKE_WINDOW_SECONDS
from kompetanseforum.needs.views.reading import need_or_404
from kompetanseforum.organisations.actions import find_or_add_organisation

# The button among the words of a new need.
FROM_VOICING = "join"
# What both forms ask.
_ALONG = ("words", "people", "organisation", "municipality", "kind", "size", "sector", "words_are_public", "name_is_public", "email")  # fmt: skip


@requires("needs.join_need", of=need_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, need: Need) -> HttpResponse:
    known = organisation_of(request.viewer)
    if request.POST.get("step") == FROM_VOICING:
        return _form(request, need, JoinForm(initial=_typed(request)))
    if request.method == "POST" and known and "organisation" not in request.POST:
        voice, is_new = join_need(
            need=need,
            said=Said(language=request.LANGUAGE_CODE),
            by=request.viewer.person,
            organisation=known[0],
            is_confirmed=known[1],
        )
        return _joined(request, need, voice, is_new=is_new)
    form = JoinForm(request.POST if "organisation" in request.POST else None)
    if request.method == "POST" and form.is_bound and form.is_valid():
        return _join_by_form(request, need, form)
    return _form(request, need, form)


def _typed(request: Request) -> dict[str, str]:
    """What was typed in the form of a new need, with the workplace that the device has spoken for."""
    known = organisation_of(request.viewer)
    start = {"organisation": known[0].name} if known else {}
    if known and known[0].municipality:
        start["municipality"] = known[0].municipality.code
    return start | {name: request.POST[name] for name in _ALONG if name in request.POST}


def _form(request: Request, need: Need, form: JoinForm) -> HttpResponse:
    context = {
        "need": need,
        "shown": shown_need(need, viewer=request.viewer),
        "form": form,
        "sending_key": (form.is_bound and request.POST.get("sending_key")) or new_sending_key(),
    }
    return render(request, "needs/join.html", context, status=422 if form.is_bound else 200)


def _join_by_form(request: Request, need: Need, form: JoinForm) -> HttpResponse:
    limit(request.viewer.network, "needs.voice", most=40, per_seconds=600)
    given = form.cleaned_data
    if (
        given["website"]
        or count(request.viewer.network, "needs.alike", per_seconds=ALIKE_WINDOW_SECONDS) > ALIKE_MOST * 4
    ):
        # A robot is thanked and not counted; a person who fills a hidden field does not exist.
        return redirect("needs:need", public_id=need.public_id)
    organisation = find_or_add_organisation(
        name=given["organisation"],
        kind=given["kind"],
        sector=given["sector"],
        size=given["size"],
        municipality=form.place,
    )
    voice, is_new = join_need(
        need=need,
        said=Said(
            words=given["words"],
            language=guess_language(given["words"]) if given["words"] else request.LANGUAGE_CODE,
            people=form.people_count(),
            place=form.place,
            words_are_public=given["words_are_public"],
            name_is_public=given["name_is_public"],
            email=given["email"],
        ),
        by=request.viewer.person,
        organisation=organisation,
        spokesperson=find_or_add_organisation(name=given["spokesperson"]) if given["spokesperson"] else None,
        sending_key=given["sending_key"] or None,
    )
    return _joined(request, need, voice, is_new=is_new)


def _joined(request: Request, need: Need, voice: Voice, *, is_new: bool) -> HttpResponse:
    if is_new:
        hold(request, ref(voice))
        number = in_words(need.voices.filter(withdrawn_at=None).count())
        messages.success(
            request,
            _("Thank you. You are now %(count)s who need this.") % {"count": number},
            extra_tags=f"undo {reverse('needs:withdraw', kwargs={'public_id': voice.public_id})}",
        )
    else:
        messages.info(request, _("Your workplace already stands behind this."))
    return redirect("needs:need", public_id=need.public_id)
