"""Who may be found, whom one may ask for a talk, and how often."""

from __future__ import annotations

from datetime import timedelta

from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.network.models import Card, Talk

# So many may one person ask in a day.
MOST_A_DAY = 5
# What is not answered by then has lapsed, and one may ask again.
LAPSES_AFTER = timedelta(days=30)


@permission("network.change_card")
def may_change_card(viewer: Viewer, about: object) -> bool:
    """One's own."""
    return viewer.person is not None


@permission("network.see_card")
def may_see_card(viewer: Viewer, card: Card) -> bool:
    is_own = viewer.person is not None and viewer.person.id == card.person.public_id
    return card.found_since is not None or is_own


@permission("network.see_talks")
def may_see_talks(viewer: Viewer, about: object) -> bool:
    """One's own."""
    return viewer.person is not None


@permission("network.ask_for_talk")
def may_ask_for_talk(viewer: Viewer, card: Card) -> bool:
    """Anybody signed in, of one who has said that they may be asked."""
    if viewer.person is None or viewer.person.id == card.person.public_id:
        return False
    return card.found_since is not None and card.askable_since is not None


@permission("network.answer_talk")
def may_answer_talk(viewer: Viewer, talk: Talk) -> bool:
    """The one who was asked, once, and while it stands. Not even a coordinator for them."""
    is_asked = viewer.person is not None and viewer.person.id == talk.asked.public_id
    return is_asked and talk.agreed_at is None and talk.declined_at is None and talk.lapses_at > clock.now()
