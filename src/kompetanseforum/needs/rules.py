"""Who may do what with a need, and when a need is held for a look."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kompetanse.refs import Ref
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.core.refs import ref
from kompetanseforum.needs.models import CLOSED_STATES, HeldReason, Need, State, Voice

# More voices than this within the window from one network are held for a look: a fair or a class may
# well share one, so they are never refused.
ALIKE_MOST = 4
ALIKE_WINDOW_SECONDS = 60

# Eight digits, as Norwegian numbers are written; +47 in front or not.
_PHONE = re.compile(r"(?<!\d)(?:\+?47[ .]?)?(?:\d{2}[ .]?){3}\d{2}(?!\d)|(?<!\d)\d{3} ?\d{2} ?\d{3}(?!\d)")
# No part may run past an @: a thousand of them in a row would else be tried in a billion ways.
_ADDRESS = re.compile(r"https?://|www\.|[^\s@]@[^\s@]+\.\w{2,}", re.IGNORECASE)


def reason_to_hold(words: str, *, trap_is_filled: bool, alike: int) -> HeldReason | None:
    """Why a coordinator should look before others see it; None for nearly all."""
    if trap_is_filled:
        return HeldReason.TRAP
    if _ADDRESS.search(words):
        return HeldReason.ADDRESS
    if _PHONE.search(words):
        return HeldReason.PHONE_NUMBER
    return HeldReason.SAME_PLACE if alike > ALIKE_MOST else None


def without_phone_numbers(words: str) -> str:
    return _PHONE.sub("…", words)


# After so long, those who have answered "did it help?" speak for all.
HELPED_WAITS_DAYS = 30


def state_said_by(*, yes: int, no: int, voices: int, days: int) -> State | None:
    """Met or not met, as those who voiced it say; None while they have not said enough.

    More than half of all of them decide at once. After HELPED_WAITS_DAYS more than half of those who have answered do;
    as many of each is not met, since it did not help all who say so.
    """
    if 2 * yes > voices:
        return State.MET
    if 2 * no > voices:
        return State.NOT_MET
    is_over = yes + no > 0 and (yes + no == voices or days >= HELPED_WAITS_DAYS)
    return (State.MET if yes > no else State.NOT_MET) if is_over else None


def is_coordinator(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator")


def may_see(viewer: Viewer, *, is_open: bool, voices: Iterable[str]) -> bool:
    """What is held or withdrawn is for coordinators, and for who came by the personal link of one of its `voices`."""
    return is_open or is_coordinator(viewer) or any(Ref("voice", public_id) in viewer.holds for public_id in voices)


@permission("needs.see_need")
def may_see_need(viewer: Viewer, need: Need) -> bool:
    """Open to all, but for what is held or withdrawn."""
    is_open = not need.held_reason and need.state != "withdrawn"
    return is_open or may_see(viewer, is_open=False, voices=(voice.public_id for voice in need.voices.all()))


@permission("needs.join_need")
def may_join_need(viewer: Viewer, need: Need) -> bool:
    return may_see_need(viewer, need) and not need.held_reason and need.state not in CLOSED_STATES


@permission("needs.change_voice")
def may_change_voice(viewer: Viewer, voice: Voice) -> bool:
    """The holder of its link; withdrawn is final."""
    return voice.withdrawn_at is None and (ref(voice) in viewer.holds or is_coordinator(viewer))


@permission("needs.see_voice")
def may_see_voice(viewer: Viewer, voice: Voice) -> bool:
    """The page behind a personal link."""
    return ref(voice) in viewer.holds or is_coordinator(viewer)


@permission("needs.answer_need")
def may_answer_need(viewer: Viewer, need: Need) -> bool:
    return is_coordinator(viewer)


@permission("needs.merge_needs")
def may_merge_needs(viewer: Viewer, about: object) -> bool:
    """Merge needs that are the same, part them again, move a voice."""
    return is_coordinator(viewer)


@permission("needs.hand_over")
def may_hand_over(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)


@permission("needs.release_need")
def may_release_need(viewer: Viewer, need: Need) -> bool:
    return is_coordinator(viewer)


@permission("needs.confirm_voice")
def may_confirm_voice(viewer: Viewer, voice: Voice) -> bool:
    return is_coordinator(viewer)


@permission("needs.import_statistics")
def may_import_statistics(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)


def may_read_words(viewer: Viewer, voice: Voice) -> bool:
    """A firm's own words are for members, unless it has said that all may read them."""
    return may_read(viewer, voice.public_id, voice.words_are_public)


def may_read(viewer: Viewer, voice: str, are_public: bool) -> bool:
    """The same, of a voice by its id."""
    return are_public or is_coordinator(viewer) or Ref("voice", voice) in viewer.holds


def may_read_name(viewer: Viewer, voice: Voice) -> bool:
    return voice.name_is_public or is_coordinator(viewer) or ref(voice) in viewer.holds


@permission("needs.see_held")
def may_see_held(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)
