"""One of each thing that an address may name, made by the capabilities' own actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

from kompetanse.board import ItemKind, OpKind, Wish
from kompetanse.refs import Ref
from kompetanse.vocabulary.entries import Entry, Vocabulary
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Passkey, Person
from kompetanseforum.anchoring.actions import Commitment, add_internal_step, record_anchoring
from kompetanseforum.anchoring.models import Anchoring, InternalStep
from kompetanseforum.api.actions import add_webhook, make_token
from kompetanseforum.api.models import Scope, Token, Webhook
from kompetanseforum.boards.actions import join_board, open_board, write
from kompetanseforum.boards.models import Board, Guest, Item
from kompetanseforum.boards.queries.patterns import pattern_called
from kompetanseforum.boards.queries.people import Who
from kompetanseforum.briefs.actions import Asked, BriefSaid, make_brief, make_pledge, send_brief
from kompetanseforum.briefs.models import Brief, Pledge, Recipient
from kompetanseforum.briefs.queries.shown import answer_secret
from kompetanseforum.challenges.actions import invite_to_team, open_challenge
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.codes.models import Municipality
from kompetanseforum.codesign.actions import agree, comment_on, join_room, open_room, propose_change, send_changes
from kompetanseforum.codesign.models import Change, Comment, Participant, Room
from kompetanseforum.codesign.queries.rooms import room_secret
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.events.actions import Called, agree_follow_up, call_meeting, note_attendance
from kompetanseforum.events.models import Attendance, FollowUp, Meeting
from kompetanseforum.forum.actions import Period, give_role, invite, make_start_secret, start_cycle
from kompetanseforum.forum.models import Cycle, Invitation, Role
from kompetanseforum.forum.queries import invitation_secret
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.ideas.actions import say_idea
from kompetanseforum.ideas.models import Idea
from kompetanseforum.intake.actions import add_feed, start_batch
from kompetanseforum.intake.models import Batch, Feed
from kompetanseforum.minutes.actions import bring_in
from kompetanseforum.minutes.models import Minutes, Proposal
from kompetanseforum.needs.actions import Said, merge_needs, voice_need
from kompetanseforum.needs.models import Merge, Need, Voice
from kompetanseforum.needs.queries.shown import letter_secret, link_secret
from kompetanseforum.network.actions import CardSaid, ask_for_talk, keep_card
from kompetanseforum.network.models import Card, Talk
from kompetanseforum.offers.actions.registering import change_offer, register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    present_organisation,
)
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.models import Organisation, Register, RegisterImport, Representation
from kompetanseforum.pilots.actions import Attached, Plan, log_entry, start_pilot
from kompetanseforum.pilots.models import Entry as LogEntry
from kompetanseforum.pilots.models import Pilot
from kompetanseforum.results.actions import Harvested, add_evidence, ask_to_confirm, publish_result, record_result
from kompetanseforum.results.models import Confirmation, Evidence, Kind, Result
from kompetanseforum.results.queries.confirming import link_secret as confirm_secret
from kompetanseforum.skills.actions.uploads import start_upload as start_esco_upload
from kompetanseforum.skills.actions.vocabulary import load_vocabulary
from kompetanseforum.skills.models import EscoUpload, LocalWord, Relinking, SkillLink
from kompetanseforum.threads.models import Edge

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
    representation: Representation
    card: Card
    talk: Talk
    batch: Batch
    feed: Feed
    edge: Edge
    cycle: Cycle
    meeting: Meeting
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


def make_things() -> Things:
    """In a forum with its built-in rows."""
    load_vocabulary(Vocabulary(skills=(_WELDING,), occupations=(), pairs=()))
    member = add_person(name="Ola Vik")
    give_role(person=member, role=Role.COORDINATOR)
    voice = _voice("Vi mangler folk som kan sveise aluminium", firm="Båtbygger'n")
    link = SkillLink.objects.get()
    offer = _offer("Aluminiumssveising for båtbyggere")
    organisation = add_organisation(name="Elvekanten Mekaniske AS", kind="workshop")
    present_organisation(organisation, said=Presented(wants_to_be_found=True), by=None)
    change_offer(offer=offer, content=Content(title="Aluminiumssveising", provider="Fagskolen"), by=None)
    other = _voice("Vi trenger en som kan lese tegninger", firm="Snekker'n")
    twin = _voice("Sveise aluminium igjen", firm="Skipsbygger'n")
    ola = add_person(name="Ola Nes")
    merge = merge_needs(kept=other.need, merged=twin.need, by=add_person(name="Ingrid"))
    brief, recipient, pledge = _brief(voice, by=member)
    room, participant, change, comment = _room(brief, recipient)
    rebuild()
    board, guest, note = _board(by=member, guest="Kari")
    _other_board, other_guest, _other_note = _board(by=member, guest="Liv")
    token, token_secret = make_token(name="Næringshagen", scopes=Scope.values, expires_on=clock.today(), by=None)
    meeting = call_meeting(called=Called(title="Folk til båt", starts_at=clock.now()), by=NOBODY)
    note_attendance(meeting, sector="business", heads=3, by=NOBODY)
    idea = say_idea(words="Et øverom på hjul", language="nb", by=NOBODY)
    challenge = open_challenge(question="Hvordan kan vi øve?", about="", cycle=None, by=NOBODY, start=ref(idea))
    minutes = bring_in(title="Møte", text="Borgskilt mangler folk som kan sveise aluminium.", by=None)
    by = Viewer(person=ref(add_person(name="Eva Dal")), roles=frozenset({"participant", "coordinator"}))
    pilot, anchoring, result = _loop(organisation, origin=ref(voice.need), by=by)
    return Things(
        cycle=start_cycle(
            period=Period(title="2026–2027", starts_on=date(2026, 1, 1), ends_on=date(2027, 12, 31)), by=NOBODY
        ),
        meeting=meeting,
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
            attached=Attached(name="bilde.png", type="image/png", stored_as=_picture()),
        ),
        anchoring=anchoring,
        internal_step=add_internal_step(anchoring=anchoring, what="Ledergruppa møtes", on=clock.today()),
        result=result,
        confirmation=ask_to_confirm(result=result, email="liv@skole.example", role="en lærer", language="nb", by=by),
        evidence=add_evidence(
            result=result, title="Planen", by=by, attached=Attached("plan.png", "image/png", _picture())
        ),
        other_need=other.need,
        merge=merge,
        voice=voice,
        offer=offer,
        held=(ref(voice), ref(offer), ref(idea), ref(recipient), ref(participant), ref(guest)),
        held_by_another={
            "needs": ref(other),
            "offers": ref(_offer("Tegning")),
            "ideas": ref(say_idea(words="En annen idé", language="nb", by=NOBODY)),
            "boards": ref(other_guest),
        },
        start_secret=make_start_secret() or "",
        member=member,
        passkey=Passkey.objects.create(
            person=member, name="Phone", credential_id="abc", credential=b"abc", made_at=clock.now()
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
    )


def _loop(organisation: Organisation, *, origin: Ref, by: Viewer) -> tuple[Pilot, Anchoring, Result]:
    """A pilot that tests the need, what is anchored because of it, and what came of it."""
    plan = Plan(
        title="Sveisekvelder",
        hypothesis="Hvis det er kveld, kommer de",
        smallest_test="To kvelder",
        who="Seks",
        begins_on=clock.today(),
        stop_if="Ingen kommer",
    )
    pilot = start_pilot(plan=plan, by=by, origins=[origin])
    commitment = Commitment(what="Kveldene blir faste", is_public=True)
    anchoring = record_anchoring(organisation=organisation, commitment=commitment, by=by, about=ref(pilot))
    harvested = Harvested(
        what="Kveldene er faste", who="Skolen", on=clock.today(), kind=Kind.STRUCTURE, contribution="Forsøket bidro"
    )
    result = record_result(harvested=harvested, by=by, origins=[ref(pilot)])
    publish_result(result=result, by=by)
    return pilot, anchoring, result


def _picture() -> str:
    return default_storage.save("pilots/bilde.png", ContentFile(b"\x89PNG\r\n\x1a\n"))


def _board(*, by: Person, guest: str) -> tuple[Board, Guest, Item]:
    """With one guest, and one note that they wrote."""
    board = open_board(title="Lære mens vi jobber", pattern=pattern_called("open_wall"), by=by)
    came = join_board(board=board, alias=guest)
    column = Item.objects.filter(board=board, kind=ItemKind.COLUMN)[0]
    wish = Wish(f"things-{came.public_id}", OpKind.ADD, came.public_id, text="Ti kvelder", inside=column.public_id)
    write(board, wish, Who(ref=str(ref(came)), name=guest, sector="", is_leading=False, guest=came))
    return board, came, Item.objects.get(board=board, kind=ItemKind.NOTE)


def _offer(title: str) -> Offer:
    return register_offer(content=Content(title=title, provider="Fagskolen"), source="form", by=None)


def _voice(words: str, *, firm: str) -> Voice:
    place = Municipality.objects.order_by("code").first()
    organisation = add_organisation(name=firm, kind="boatbuilder", size="5-19", municipality=place)
    return voice_need(said=Said(words=words, place=place), by=None, organisation=organisation)


def _brief(voice: Voice, *, by: Person) -> tuple[Brief, Recipient, Pledge]:
    """Sent to one educator, and what the voice's firm can put in."""
    today = clock.today()
    said = BriefSaid(
        title="Sveising", people=2, level=4, starts_by=today, hours_per_week=4, delivery=["online"], payer="nav"
    )
    brief = make_brief(said=said, needs=[voice.need], by=by)
    school = add_organisation(name="Elvebakken skole", sector="education")
    [recipient] = send_brief(brief=brief, to=[Asked(organisation=school)], by=by)
    assert voice.organisation is not None
    pledge = make_pledge(
        brief=brief,
        organisation=voice.organisation,
        gift="rooms",
        words="Hallen",
        name_is_public=False,
        by=ref(voice),
    )
    brief.refresh_from_db()
    return brief, recipient, pledge


