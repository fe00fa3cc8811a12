"""What coordinators do with needs that are the same: merge, part again, move a voice to where it belongs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import person_of
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.needs.actions import CannotMergeError, keep_apart, merge_needs, move_voice, part_needs
from kompetanseforum.needs.models import Merge, Need, Voice
from kompetanseforum.needs.queries.merging import merge_by_id, needs_like
from kompetanseforum.needs.queries.shown import shown_need
from kompetanseforum.needs.views.mine import voice_or_404
from kompetanseforum.needs.views.reading import need_or_404
from kompetanseforum.needs.views.rows import OtherNeed, other_need


def merge_or_404(public_id: str) -> Merge:
    merge = merge_by_id(public_id)
    if merge is None:
        raise Http404
    return merge


def two_needs_or_404(public_id: str, into: str) -> tuple[Need, Need]:
    return need_or_404(public_id), need_or_404(into)


def voice_and_need_or_404(public_id: str, into: str) -> tuple[Voice, Need]:
    return voice_or_404(public_id), need_or_404(into)


def _me(request: Request) -> Person:
    me = person_of(request.viewer.person)
    assert me is not None  # the permission asks for a role, and only people have roles
    return me


@requires("needs.merge_needs", of=need_or_404)
@require_safe
def merge(request: Request, need: Need) -> HttpResponse:
    """Which of the others is it the same as?"""
    words = request.GET.get("q", "").strip()[:200]
    others = [
        other_need(each, url_name="needs:merge_into", public_id=need.public_id)
        for each in needs_like(need, words=words, viewer=request.viewer)
    ]
    shown = shown_need(need, viewer=request.viewer)
    return render(request, "needs/merge.html", {"shown": shown, "others": others, "words": words})


@requires("needs.merge_needs", of=two_needs_or_404)
@require_POST
def merge_into(request: Request, needs: tuple[Need, Need]) -> HttpResponse:
    merged, kept = needs
    try:
        made = merge_needs(kept=kept, merged=merged, by=_me(request))
    except CannotMergeError:
        messages.warning(request, _("They could not be merged: one has been merged or withdrawn meanwhile."))
        return redirect("needs:need", public_id=kept.public_id)
    messages.success(
        request,
        _("Merged. All the voices stand here, in their own words."),
        extra_tags=f"undo {reverse('needs:part', kwargs={'public_id': made.public_id})}",
    )
    return redirect("needs:need", public_id=kept.public_id)


@requires("needs.merge_needs", of=two_needs_or_404)
@require_POST
def apart(request: Request, needs: tuple[Need, Need]) -> HttpResponse:
    """They only look the same."""
    need, other = needs
    keep_apart(one=need, other=other, by=_me(request))
    messages.success(request, _("They stay two. We do not ask about them again."))
    return redirect("needs:need", public_id=need.public_id)


@requires("needs.merge_needs", of=merge_or_404)
@require_POST
def part(request: Request, merge: Merge) -> HttpResponse:
    try:
        part_needs(merge=merge, by=_me(request))
    except CannotMergeError:
        messages.warning(request, _("It has been merged further since. Undo the later one first."))
    else:
        messages.success(request, _("Undone. They are two needs again."))
    return redirect("needs:need", public_id=merge.merged.public_id)


@requires("needs.merge_needs", of=voice_or_404)
@require_safe
def move(request: Request, voice: Voice) -> HttpResponse:
    """Which need does this voice belong to?"""
    need = need_or_404(voice.need.public_id)
    words = request.GET.get("q", "").strip()[:200]
    others: list[OtherNeed] = [
        other_need(each, url_name="needs:move_to", public_id=voice.public_id)
        for each in needs_like(need, words=words, viewer=request.viewer)
    ]
    context = {"voice": voice, "shown": shown_need(need, viewer=request.viewer), "others": others, "words": words}
    return render(request, "needs/move.html", context)


@requires("needs.merge_needs", of=voice_and_need_or_404)
@require_POST
def move_to(request: Request, both: tuple[Voice, Need]) -> HttpResponse:
    return _moved(request, *both)


@requires("needs.merge_needs", of=voice_or_404)
@require_POST
def move_out(request: Request, voice: Voice) -> HttpResponse:
    """It becomes a need of its own."""
    return _moved(request, voice, None)


def _moved(request: Request, voice: Voice, need: Need | None) -> HttpResponse:
    source = voice.need
    try:
        target = move_voice(voice=voice, need=need, by=_me(request))
    except CannotMergeError:
        messages.warning(request, _("It is the need's only voice, or stands there already. Merge the needs instead."))
        return redirect("needs:need", public_id=source.public_id)
    back = reverse("needs:move_to", kwargs={"public_id": voice.public_id, "into": source.public_id})
    messages.success(request, _("Moved. The voice stands here now."), extra_tags=f"undo {back}")
    return redirect("needs:need", public_id=target.public_id)
