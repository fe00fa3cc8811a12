"""A challenge in threads: what other pages tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.challenges.queries.shown import challenges_by_id, team_in_words
from kompetanseforum.core.capability import Step
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    challenges = challenges_by_id([one.id for one in refs])
    return {one: _step(challenges[one.id]) for one in refs if one.id in challenges}


def _step(challenge: Challenge) -> Step:
    team = team_in_words(challenge.team_size)  # type: ignore[attr-defined]  # counted by the query
    return Step(
        ref=ref(challenge),
        on=challenge.opened_at,
        kind=_("Challenge"),
        title=challenge.question,
        url=reverse("challenges:challenge", kwargs={"public_id": challenge.public_id}),
        text=challenge.closed_words or team,
        here=team.removesuffix("."),
    )
