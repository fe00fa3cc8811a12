"""The courses of the demo forum begin on days a course could begin."""

from __future__ import annotations

from datetime import date, timedelta

from kompetanseforum.offers.imports.demo import demo_offers, teaching_day


def test_no_course_of_the_demo_begins_at_christmas_in_july_or_on_a_day_off() -> None:
    for today in (date(2026, 11, 27), date(2026, 6, 1), date(2027, 12, 31)):
        starts = [day for offer in demo_offers(today) for day in offer.content.starts]
        assert starts and all(day.weekday() < 5 and day.month != 7 for day in starts)
        assert not [day for day in starts if (day.month, day.day) >= (12, 19) or (day.month, day.day) < (1, 4)]


def test_a_day_a_course_could_begin_stands() -> None:
    monday = date(2027, 1, 11)
    assert teaching_day(monday) == monday and teaching_day(monday - timedelta(days=1)) == monday
    assert teaching_day(date(2026, 12, 25)) == date(2027, 1, 4)
