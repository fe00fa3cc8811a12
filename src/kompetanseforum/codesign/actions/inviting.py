"""Writes: somebody is asked to a room by letter, once."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.actions.owed import MOST_ATTEMPTS, Owed, send_owed
from kompetanseforum.codesign.facts import RoomInvited
from kompetanseforum.codesign.models import Invitation, Room, Stage
from kompetanseforum.codesign.queries.rooms import room_secret, sides_of
from kompetanseforum.core import clock
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.core.secret_links import hash_of


def invite_to_room(*, room: Room, email: str, language: str, by_name: str, by: Ref | None) -> bool:
    """They get a letter with the room's link. False for one who has been asked: they are not asked again."""
    address = email.strip()
    with transaction.atomic():
        _invitation, is_new = Invitation.objects.get_or_create(
            room=room,
            email_hash=hash_of(f"{room.public_id} {address.casefold()}"),
            defaults={"email": address, "language": language, "by_name": by_name, "asked_at": clock.now()},
        )
        if is_new:
            publish(RoomInvited(room=ref(room)), by=by, about=ref(room))
    return is_new


def send_owed_letters(*, most: int = 20) -> bool:
    """Send what is owed, oldest first. True when something was sent; what fails is tried again."""
    owed = Invitation.objects.filter(told_at=None, attempts__lt=MOST_ATTEMPTS).exclude(email="")
    owed = owed.exclude(room__stage=Stage.DECIDED).select_related("room__educator", "room__brief", "room__offer")
    sent = [_send(one) for one in owed.order_by("attempts", "pk")[:most]]
    return any(sent)


def _send(invitation: Invitation) -> bool:
    room, row = invitation.room, Invitation.objects.filter(pk=invitation.pk)
    with translation.override(invitation.language):
        missing = [side.label for side in sides_of(room, knows_names=False) if side.missing]
    done = send_owed(
        row,
        to=invitation.email,
        language=invitation.language,
        template="codesign/letter.txt",
        subject=lambda: _("Will you help to rethink «%(title)s»?") % {"title": room.title},
        context={
            "room": room,
            "by": invitation.by_name,
            "missing": missing,
            "link": settings.ADDRESS + reverse("codesign:link", kwargs={"secret": room_secret(room)}),
        },
    )
    if done is not Owed.FAILED:
        row.update(email="")
    return done is Owed.SENT
