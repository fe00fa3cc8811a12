"""Filters of language: `{{ need.next_answer_on|day }}`, `{{ count|in_words }}`."""

from __future__ import annotations

import re
from datetime import date, datetime

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from kompetanseforum.core import text

register = template.Library()


_RANGE = re.compile(r"(\d+–\d+)")


@register.filter
def unbroken(words: str) -> SafeString:
    """`5–19` on one line: a browser would break it after the dash."""
    return mark_safe(_RANGE.sub(r'<span class="nowrap">\1</span>', escape(words)))  # noqa: S308 escaped


@register.filter
def weekday(value: date | datetime) -> str:
    return text.day(value, with_weekday=True)


register.filter("day", text.day)
register.filter("in_words", text.in_words)
register.filter("grouped", text.grouped)
register.filter("capital", text.capital)
register.filter("uncapital", text.uncapital)
register.filter("listing", text.listing)
