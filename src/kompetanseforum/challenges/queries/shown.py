"""Reads: challenges as the one who asks may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanse.trace import Relation
from kompetanseforum.challenges.models import Challenge, TeamMember
from kompetanseforum.challenges.rules import may_read_member_name
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.forum.models import Cycle
from kompetanseforum.organisations.queries import describe
from kompetanseforum.threads.queries import tied_up


def _with_counts() -> QuerySet[Challenge]:
    in_team = Q(team__left_at=None, team__joined_at__isnull=False)
    return Challenge.objects.select_related("cycle").annotate(team_size=Count("team", filter=in_team))


def open_challenges() -> QuerySet[Challenge]:
    """The newest first."""
    return _with_counts().filter(closed_at=None).order_by("-opened_at", "-pk")


def closed_challenges() -> QuerySet[Challenge]:
    return _with_counts().exclude(closed_at=None).order_by("-closed_at", "-pk")


def challenges_of(cycle: Cycle) -> QuerySet[Challenge]:
    return _with_counts().filter(cycle=cycle).order_by("-opened_at", "-pk")


def challenge_by_id(public_id: str) -> Challenge | None:
    return _with_counts().filter(public_id=public_id).first()


def challenges_by_id(public_ids: Sequence[str]) -> dict[str, Challenge]:
    return {one.public_id: one for one in _with_counts().filter(public_id__in=public_ids)}


def challenge_by_sending_key(key: str) -> Challenge | None:
    return Challenge.objects.filter(sending_key=key).first()


def challenges_followed_by(viewer: Viewer) -> list[Challenge]:
    ids = [one.id for one in viewer.follows if one.kind == "challenge"]
    return list(_with_counts().filter(public_id__in=ids).order_by("-opened_at")) if ids else []


def member_by_id(public_id: str) -> TeamMember | None:
    return TeamMember.objects.select_related("challenge").filter(public_id=public_id, left_at=None).first()


def gathered(challenge: Challenge) -> list[Ref]:
    """The needs and ideas that are gathered in it, as they were tied."""
    return tied_up(ref(challenge), relation=Relation.GATHERED_IN)


def team_of(challenge: Challenge) -> list[TeamMember]:
    rows = challenge.team.filter(left_at=None)
    return list(rows.select_related("organisation__municipality", "person"))


@dataclass(frozen=True, slots=True)
class ShownMember:
    member: TeamMember
    who: str
    is_in: bool


def shown_team(members: Sequence[TeamMember], *, viewer: Viewer) -> list[ShownMember]:
    return [ShownMember(one, who=_who(one, viewer), is_in=one.joined_at is not None) for one in members]


def _who(member: TeamMember, viewer: Viewer) -> str:
    named = member.organisation or member.person
    if named is not None and may_read_member_name(viewer, member):
        return named.name
    return capital(describe(member.organisation)) if member.organisation else _("A person")


def team_in_words(number: int) -> str:
    if not number:
        return _("Nobody in the team yet.")
    return ngettext("One in the team.", "%(count)s in the team.", number) % {"count": capital(in_words(number))}
