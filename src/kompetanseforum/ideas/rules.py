"""Who may do what with an idea."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.core.refs import ref
from kompetanseforum.ideas.models import Idea

# As for needs: a class or a fair may share one network.
MOST_SAID = 40
MOST_SAID_SECONDS = 600


def is_coordinator(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator")


def is_its_own(viewer: Viewer, idea: Idea) -> bool:
    """It was written on this device, or by the person who is signed in."""
    return ref(idea) in viewer.holds or (viewer.person is not None and idea.by == str(viewer.person))


@permission("ideas.see_idea")
def may_see_idea(viewer: Viewer, idea: Idea) -> bool:
    """Open to all, but for what is held or withdrawn."""
    if is_coordinator(viewer) or is_its_own(viewer, idea):
        return True
    return not idea.held_reason and idea.withdrawn_at is None


@permission("ideas.withdraw_idea")
def may_withdraw_idea(viewer: Viewer, idea: Idea) -> bool:
    return is_its_own(viewer, idea) or is_coordinator(viewer)


@permission("ideas.release_idea")
def may_release_idea(viewer: Viewer, idea: Idea) -> bool:
    return is_coordinator(viewer)


@permission("ideas.tie_idea")
def may_tie_idea(viewer: Viewer, about: object) -> bool:
    """Say what became of it."""
    return is_coordinator(viewer)


@permission("ideas.see_held")
def may_see_held(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)
