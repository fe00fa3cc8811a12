"""What stands in each address that takes something."""

from __future__ import annotations

from collections.abc import Callable

from kompetanseforum.boards.queries.letters import own_secret
from kompetanseforum.boards.queries.looking_on import spectators_secret
from kompetanseforum.briefs.queries.shown import answer_secret
from kompetanseforum.codesign.queries.rooms import room_secret
from kompetanseforum.core.refs import ref
from kompetanseforum.events.queries.signing_up import sign_up_secret
from kompetanseforum.forum.queries import invitation_secret
from kompetanseforum.needs.queries.shown import letter_secret, link_secret
from kompetanseforum.results.queries.confirming import link_secret as confirm_secret
from tests.architecture.things.all_of_them import Things

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
    "accounts:end_session": lambda things: {"public_id": things.sign_in.public_id},
    "forum:invitation": lambda things: {"secret": invitation_secret(things.invitation)},
    **dict.fromkeys(("forum:invited", "forum:revoke"), lambda things: {"public_id": things.invitation.public_id}),
    **dict.fromkeys(
        ("forum:member", "forum:put_on_duty", "forum:put_out"), lambda things: {"public_id": things.member.public_id}
    ),
    "forum:start": lambda things: {"secret": things.start_secret},
    "needs:export": lambda things: {"extension": "csv"},
    "offers:export": lambda things: {"extension": "json"},
    "gapmap:export": lambda things: {"extension": "csv"},
    "offers:version": lambda things: {"public_id": things.offer.public_id, "number": 1},
    **dict.fromkeys(("offers:thanks", "offers:offer", "offers:change", "offers:end", "offers:release"), _OFFER),
    **dict.fromkeys(("api:gap", "api:skill"), lambda things: {"slug": things.link.concept.slug}),
    **dict.fromkeys(
        ("forum:cycle", "forum:change_cycle", "forum:end_cycle", "organisations:in_cycle"),
        lambda things: {"public_id": things.cycle.public_id},
    ),
    **dict.fromkeys(
        (
            "events:meeting",
            "events:change",
            "events:cancel",
            "events:calendar",
            "events:sign_up",
            "events:sign_ups",
            "events:sign_ups_csv",
            "events:minutes",
            "minutes:from_meeting",
            "events:there",
            "events:i_was_there",
            "events:needs",
            "events:reflect",
            "events:follow_up",
        ),
        _MEETING,
    ),
    **dict.fromkeys(("events:done", "events:not_done"), lambda things: {"public_id": things.follow_up.public_id}),
    **dict.fromkeys(
        [f"events:{name}" for name in ("signed_up", "change_sign_up", "withdraw_sign_up", "were_there")],
        lambda things: {"public_id": things.sign_up.public_id},
    ),
    "events:sign_up_link": lambda things: {"secret": sign_up_secret(things.sign_up.public_id)},
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
    **dict.fromkeys(
        (
            "challenges:from_notes",
            "challenges:idea_from_notes",
            "codesign:from_notes",
            "pilots:from_notes",
            "anchoring:from_notes",
        ),
        _BOARD,
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
        (
            "organisations:organisation",
            "organisations:change",
            "organisations:contact",
            "organisations:represent",
            "organisations:same_as",
        ),
        lambda things: {"public_id": things.organisation.public_id},
    ),
    "organisations:join": lambda things: {
        "public_id": things.organisation.public_id,
        "into": things.joining.kept.public_id,
    },
    "organisations:out_of_cycle": lambda things: {"public_id": things.cycle_member.public_id},
    "organisations:part": lambda things: {"public_id": things.joining.public_id},
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
                "ballot",
                "canvas",
                "draw",
                "waiting",
                "dots",
                "vote_for",
                "result",
                "need",
                "history",
                "summary",
                "paper",
                "document",
                "leave_address",
                "drawing",
                "drawing_paper",
                "bring",
                "spectators",
                "breadth",
                "text",
                "add_paragraphs",
                "use_text",
            )
        ),
        _BOARD,
    ),
    **dict.fromkeys(("boards:own", "boards:stop_letters"), lambda things: {"secret": own_secret(things.guest)}),
    "boards:look_on": lambda things: {"secret": spectators_secret(things.board)},
    **dict.fromkeys(("boards:undo", "boards:phase", "boards:restore"), lambda things: _BOARD(things) | {"number": 0}),
    **dict.fromkeys(
        tuple(
            f"boards:{name}"
            for name in (
                "note",
                "change",
                "move",
                "merge",
                "part",
                "comment",
                "react",
                "attach",
                "file",
                "place",
                "report",
                "settle",
                "approve",
                "skill",
                "delete",
                "erase",
                "hold",
                "release",
            )
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
    **dict.fromkeys(("insight:made", "insight:paper"), lambda things: {"public_id": things.report.public_id}),
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
