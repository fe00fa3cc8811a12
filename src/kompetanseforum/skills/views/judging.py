"""Somebody says whether a link is right, and takes it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanse.refs import Ref
from kompetanseforum.core.capability import resolve
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.text import capital
from kompetanseforum.skills.actions import judge_link, withdraw_verdict
from kompetanseforum.skills.models import SkillLink
from kompetanseforum.skills.queries import link_by_id, named
from kompetanseforum.skills.rules import judge_for


def link_or_404(public_id: str) -> SkillLink:
    link = link_by_id(public_id)
    if link is None:
        raise Http404
    return link


def asked_link(request: Request) -> SkillLink:
    """The link that the address names, where the view is given what it belongs to."""
    match = request.resolver_match
    return link_or_404(str(match.kwargs["link"]) if match else "")


@requires("skills.judge_link", of=link_or_404)
@require_POST
def judge(request: Request, link: SkillLink) -> HttpResponse:
    by = judge_for(request.viewer, link)
    is_right = request.POST.get("is_right") == "1"
    if by is not None:
        judge_link(link=link, by=by, is_right=is_right)
    label = capital(named([link.concept], language=get_language() or "nb")[0].label)
    text = _("%(skill)s is right. Thank you.") if is_right else _("%(skill)s is taken away. Thank you.")
    undo = reverse("skills:unjudge", kwargs={"public_id": link.public_id})
    messages.success(request, text % {"skill": label}, extra_tags=f"undo {undo}")
    return _back(request, link)


@requires("skills.judge_link", of=link_or_404)
@require_POST
def unjudge(request: Request, link: SkillLink) -> HttpResponse:
    by = judge_for(request.viewer, link)
    if by is not None:
        withdraw_verdict(link=link, by=by)
    messages.success(request, _("Undone."))
    return _back(request, link)


def _back(request: Request, link: SkillLink) -> HttpResponse:
    """To the page of what the link belongs to; for htmx, the row's verdict and the message."""
    if request.htmx:
        return render(request, "skills/_verdict.html", {"link": link})
    whole = resolve(Ref(link.whole_kind, link.whole_id))
    return redirect(whole.url if whole and whole.url else reverse("skills:skill", kwargs={"slug": link.concept.slug}))
