"""`{% course_data course %}`: a schema.org Course for machines that read pages. A data block; no browser runs it."""

from __future__ import annotations

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# What could end the block or begin another, as JSON writes it.
_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@register.simple_tag
def course_data(course: dict[str, object]) -> SafeString:
    content = json.dumps(course, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{content}</script>')  # noqa: S308 escaped above
