"""This device follows a skill: it stands on "my needs" with its figures. No account, no address."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanse.refs import Ref
from kompetanseforum.core import held as device
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public
from kompetanseforum.core.text import capital
from kompetanseforum.skills.models import ConceptKind
from kompetanseforum.skills.queries import concept_by_slug, named


def _label_or_404(slug: str) -> str:
    concept = concept_by_slug(slug)
    if concept is None or concept.kind != ConceptKind.SKILL:
        raise Http404
    return capital(named([concept], language=get_language() or "nb")[0].label)


@public
@require_POST
def follow(request: Request, slug: str) -> HttpResponse:
    label = _label_or_404(slug)
    device.follow(request, Ref("skill", slug))
    messages.success(
        request,
        _("You follow «%(skill)s» now. It stands under «My needs».") % {"skill": label},
        extra_tags=f"undo {reverse('gapmap:unfollow', kwargs={'slug': slug})}",
    )
    return redirect("gapmap:skill", slug=slug)


@public
@require_POST
def unfollow(request: Request, slug: str) -> HttpResponse:
    label = _label_or_404(slug)
    device.unfollow(request, Ref("skill", slug))
    messages.success(request, _("You no longer follow «%(skill)s».") % {"skill": label})
    return redirect("gapmap:skill", slug=slug)
