"""`{% panel "need.detail" need %}`: a slot that upper capabilities fill from their manifests."""

from __future__ import annotations

from functools import partial

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kompetanseforum.core.capability import Panel, capabilities
from kompetanseforum.core.counted import same_for_alike
from kompetanseforum.core.http import Request

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: Context, slot: str, about: object) -> SafeString:
    request = context["request"]
    parts = []
    for capability in capabilities():
        if fill := capability.panels_filled.get(slot):
            # A row is known by its id; what else a slot is about is not kept.
            row = getattr(about, "public_id", "")
            render = partial(_filled, fill, request, about)
            parts.append(
                same_for_alike(request.viewer, f"panel:{capability.app}:{slot}:{row}", render) if row else render()
            )
    return mark_safe("".join(parts))  # noqa: S308 each part is a rendered template


def _filled(fill: Panel, request: Request, about: object) -> SafeString:
    content = fill(request.viewer, about)
    return render_to_string(*content, request=request) if content else mark_safe("")
