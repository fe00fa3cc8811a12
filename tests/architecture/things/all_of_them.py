"""All the things, and how they are made in a forum that has only its built-in rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from kompetanse.refs import Ref
from kompetanse.vocabulary.entries import Entry, Vocabulary
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Passkey, Person
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
from kompetanseforum.events.actions import Called, agree_follow_up, call_meeting, note_attendance
from kompetanseforum.events.models import Attendance, FollowUp, Meeting
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
    present_organisation,
)
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.models import Organisation, Register, RegisterImport, Representation
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
        guest=guest,
