"""Every route of the forum, as its doors are tried: what it asks for, and an object to try it on."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import PathView

# Their views are Django's or a library's; whoever adds one says here why it needs no permission of ours.
FOREIGN: dict[str, str] = {"api:nothing": "there is nothing behind it: 404 to all"}


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    pattern: str
    view: Callable[..., Any]
    methods: tuple[str, ...] = ("get", "post")
    # One operation of an API: an address has one for each method it takes.
    is_operation: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.methods[0]}" if self.is_operation else self.name

    @property
    def app(self) -> str:
        return self.name.partition(":")[0]

    @property
    def permission(self) -> str | None:
        """The name declared; "" for public, None for a silent one."""
        return getattr(self.view, "permission", None)


def routes() -> list[Route]:
    return list(_walk(get_resolver().url_patterns, prefix="", namespace=""))


def _walk(patterns: list[URLPattern | URLResolver], *, prefix: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, prefix=address, namespace=inner)
        else:
            yield from _at(f"{namespace}{pattern.name}", address, pattern.callback)


def _at(name: str, address: str, view: Callable[..., Any]) -> Iterator[Route]:
    """A page is one door; behind an address of the API there may be several."""
    behind = inspect.getclosurevars(inspect.unwrap(view)).nonlocals.get("self")
    if not isinstance(behind, PathView):
        yield Route(name=name, pattern=address, view=view)
        return
    for operation in behind.operations:
        methods = tuple(method.lower() for method in operation.methods)
        yield Route(name=name, pattern=address, view=operation.view_func, methods=methods, is_operation=True)


# Who comes


NOBODY, HOLDER, STRANGER, COORDINATOR = "nobody", "holder of the link", "holder of another link", "coordinator"
# Signed in, with another role: what else their role opens is tested where the rule stands.
FACILITATOR, PARTICIPANT = "facilitator", "participant"
# Guests of the forum who speak for an organisation: for the one the object is about, or for one that has no part in it.
OWN, ANOTHER = "guest who speaks for its organisation", "guest who speaks for another organisation"
SIGNED_IN = frozenset({FACILITATOR, PARTICIPANT, OWN, ANOTHER, COORDINATOR})
SYSTEM = "system with a token"
HOLDERS = frozenset({HOLDER, STRANGER}) | SIGNED_IN
ALL = HOLDERS | {NOBODY, SYSTEM}
ITS_OWN = frozenset({HOLDER, COORDINATOR})
STAFF = frozenset({COORDINATOR})
# A coordinator writes down what an organisation said.
SPEAKS = frozenset({OWN, COORDINATOR})
# Those who meet firms on the forum's behalf.
HOUSE = frozenset({COORDINATOR, FACILITATOR})

# Those who take part.
MEMBERS = HOUSE | {PARTICIPANT}

# Who comes in, per permission, for an open object. Written out once more, apart from the rules, so that a rule
# that opens too far is seen; what depends on an object's state is tested where the rule stands.
WHO_MAY: dict[str, frozenset[str]] = {
    "": ALL,
    "accounts.manage_self": SIGNED_IN,
    "api.manage_systems": STAFF,
    "api.voice_for_others": frozenset({SYSTEM}),
    # Its owner, who is none of these.
    "accounts.change_passkey": frozenset(),
    "accounts.end_session": frozenset(),
    "accounts.add_passkey": SIGNED_IN,
    "forum.see_desk": STAFF,
    "home.see_log": STAFF,
    "forum.change_forum": STAFF,
    "forum.manage_members": STAFF,
    "organisations.import_register": STAFF,
    "organisations.see_all": HOUSE,
    "organisations.see_organisation": ALL,
    "organisations.change_organisation": SPEAKS,
    "organisations.see_contacts": HOUSE,
    "organisations.note_contact": HOUSE,
    "organisations.join_organisations": STAFF,
    "organisations.see_own": SIGNED_IN,
    "organisations.confirm_representation": SPEAKS,
    "organisations.end_representation": SPEAKS,
    "intake.bring_in": STAFF | {FACILITATOR},
    "threads.change_threads": STAFF,
    "needs.see_need": ALL,
    "needs.join_need": ALL,
    "needs.see_voice": ITS_OWN,
    "needs.change_voice": ITS_OWN,
    "needs.answer_need": STAFF,
    "needs.merge_needs": STAFF,
    "needs.hand_over": STAFF,
    "needs.release_need": STAFF,
    "needs.confirm_voice": STAFF,
    "needs.import_statistics": STAFF,
    "needs.see_held": STAFF,
    "minutes.read_minutes": STAFF,
    "offers.see_offer": ALL,
    "offers.see_version": ALL,
    "offers.register_offer": ALL,
    "offers.change_offer": ITS_OWN,
    "offers.release_offer": STAFF,
    "offers.see_held": STAFF,
    "forum.change_cycles": STAFF,
    "events.see_meeting": ALL,
    "events.call_meeting": HOUSE,
    "events.change_meeting": HOUSE,
    "events.sign_up": ALL,
    "events.see_sign_up": HOUSE | {HOLDER},
    "events.change_sign_up": HOUSE | {HOLDER},
    "events.see_sign_ups": HOUSE,
    "events.count_sign_up": HOUSE,
    "events.be_there": SIGNED_IN,
    "events.do_follow_up": HOUSE,
    "ideas.see_idea": ALL,
    "ideas.withdraw_idea": ITS_OWN,
    "ideas.release_idea": STAFF,
    "ideas.tie_idea": STAFF,
    "ideas.see_held": STAFF,
    "challenges.see_challenge": ALL,
    "challenges.open_challenge": HOUSE,
    "challenges.change_challenge": HOUSE,
    "challenges.join_team": SIGNED_IN,
    "briefs.see_brief": ALL,
    "briefs.make_brief": STAFF,
    # What is sent stands; a draft is tested where the rule stands.
    "briefs.change_brief": frozenset(),
    "briefs.send_brief": STAFF,
    "briefs.answer_brief": ITS_OWN | SPEAKS,
    # Those who voiced the needs, those who are asked, and whoever speaks for somebody.
    "briefs.pledge": ITS_OWN | {OWN, ANOTHER},
    "briefs.withdraw_pledge": ITS_OWN | SPEAKS,
    "codesign.see_room": ALL,
    "codesign.see_change": ALL,
    # Its own is a school.
    "codesign.open_room": SPEAKS,
    "codesign.join_room": SIGNED_IN | {HOLDER},
    # Those who are in the room, whoever they are elsewhere.
    "codesign.speak": frozenset({HOLDER}),
    "codesign.speak_of_change": frozenset({HOLDER}),
    "codesign.leave_room": frozenset({HOLDER}),
    "codesign.remove_change": ITS_OWN,
    "codesign.remove_comment": ITS_OWN,
    "codesign.invite": ITS_OWN,
    "codesign.send_changes": ITS_OWN,
    "codesign.decide": SPEAKS,
    # The holder came in by its link; the house sees and leads all.
    "boards.see_board": HOUSE | {HOLDER},
    "boards.take_part": HOUSE | {HOLDER},
    "boards.lead_board": HOUSE,
    "boards.open_board": HOUSE,
    "network.change_card": SIGNED_IN,
    "network.see_card": ALL,
    "network.see_talks": SIGNED_IN,
    "network.ask_for_talk": SIGNED_IN,
    # Only the one who was asked.
    "network.answer_talk": frozenset(),
    "pilots.see_pilot": ALL,
    "pilots.start_pilot": MEMBERS,
    "pilots.read_log": MEMBERS | {OWN},
    "pilots.see_attached": MEMBERS | {OWN},
    "pilots.write_log": HOUSE | {OWN},
    "pilots.decide_pilot": SPEAKS,
    # One that everybody may see.
    "anchoring.see_anchoring": ALL,
    # The form holds those one speaks for.
    "anchoring.record_anchoring": SIGNED_IN,
    "anchoring.change_anchoring": SPEAKS,
    "anchoring.finish_step": SPEAKS,
    # A published one.
    "results.see_result": ALL,
    "results.see_evidence": ALL,
    "results.record_result": MEMBERS,
    "results.change_result": HOUSE,
    "results.publish_result": STAFF,
    "skills.import_esco": STAFF,
    "skills.judge_link": HOLDERS,
    "skills.renew_links": STAFF,
    "skills.take_back_word": STAFF,
}

# Who is asked in another way than by a permission of the forum's: the route and why.
OTHERWISE: dict[str, frozenset[str]] = {}
