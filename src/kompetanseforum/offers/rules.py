"""Who may do what with an offer, and when an offer is held for a look."""

from __future__ import annotations

from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import HeldReason, Offer, OfferVersion

# One network may register so many in the window; what was typed stays in the form.
MOST_REGISTERED = 20
MOST_REGISTERED_SECONDS = 600


def is_coordinator(viewer: Viewer) -> bool:
    return viewer.is_a("coordinator")


def holds(viewer: Viewer, offer: Offer) -> bool:
    """The offer was registered from this device."""
    return ref(offer) in viewer.holds


def reason_to_hold(viewer: Viewer, *, trap_is_filled: bool) -> HeldReason | None:
    """Educators have no accounts yet: what a visitor registers is welcome, and looked at before others see it."""
    if is_coordinator(viewer):
        return None
    return HeldReason.TRAP if trap_is_filled else HeldReason.VISITOR


def reason_to_hold_change(viewer: Viewer, *, url_is_new: bool, trap_is_filled: bool) -> HeldReason | None:
    """A released offer stays out while its words change, but a new address leads anywhere."""
    if is_coordinator(viewer):
        return None
    if trap_is_filled:
        return HeldReason.TRAP
    return HeldReason.ADDRESS if url_is_new else None


@permission("offers.see_offer")
def may_see_offer(viewer: Viewer, offer: Offer) -> bool:
    """Open to all, but for what is held."""
    return not offer.held_reason or is_coordinator(viewer) or holds(viewer, offer)


@permission("offers.see_version")
def may_see_version(viewer: Viewer, version: OfferVersion) -> bool:
    """What an offer said before is as open as what it says now."""
    return may_see_offer(viewer, version.offer)


@permission("offers.register_offer")
def may_register_offer(viewer: Viewer, about: object) -> bool:
    """Everybody: a visitor's offer is held for a look."""
    return True


@permission("offers.change_offer")
def may_change_offer(viewer: Viewer, offer: Offer) -> bool:
    return is_coordinator(viewer) or (holds(viewer, offer) and offer.ended_at is None)


@permission("offers.release_offer")
def may_release_offer(viewer: Viewer, offer: Offer) -> bool:
    return is_coordinator(viewer)


@permission("offers.see_held")
def may_see_held(viewer: Viewer, about: object) -> bool:
    return is_coordinator(viewer)
