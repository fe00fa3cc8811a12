"""What briefs bring: their list, their step in threads, panels on a need, and demo briefs with answers."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.briefs.actions import (
    AnswerSaid,
    Asked,
    BriefSaid,
    answer_brief,
    forget_person,
    make_brief,
    make_pledge,
    send_brief,
    send_owed_letters,
)
from kompetanseforum.briefs.imports import DemoBrief, demo_briefs
from kompetanseforum.briefs.models import Kind
from kompetanseforum.briefs.queries.mine import copy_about
from kompetanseforum.briefs.queries.preparing import need_with_words, prepared, surest
from kompetanseforum.briefs.queries.shown import (
    brief_by_id,
    briefs_of_need,
    waiting_for,
)
from kompetanseforum.briefs.queries.steps import thread_steps
from kompetanseforum.briefs.rules import may_make_brief
from kompetanseforum.briefs.views.rows import row_view
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.codes.queries import municipality_by_code
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.models import CLOSED_STATES, Need
from kompetanseforum.organisations.imports import demo_organisations
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import organisations_named


def named(public_id: str) -> Named | None:
    brief = brief_by_id(public_id)
    return Named(label=brief.title, url=reverse("briefs:brief", kwargs={"public_id": public_id})) if brief else None


def on_a_need(viewer: Viewer, need: object) -> tuple[str, dict[str, object]] | None:
    """The briefs it is in, and for those who make them the way to a new one."""
    if not isinstance(need, Need):
        return None
    briefs = briefs_of_need(need, viewer=viewer)
    may_make = may_make_brief(viewer, None) and need.state not in CLOSED_STATES and not need.held_reason
    if not briefs and not may_make:
        return None
    return "briefs/_on_need.html", {"need": need, "briefs": [row_view(one) for one in briefs], "may_make": may_make}


def from_a_challenge(viewer: Viewer, challenge: object) -> tuple[str, dict[str, object]] | None:
    if not isinstance(challenge, Challenge) or not may_make_brief(viewer, None):
        return None
    return "briefs/_on_challenge.html", {"challenge": challenge}


def with_a_selection(viewer: Viewer, about: object) -> tuple[str, dict[str, object]] | None:
    return ("briefs/_selection.html", {}) if may_make_brief(viewer, None) else None


def on_my_page(viewer: Viewer, person: object) -> tuple[str, dict[str, object]] | None:
    waiting = waiting_for(viewer)
    return ("briefs/_on_my_page.html", {"waiting": waiting}) if waiting else None


@transaction.atomic
def demo() -> None:
    """Each brief on its day, in its own language, with what educators answered and others put in."""
    people = {person.first_name.lower(): person for person in coordinators()}
    names = {row.key: row.name for row in demo_organisations()}
    known = organisations_named(list(names.values()))
    speakers = {key: known[name] for key, name in names.items()}
    for row in demo_briefs():
        with translation.override(row.language):
            _tell(row, by=people[row.by], speakers=speakers)


def _tell(row: DemoBrief, *, by: Person, speakers: dict[str, Organisation]) -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=row.days_ago)):
        needs = [need for words in row.needs if (need := need_with_words(words))]
        start = prepared(needs)
        today = clock.today()
        said = BriefSaid(
            title=row.title,
            about=row.about,
            people=row.people or start.people,
            level=row.level or start.level,
            starts_from=today + timedelta(days=row.starts_in_days[0]),
            starts_by=today + timedelta(days=row.starts_in_days[1]),
            hours_per_week=row.hours_per_week,
            delivery=row.delivery,
            times=row.times,
            place=municipality_by_code(row.place),
            payer=row.payer,
            answer_by=today + timedelta(days=row.answer_in_days),
            skills=[skill.concept_id for skill in surest(start.skills)],
        )
        brief = make_brief(said=said, needs=needs, by=by, sending_key=f"demo-{row.key}")
        sent = (
            send_brief(brief=brief, to=[Asked(organisation=speakers[key]) for key in row.to], by=by) if row.to else []
        )
    asked = {one.organisation_id: one for one in sent}
    for answer in row.answers:
        with clock.at(now - timedelta(days=answer.days_ago)):
            until = clock.today() + timedelta(days=answer.until_in_days) if answer.until_in_days else None
            answer_brief(
                recipient=asked[speakers[answer.who].pk],
                said=AnswerSaid(kind=Kind(answer.kind), words=answer.words, reason=answer.reason, until=until),
                by=None,
                is_reported=answer.is_reported,
            )
    for number, pledge in enumerate(row.pledges):
        with clock.at(now - timedelta(days=pledge.days_ago)):
            make_pledge(
                brief=brief,
                organisation=speakers[pledge.who],
                gift=pledge.gift,
                words=pledge.words,
                name_is_public=pledge.name_is_public,
                by=None,
                sending_key=f"demo-{row.key}-{number}",
            )


def personal_copy(person: Ref) -> dict[str, object]:
    return copy_about(person)


CAPABILITY = Capability(
    app="briefs",
    title=_("Briefs"),
    ways=(Door(label=_("Briefs"), url_name="briefs:briefs", order=4),),
    refs={"brief": named},
    thread_steps={"brief": thread_steps},
    panels_offered=("brief.detail",),
    panels_filled={
        "need.detail": on_a_need,
        "challenge.next": from_a_challenge,
        "needs.selection": with_a_selection,
        "person.page": on_my_page,
    },
    demo=demo,
    work=send_owed_letters,
    personal_copy=personal_copy,
    erase=forget_person,
    personal_data=(
        PersonalData(
            what=_("The e-mail address of an educator that is asked without an account"),
            why=_("So that they get the brief and the link to answer by"),
            kept_for=_("As long as the brief"),
        ),
        PersonalData(
            what=_("Who wrote an answer to a brief, or what a workplace can put in"),
            why=_("So that they can take it back"),
            kept_for=_("As long as the brief"),
        ),
    ),
)
