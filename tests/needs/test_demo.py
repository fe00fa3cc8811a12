"""The demo forum keeps its own word: who has waited past the days it promises, is answered or told as late."""

from __future__ import annotations

from kompetanseforum.forum.models import Forum
from kompetanseforum.needs.imports.demo import demo_needs


def test_no_need_of_the_demo_waits_for_its_first_answer_longer_than_the_front_page_says() -> None:
    promised = Forum._meta.get_field("answer_days").default
    waits = [need for need in demo_needs() if need.state == "heard" and not need.answers and not need.held]
    days = {need.key: need.voices[0].days_ago + need.next_answer_in_days for need in waits}
    assert days and {key: number for key, number in days.items() if number > promised} == {}