def _room(brief: Brief, recipient: Recipient) -> tuple[Room, Participant, Change, Comment]:
    """Where all agree on one change, which is sent, and one is only proposed."""
    room = open_room(title="Sveising", educator=recipient.organisation, offer=None, brief=brief, by=NOBODY)
    firm = join_room(room=room, name="Goran", sector="business", by=None)
    teacher = join_room(room=room, name="Siv", sector="education", by=None)
    agreed = propose_change(room=room, part="content", proposal="Aluminium", by=teacher)
    agree(change=agreed, by=firm)
    send_changes(room=room, by=None)
    room.refresh_from_db()
    change = propose_change(room=room, part="structure", proposal="Ti kvelder", by=firm)
    return room, firm, change, comment_on(change=change, words="Fint", by=firm)


Arguments = Callable[[Things], dict[str, object]]

_NEED: Arguments = lambda things: {"public_id": things.voice.need.public_id}  # noqa: E731 one line says it
_VOICE: Arguments = lambda things: {"public_id": things.voice.public_id}  # noqa: E731
_OFFER: Arguments = lambda things: {"public_id": things.offer.public_id}  # noqa: E731
_BATCH: Arguments = lambda things: {"public_id": things.batch.public_id}  # noqa: E731
_MEETING: Arguments = lambda things: {"public_id": things.meeting.public_id}  # noqa: E731
_IDEA: Arguments = lambda things: {"public_id": things.idea.public_id}  # noqa: E731
_CHALLENGE: Arguments = lambda things: {"public_id": things.challenge.public_id}  # noqa: E731
_BRIEF: Arguments = lambda things: {"public_id": things.brief.public_id}  # noqa: E731
_ROOM: Arguments = lambda things: {"public_id": things.room.public_id}  # noqa: E731
_CHANGE: Arguments = lambda things: {"public_id": things.change.public_id}  # noqa: E731
_BOARD: Arguments = lambda things: {"public_id": things.board.public_id}  # noqa: E731
_NOTE: Arguments = lambda things: {"public_id": things.note.public_id}  # noqa: E731
_LINK: Arguments = lambda things: {"public_id": things.link.public_id}  # noqa: E731

