"""All the things, and how they are made in a forum that has only its built-in rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model

from kompetanse.refs import Ref
from kompetanse.vocabulary.entries import Entry, Vocabulary
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Passkey, Person, SignIn
from kompetanseforum.anchoring.actions import add_internal_step
from kompetanseforum.anchoring.models import Anchoring, InternalStep
from kompetanseforum.api.actions import add_webhook, make_token
from kompetanseforum.api.models import Scope, Token, Webhook
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.briefs.models import Brief, Pledge, Recipient
from kompetanseforum.challenges.actions import invite_to_team, open_challenge
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.codesign.models import Change, Comment, Room
from kompetanseforum.core import clock
from kompetanseforum.core.attached import Attached
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import (
    Called,
    SignUpSaid,
    agree_follow_up,
    call_meeting,
    note_attendance,
    sign_up,
    write_minutes,
)
from kompetanseforum.events.models import Attendance, FollowUp, Meeting, SignUp
from kompetanseforum.forum.actions import Period, give_role, invite, make_start_secret, start_cycle
from kompetanseforum.forum.models import Cycle, Invitation, Role
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.ideas.models import Idea
from kompetanseforum.insight.actions import ask_for_report
from kompetanseforum.insight.models import MadeReport
from kompetanseforum.insight.queries.report import last_half_year
from kompetanseforum.intake.actions import add_feed, start_batch
from kompetanseforum.intake.models import Batch, Feed
from kompetanseforum.minutes.actions import bring_in
from kompetanseforum.minutes.models import Minutes, Proposal
from kompetanseforum.needs.actions import merge_needs
from kompetanseforum.needs.models import Merge, Need, Voice
from kompetanseforum.network.actions import CardSaid, ask_for_talk, keep_card
from kompetanseforum.network.models import Card, Talk
from kompetanseforum.offers.actions.registering import change_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    join_organisations,
    present_organisation,
    take_into_cycle,
)
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.models import (
    CycleMember,
    Joining,
    Organisation,
    Register,
    RegisterImport,
    Representation,
)
from kompetanseforum.pilots.actions import log_entry
from kompetanseforum.pilots.models import Entry as LogEntry
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.results.actions import add_evidence, ask_to_confirm
from kompetanseforum.results.models import Confirmation, Evidence, Result
from kompetanseforum.skills.actions.uploads import start_upload as start_esco_upload
from kompetanseforum.skills.actions.vocabulary import load_vocabulary
from kompetanseforum.skills.models import EscoUpload, LocalWord, Relinking, SkillLink
from kompetanseforum.threads.models import Edge
from tests.architecture.things.making import a_board, a_brief, a_loop, a_picture, a_room, a_voice, an_offer

# The one skill this forum knows.
_WELDING = Entry(
    uri="http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000001",
    kind="skill",
    trade="industry",
    labels={"nb": "sveise aluminium", "nn": "sveise aluminium", "en": "weld aluminium"},
    words={},
)


@dataclass(frozen=True, slots=True)
class Things:
    """What the holder holds, what another holds, and secrets that open."""

    voice: Voice
    offer: Offer
    held: tuple[Ref, ...]
    # Capability → what a stranger holds there; one thing, as most do who come by a link.
    held_by_another: Mapping[str, Ref]
    start_secret: str
    member: Person
    passkey: Passkey
    sign_in: SignIn
    invitation: Invitation
    # With every scope.
    token: Token
    token_secret: str
    webhook: Webhook
    link: SkillLink
    esco_upload: EscoUpload
    offer_link: SkillLink
    local_word: LocalWord
    relinking: Relinking
    other_need: Need
    merge: Merge
    minutes: Minutes
    proposal: Proposal
    register_import: RegisterImport
    organisation: Organisation
    joining: Joining
    representation: Representation
    card: Card
    talk: Talk
    batch: Batch
    feed: Feed
    edge: Edge
    cycle: Cycle
    cycle_member: CycleMember
    meeting: Meeting
    sign_up: SignUp
    attendance: Attendance
    follow_up: FollowUp
    idea: Idea
    challenge: Challenge
    team_member: TeamMember
    pilot: Pilot
    entry: LogEntry
    anchoring: Anchoring
    internal_step: InternalStep
    result: Result
    confirmation: Confirmation
    evidence: Evidence
    brief: Brief
    recipient: Recipient
    pledge: Pledge
    room: Room
    change: Change
    comment: Comment
    board: Board
    note: Item
    report: MadeReport
    guest: Guest

    @property
    def organisations(self) -> list[Organisation]:
        """Those that any of it is about: firms and a school."""
        assert self.pledge.organisation is not None
        return [self.organisation, self.pledge.organisation, self.recipient.organisation]


def make_things() -> Things:
    """In a forum with its built-in rows."""
    load_vocabulary(Vocabulary(skills=(_WELDING,), occupations=(), pairs=()))
    member = add_person(name="Ola Vik")
    give_role(person=member, role=Role.COORDINATOR)
    voice = a_voice("Vi mangler folk som kan sveise aluminium", firm="Båtbygger'n")
    link = SkillLink.objects.get()
    offer = an_offer("Aluminiumssveising for båtbyggere")
    organisation = add_organisation(name="Elvekanten Mekaniske AS", kind="workshop")
    present_organisation(organisation, said=Presented(wants_to_be_found=True), by=None)
    change_offer(offer=offer, content=Content(title="Aluminiumssveising", provider="Fagskolen"), by=None)
    other = a_voice("Vi trenger en som kan lese tegninger", firm="Snekker'n")
    twin = a_voice("Sveise aluminium igjen", firm="Skipsbygger'n")
    ola = add_person(name="Ola Nes")
    merge = merge_needs(kept=other.need, merged=twin.need, by=add_person(name="Ingrid"))
    brief, recipient, pledge = a_brief(voice, by=member)
    room, participant, change, comment = a_room(brief, recipient)
    rebuild()
    board, guest, note = a_board(by=member, guest="Kari")
    _other_board, other_guest, _other_note = a_board(by=member, guest="Liv")
    token, token_secret = make_token(name="Næringshagen", scopes=Scope.values, expires_on=clock.today(), by=None)
    meeting = call_meeting(called=Called(title="Folk til båt", starts_at=clock.now() + timedelta(hours=1)), by=NOBODY)
    will_come = sign_up(meeting, said=SignUpSaid(name="Tore Aas", heads=2), by=NOBODY)
    note_attendance(meeting, sector="business", heads=3, by=NOBODY)
    write_minutes(meeting, minutes="Vi snakket om båt.", are_public=False, by=NOBODY)
    idea = say_idea(words="Et øverom på hjul", language="nb", by=NOBODY)
    challenge = open_challenge(question="Hvordan kan vi øve?", about="", cycle=None, by=NOBODY, start=ref(idea))
    minutes = bring_in(title="Møte", text="Borgskilt mangler folk som kan sveise aluminium.", by=None)
    by = Viewer(person=ref(add_person(name="Eva Dal")), roles=frozenset({"participant", "coordinator"}))
    pilot, anchoring, result = a_loop(organisation, origin=ref(voice.need), by=by)
    cycle = start_cycle(
        period=Period(title="2026–2027", starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31)), by=NOBODY
    )
    return Things(
        cycle=cycle,
        cycle_member=take_into_cycle(cycle, name="De videregående skolene", by=by),
        meeting=meeting,
        sign_up=will_come,
        attendance=Attendance.objects.get(),
        follow_up=agree_follow_up(meeting, words="Ringe", owner=member, due_on=clock.today(), by=NOBODY),
        idea=idea,
        challenge=challenge,
        team_member=invite_to_team(challenge, organisation=organisation, by=NOBODY),
        # The one that merging has made.
        edge=Edge.objects.get(relation="became"),
        minutes=minutes,
        proposal=minutes.proposals.get(),
        pilot=pilot,
        entry=log_entry(
            pilot=pilot,
            words="Alle kom",
            on=clock.today(),
            by=by,
            attached=Attached(name="bilde.png", type="image/png", stored_as=a_picture()),
        ),
        anchoring=anchoring,
        internal_step=add_internal_step(anchoring=anchoring, what="Ledergruppa møtes", on=clock.today()),
        result=result,
        confirmation=ask_to_confirm(result=result, email="liv@skole.example", role="en lærer", language="nb", by=by),
        evidence=add_evidence(
            result=result, title="Planen", by=by, attached=Attached("plan.png", "image/png", a_picture())
        ),
        other_need=other.need,
        merge=merge,
        joining=join_organisations(
            kept=add_organisation(name="Verftet AS"), joined=add_organisation(name="Verftet"), by=member
        ),
        voice=voice,
        offer=offer,
        held=(ref(voice), ref(offer), ref(idea), ref(recipient), ref(participant), ref(guest), ref(will_come)),
        held_by_another={
            "needs": ref(other),
            "offers": ref(an_offer("Tegning")),
            "ideas": ref(say_idea(words="En annen idé", language="nb", by=NOBODY)),
            "boards": ref(other_guest),
            "events": ref(sign_up(meeting, said=SignUpSaid(name="Siv Moe"), by=NOBODY)),
        },
        start_secret=make_start_secret() or "",
        member=member,
        passkey=Passkey.objects.create(
            person=member, name="Phone", credential_id="abc", credential=b"abc", made_at=clock.now()
        ),
        sign_in=SignIn.objects.create(
            person=member,
            session_key="abc",
            way="code",
            device="Firefox, Linux",
            since=clock.now(),
            seen_at=clock.now(),
        ),
        invitation=invite(role=Role.PARTICIPANT, by=ref(member), occasion="A workshop"),
        token=token,
        token_secret=token_secret,
        webhook=add_webhook(name="Næringshagen", url="https://hook.example/", kinds=["needs.NeedVoiced"], by=None)[0],
        link=link,
        brief=brief,
        recipient=recipient,
        pledge=pledge,
        room=room,
        change=change,
        comment=comment,
        offer_link=SkillLink.objects.create(
            subject_kind="offer",
            subject_id=offer.public_id,
            whole_kind="offer",
            whole_id=offer.public_id,
            concept=link.concept,
            score=1,
            polarity="offer",
            origin="person",
            linked_at=clock.now(),
        ),
        local_word=LocalWord.objects.create(concept=link.concept, language="nb", text="alu", made_at=clock.now()),
        relinking=Relinking.objects.create(asked_at=clock.now(), changed_at=clock.now()),
        esco_upload=start_esco_upload(
            public_id="7h3k2m9qxa", file_name="esco.zip", stored_as="esco.zip", version="1.2.0", by=None, enqueue=str
        ),
        batch=start_batch(
            public_id="8h3k2m9qxa",
            intake="tilbud",
            name="fair",
            file_name="kurs.csv",
            stored_as="kurs.csv",
            matching={},
            by=None,
        ),
        register_import=start_import(register=Register.UNITS, by=None, enqueue=str),
        organisation=organisation,
        representation=ask_to_represent(person=ola, organisation=organisation),
        card=keep_card(ola, said=CardSaid(wants_to_be_found=True, may_be_asked=True)),
        talk=ask_for_talk(asker=add_person(name="Liv Berg"), asked=ola, about="Sveising"),
        feed=add_feed(
            intake="tilbud", name="Skolen", address="https://skole.example/kurs", every_days=7, by=None, enqueue=str
        ),
        board=board,
        note=note,
        report=ask_for_report(period=last_half_year(), language="nb", enqueue=str),
        guest=guest,
    )


def contents(models: list[type[Model]]) -> Iterator[tuple[str, object]]:
    """Every row of every table, for comparing before and after."""
    for model in models:
        yield model._meta.label, list(model._default_manager.order_by("pk").values_list())
