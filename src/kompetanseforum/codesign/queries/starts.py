"""Reads: what each template proposes to begin with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kompetanseforum.codesign.models import Part, Template


def start_with(template: str) -> list[tuple[str, str]]:
    """Part and proposal; nothing without a template."""
    if template not in Template.values:
        return []
    starts = {
        Template.AT_WORK: (
            _("One thing from their own work that they can do afterwards"),
            _("Evenings or half days, beside a shift"),
            _("Practise on tasks they bring from work"),
        ),
        Template.WORKPLACE: (
            _("What is best learnt at the workplace, and what at school"),
            _("Three weeks at the workplace, with one day at school in each"),
            _("A named person at the workplace follows each one up"),
        ),
        Template.SIMULATION: (
            _("Situations that are too rare or too dangerous to learn from in earnest"),
            _("Half a day at a time, six at the most"),
            _("Try, look back together, try again"),
        ),
        Template.MICRO: (
            _("One skill, and how to see that one has it"),
            _("Four hours in all, at a time of one's own choice"),
            _("Short films online, and one exercise at work"),
        ),
        Template.GUEST: (
            _("A real case that a firm has not solved yet"),
            _("Two visits: the case is given, and the answers are heard"),
            _("Pupils work in groups, and the firm answers their questions between the visits"),
        ),
    }
    return [(part.value, words) for part, words in zip(Part, starts[Template(template)], strict=True)]