# What stands in each address that takes something. A route that is missing here fails the test.
ARGUMENTS: dict[str, Arguments] = {
    **dict.fromkeys(("accounts:elsewhere", "accounts:back"), lambda things: {"provider": "feide"}),
    "accounts:remove_passkey": lambda things: {"public_id": things.passkey.public_id},
    "forum:invitation": lambda things: {"secret": invitation_secret(things.invitation)},
    **dict.fromkeys(("forum:invited", "forum:revoke"), lambda things: {"public_id": things.invitation.public_id}),
    **dict.fromkeys(("forum:member", "forum:put_on_duty"), lambda things: {"public_id": things.member.public_id}),
    "forum:start": lambda things: {"secret": things.start_secret},
    "needs:export": lambda things: {"extension": "csv"},
    "offers:export": lambda things: {"extension": "json"},
    "gapmap:export": lambda things: {"extension": "csv"},
    "offers:version": lambda things: {"public_id": things.offer.public_id, "number": 1},
    **dict.fromkeys(("offers:thanks", "offers:offer", "offers:change", "offers:end", "offers:release"), _OFFER),
    **dict.fromkeys(("api:gap", "api:skill"), lambda things: {"slug": things.link.concept.slug}),
    **dict.fromkeys(
        ("forum:cycle", "forum:change_cycle", "forum:end_cycle"), lambda things: {"public_id": things.cycle.public_id}
    ),
    **dict.fromkeys(
        (
            "events:meeting",
            "events:change",
            "events:cancel",
            "events:minutes",
            "events:there",
            "events:i_was_there",
            "events:needs",
            "events:reflect",
            "events:follow_up",
        ),
        _MEETING,
    ),
    **dict.fromkeys(("events:done", "events:not_done"), lambda things: {"public_id": things.follow_up.public_id}),
    "events:not_there": lambda things: {"public_id": things.attendance.public_id},
    "events:raise": lambda things: _MEETING(things) | {"into": things.other_need.public_id},
    **dict.fromkeys(("ideas:idea", "ideas:release", "ideas:withdraw", "ideas:needs"), _IDEA),
    "ideas:became": lambda things: _IDEA(things) | {"into": things.other_need.public_id},
    **dict.fromkeys(
        (
            "challenges:challenge",
            "challenges:change",
            "challenges:close",
            "challenges:needs",
            "challenges:ideas",
            "challenges:invite",
            "challenges:add",
            "challenges:join",
            "challenges:follow",
            "challenges:unfollow",
        ),
        _CHALLENGE,
    ),
    "challenges:gather": lambda things: _CHALLENGE(things) | {"into": things.other_need.public_id},
    "challenges:gather_idea": lambda things: _CHALLENGE(things) | {"into": things.idea.public_id},
    **dict.fromkeys(
        ("challenges:said_yes", "challenges:leave"), lambda things: {"public_id": things.team_member.public_id}
    ),
    "threads:thread": lambda things: {"thing": str(ref(things.voice.need))},
    "threads:take_back": lambda things: {"public_id": things.edge.public_id},
    **dict.fromkeys(
        [f"briefs:{name}" for name in ("brief", "json", "pdf", "change", "send", "close", "pledge")], _BRIEF
    ),
    "briefs:link": lambda things: {"secret": answer_secret(things.recipient)},
    "briefs:answer": lambda things: {"public_id": things.recipient.public_id},
    "briefs:withdraw_pledge": lambda things: {"public_id": things.pledge.public_id},
    **dict.fromkeys(
        [f"codesign:{name}" for name in ("room", "join", "invite", "leave", "propose", "send", "decide")], _ROOM
    ),
    **dict.fromkeys(
        [f"codesign:{name}" for name in ("change", "reword", "move", "agree", "disagree", "say", "remove_change")],
        _CHANGE,
    ),
    "codesign:remove_comment": lambda things: {"public_id": things.comment.public_id},
    "codesign:link": lambda things: {"secret": room_secret(things.room)},
    "api:need": _NEED,
    "api:offer": _OFFER,
    "api:revoke_token": lambda things: {"public_id": things.token.public_id},
    **dict.fromkeys(
        ("api:stop_webhook", "api:start_webhook", "api:remove_webhook"),
        lambda things: {"public_id": things.webhook.public_id},
    ),
    **dict.fromkeys(("intake:choose", "intake:add_feed"), lambda things: {"key": "tilbud"}),
    **dict.fromkeys(("intake:read_feed", "intake:stop_feed"), lambda things: {"public_id": things.feed.public_id}),
    **dict.fromkeys(("intake:batch", "intake:columns", "intake:progress", "intake:undo"), _BATCH),
    **dict.fromkeys(("needs:helped", "needs:stop_letters"), lambda things: {"secret": letter_secret(things.voice)}),
    "needs:link": lambda things: {"secret": link_secret(things.voice)},
    **dict.fromkeys(
        ("skills:skill", "gapmap:skill", "gapmap:follow", "gapmap:unfollow"),
        lambda things: {"slug": things.link.concept.slug},
    ),
    **dict.fromkeys(
        ("organisations:organisation", "organisations:change", "organisations:contact", "organisations:represent"),
        lambda things: {"public_id": things.organisation.public_id},
    ),
    **dict.fromkeys(
        ("organisations:confirm", "organisations:end"),
        lambda things: {"public_id": things.representation.public_id},
    ),
    **dict.fromkeys(
        tuple(
            f"boards:{name}"
            for name in (
                "wall",
                "list",
                "table",
                "screen",
                "enter",
                "export",
                "since",
                "do",
                "add",
                "more_time",
                "settings",
                "end",
                "dots",
                "vote_for",
                "result",
                "need",
            )
        ),
        _BOARD,
    ),
    **dict.fromkeys(("boards:undo", "boards:phase"), lambda things: _BOARD(things) | {"number": 0}),
    **dict.fromkeys(
        tuple(
            f"boards:{name}"
            for name in ("note", "change", "move", "merge", "part", "comment", "delete", "erase", "hold", "release")
        ),
        _NOTE,
    ),
    **dict.fromkeys(("network:card", "network:ask"), lambda things: {"public_id": things.card.public_id}),
    "network:answer": lambda things: {"public_id": things.talk.public_id},
    **dict.fromkeys(
        ("pilots:pilot", "pilots:recipe", "pilots:change", "pilots:log", "pilots:learn", "pilots:decide"),
        lambda things: {"public_id": things.pilot.public_id},
    ),
    "pilots:attached": lambda things: {"public_id": things.entry.public_id},
    **dict.fromkeys(
        (
            "anchoring:anchoring",
            "anchoring:change",
            "anchoring:renew",
            "anchoring:add_step",
            "anchoring:for_leader",
        ),
        lambda things: {"public_id": things.anchoring.public_id},
    ),
    "anchoring:finish": lambda things: {"public_id": things.internal_step.public_id},
    **dict.fromkeys(
        ("results:result", "results:change", "results:publish", "results:evidence", "results:ask"),
        lambda things: {"public_id": things.result.public_id},
    ),
    "results:evidence_file": lambda things: {"public_id": things.evidence.public_id},
    "results:confirm": lambda things: {"secret": confirm_secret(things.confirmation)},
    "organisations:import": lambda things: {"public_id": things.register_import.public_id},
    "needs:why": lambda things: {"link": things.link.public_id},
    "offers:why": lambda things: {"link": things.offer_link.public_id},
    "skills:changes": lambda things: {"public_id": things.relinking.public_id},
    **dict.fromkeys(
        ("skills:take_back", "skills:let_stand"), lambda things: {"public_id": things.local_word.public_id}
    ),
    "skills:upload": lambda things: {"public_id": things.esco_upload.public_id},
    **dict.fromkeys(("skills:judge", "skills:unjudge"), _LINK),
    **dict.fromkeys(
        (
            "needs:need",
            "needs:join",
            "needs:answer",
            "needs:take",
            "needs:release",
            "needs:remove",
            "needs:follow",
            "needs:unfollow",
        ),
        _NEED,
    ),
    **dict.fromkeys(("minutes:minutes", "minutes:delete"), lambda things: {"public_id": things.minutes.public_id}),
    "minutes:reconsider": lambda things: {"public_id": things.proposal.public_id},
    "needs:merge": _NEED,
    "needs:apart": lambda things: _NEED(things) | {"into": things.other_need.public_id},
    "needs:merge_into": lambda things: _NEED(things) | {"into": things.other_need.public_id},
    **dict.fromkeys(("needs:move", "needs:move_out"), _VOICE),
    "needs:move_to": lambda things: _VOICE(things) | {"into": things.other_need.public_id},
    "needs:part": lambda things: {"public_id": things.merge.public_id},
    **dict.fromkeys(("needs:thanks", "needs:mine", "needs:change", "needs:withdraw", "needs:confirm"), _VOICE),
}


def contents(models: list[type[Model]]) -> Iterator[tuple[str, object]]:
    """Every row of every table, for comparing before and after."""
    for model in models:
        yield model._meta.label, list(model._default_manager.order_by("pk").values_list())
