"""A sentence as the page shows it: before and after it is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanseforum.core.templatetags.ui import ChipOption
from kompetanseforum.core.text import Segment, capital
from kompetanseforum.minutes.forms import ProposalForm
from kompetanseforum.minutes.models import Proposal, ProposalState
from kompetanseforum.skills.queries import Heard


@dataclass(frozen=True, slots=True)
class ProposalRow:
    form: ProposalForm
    segments: list[Segment]
    is_carried: bool
    skills: list[ChipOption]
    # (title, address, who) of each need it may be the same as.
    alike: list[tuple[str, str, str]]


def proposal_row(form: ProposalForm, *, ticked: Sequence[str] | None) -> ProposalRow:
    """`ticked`: the skills left ticked in a form that was sent; None before that."""
    shown = form.shown
    return ProposalRow(
        form=form,
        segments=shown.segments,
        is_carried=shown.proposal.is_carried,
        skills=[
            _chip(skill, is_checked=skill.is_sure if ticked is None else skill.slug in ticked) for skill in shown.heard
        ],
        alike=[(one.title, reverse("needs:need", kwargs={"public_id": one.public_id}), one.who) for one in shown.alike],
    )


def _chip(skill: Heard, *, is_checked: bool) -> ChipOption:
    return ChipOption(value=skill.slug, label=capital(skill.label), is_checked=is_checked)


@dataclass(frozen=True, slots=True)
class DecidedRow:
    words: str
    what: str
    url: str
    # The address that lets it wait again; empty where it became a need.
    back_url: str


def decided_row(proposal: Proposal) -> DecidedRow:
    told = {
        ProposalState.TAKEN: _("Became a need"),
        ProposalState.JOINED: _("Joined another need"),
        ProposalState.DROPPED: _("Dropped"),
    }
    return DecidedRow(
        words=proposal.words,
        what=told[ProposalState(proposal.state)],
        url=reverse("needs:need", kwargs={"public_id": proposal.need_id}) if proposal.need_id else "",
        back_url="" if proposal.need_id else reverse("minutes:reconsider", kwargs={"public_id": proposal.public_id}),
    )
