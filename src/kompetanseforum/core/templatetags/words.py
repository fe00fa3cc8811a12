"""Filters of language: `{{ need.next_answer_on|day }}`, `{{ count|in_words }}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from kompetanseforum.core import text

register = template.Library()


def _date(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime) -> str:
    return text.day(_date(value))


@register.filter
def weekday(value: date | datetime) -> str:
    return text.day(_date(value), with_weekday=True)


register.filter("in_words", text.in_words)
register.filter("grouped", text.grouped)
register.filter("capital", text.capital)
register.filter("listing", text.listing)
