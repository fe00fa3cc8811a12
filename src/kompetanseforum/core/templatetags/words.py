"""Filters of language: `{{ need.next_answer_on|day }}`, `{{ count|in_words }}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from kompetanseforum.core import text

register = template.Library()


@register.filter
def weekday(value: date | datetime) -> str:
    return text.day(value, with_weekday=True)


register.filter("day", text.day)
register.filter("in_words", text.in_words)
register.filter("grouped", text.grouped)
register.filter("capital", text.capital)
register.filter("uncapital", text.uncapital)
register.filter("listing", text.listing)
