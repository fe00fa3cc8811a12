"""`{% panel "need.detail" need %}`: a slot that upper capabilities fill from their manifests."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from kompetanseforum.core.capability import capabilities

register = template.Library()


@register.simple_tag(takes_context=True)
def panel(context: Context, slot: str, about: object) -> SafeString:
    request = context["request"]
    parts = []
    for capability in capabilities():
        fill = capability.panels_filled.get(slot)
        content = fill(request.viewer, about) if fill else None
        if content:
            name, values = content
            parts.append(render_to_string(name, values, request=request))
    return mark_safe("".join(parts))  # noqa: S308 each part is a rendered template
