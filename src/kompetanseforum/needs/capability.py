"""What needs bring: a door, Refs, open data, personal data, and the demo forum's voices."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.accounts.queries import kept_by
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, DataFile, Door, Named, OpenData, PersonalData
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.needs.actions import (
    Said,
    add_up_if_many,
    answer_need,
    file_if_never_filed,
    forget_person,
    join_need,
    merge_needs,
    remind_of_answers,
    send_owed_letters,
    set_next_answer,
    settle_old_questions,
    voice_need,
    withdraw_voice,
)
from kompetanseforum.needs.imports import INTAKES, DemoNeed, DemoVoice, demo_needs
from kompetanseforum.needs.models import HeldReason, Need, State, Voice
from kompetanseforum.needs.queries.shown import answers_by, need_by_id, voice_by_id, voices_held_by
from kompetanseforum.needs.queries.spoken import spoken
from kompetanseforum.needs.queries.voicers import voiced_by
from kompetanseforum.needs.views.mine import in_handover, on_my_page
from kompetanseforum.needs.views.thread import thread_steps
from kompetanseforum.organisations.imports import demo_organisations
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import organisations_named
from kompetanseforum.skills.queries import hear, words_as_they_are


def named(public_id: str) -> Named | None:
    need = need_by_id(public_id)
    return Named(label=str(_("A need")), url=reverse("needs:need", kwargs={"public_id": public_id})) if need else None


def voice_named(public_id: str) -> Named | None:
    voice = voice_by_id(public_id)
    return named(voice.need.public_id) if voice else None


def voiced_here(viewer: Viewer, organisation: object) -> tuple[str, dict[str, object]] | None:
    """What an organisation has asked for, on its own page."""
    if not isinstance(organisation, Organisation):
        return None
    voiced = voiced_by(organisation, viewer=viewer)
    return ("needs/_voiced_by.html", {"voiced": voiced}) if voiced else None


def demo() -> None:
    """Speak every invented voice on its day, and answer on theirs."""
    people = {person.first_name.lower(): person for person in coordinators()}
    names = {row.key: row.name for row in demo_organisations()}
    known = organisations_named(list(names.values()))
    speakers = {key: known[name] for key, name in names.items()}
    today = clock.now()
    told: dict[str, Need] = {}
    with words_as_they_are():
        for row in demo_needs():
            with transaction.atomic():
                told[row.key] = _tell(row, people=people, speakers=speakers, today_is=today)
    with clock.at(today - timedelta(days=5)):
        for kept, merged in _SAME:
            merge_needs(kept=told[kept], merged=told[merged], by=people["ingrid"])


def _said(voice: DemoVoice, organisation: Organisation) -> Said:
    """As the form would send it: a confirmed voice has kept the ticks that stood there."""
    heard = hear(voice.words, language=voice.language) if voice.confirmed else []
    return Said(
        skills_shown=[skill.uri for skill in heard],
        skills_kept=[skill.uri for skill in heard if skill.is_sure],
        words=voice.words,
        language=voice.language,
        people=voice.people,
        forms=voice.forms,
        place=organisation.municipality,
        words_are_public=voice.public_words,
        name_is_public=voice.public_name,
    )


# Found to be the same, and merged by hand.
_SAME = (("plan_maintenance", "plan_maintenance_small"),)


def _tell(row: DemoNeed, *, people: dict[str, Person], speakers: dict[str, Organisation], today_is: datetime) -> Need:
    first: Voice | None = None
    for voice in row.voices:
        organisation = speakers[voice.organisation]
        spokesperson = speakers.get(voice.spokesperson)
        with clock.at(today_is - timedelta(days=voice.days_ago)):
            if first is None:
                first = voice_need(
                    said=_said(voice, organisation),
                    by=None,
                    organisation=organisation,
                    spokesperson=spokesperson,
                    is_confirmed=voice.confirmed,
                    horizon=row.horizon,
                    level=voice.level,
                    held_reason=HeldReason(row.held) if row.held else None,
                    owner=people[row.owner],
                )
            else:
                join_need(
                    need=first.need,
                    said=_said(voice, organisation),
                    by=None,
                    organisation=organisation,
                    spokesperson=spokesperson,
                    is_confirmed=voice.confirmed,
                )
    assert first is not None
    need = first.need
    next_answer_on = clock.today() + timedelta(days=row.next_answer_in_days)
    for answer in row.answers:
        with clock.at(today_is - timedelta(days=answer.days_ago)):
            answer_need(
                need=need,
                by=people[answer.by],
                words=answer.words,
                state=answer.state,
                next_answer_on=next_answer_on,
                owner=people[row.owner],
                reason=answer.reason,
            )
    if not row.answers:
        set_next_answer(need=need, on=next_answer_on)
    if row.state == State.WITHDRAWN:
        for spoken in need.voices.all():
            withdraw_voice(voice=spoken, by=None)
    return need


def personal_copy(person: Ref) -> dict[str, object]:
    held = kept_by(person).held
    return {
        "voices": [
            {
                "need": voice.need.public_id,
                "words": voice.words,
                "organisation": voice.organisation.name if voice.organisation else "",
                "email": voice.email,
                "voiced_at": voice.voiced_at.isoformat(),
                "state": voice.need.state,
            }
            for voice in voices_held_by(Viewer(holds=held))
        ],
        "answers": [
            {"need": answer.need.public_id, "words": answer.words, "at": answer.at.isoformat()}
            for answer in answers_by(person)
        ],
    }


def work() -> bool:
    """What the worker does again and again."""
    done = [settle_old_questions(), remind_of_answers(), send_owed_letters(), add_up_if_many()]
    return any(done)


CAPABILITY = Capability(
    app="needs",
    title=_("Needs"),
    doors=(Door(label=_("Needs"), url_name="needs:needs", order=10),),
    refs={"need": named, "voice": voice_named},
    thread_steps={"need": thread_steps},
    panels_offered=("need.detail", "needs.list", "needs.selection", "mine.followed"),
    spoken=spoken,
    panels_filled={
        "person.page": on_my_page,
        "forum.handover": in_handover,
        "organisation.detail": voiced_here,
    },
    open_data=(
        OpenData(
            label=_("All needs"),
            url_name="needs:needs",
            description=_(
                "What working life in the region says it needs: skills, how many, when and how far it has come."
            ),
            files=(
                DataFile("CSV", "needs:export", {"extension": "csv"}),
                DataFile("JSON", "needs:export", {"extension": "json"}),
            ),
        ),
    ),
    intakes=INTAKES,
    demo=demo,
    install=file_if_never_filed,
    work=work,
    personal_copy=personal_copy,
    erase=forget_person,
    personal_data=(
        PersonalData(
            what=_("The e-mail address of those who want answers by e-mail"),
            why=_("So that they are told when something happens"),
            kept_for=_("Until the voice is withdrawn"),
        ),
        PersonalData(
            what=_("Which needs this device has voiced, in a cookie"),
            why=_("So that you can follow and change them without an account"),
            kept_for=_("One year, or until you choose «Forget»"),
        ),
    ),
)
