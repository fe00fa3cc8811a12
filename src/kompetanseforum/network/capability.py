"""What the network brings: "Who is with us", whom one may ask for a talk on an organisation's page, and talks."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData
from kompetanseforum.core.permissions import Viewer, may
from kompetanseforum.forum.queries import coordinators
from kompetanseforum.network.actions import (
    CardSaid,
    agree_to_talk,
    ask_for_talk,
    close_lapsed_talks,
    forget_person,
    keep_card,
    send_owed_letters,
)
from kompetanseforum.network.imports import demo_network
from kompetanseforum.network.models import Side
from kompetanseforum.network.queries.directory import askable_speakers, card_by_id, card_of
from kompetanseforum.network.queries.spoken import spoken
from kompetanseforum.network.queries.talks import copy_about, waiting_count
from kompetanseforum.network.rules import may_ask_for_talk
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import representations

# Those who may do these have another button on an organisation's page.
_STEPS_OF_ITS_OWN = ("organisations.note_contact", "organisations.change_organisation")


def named(public_id: str) -> Named | None:
    card = card_by_id(public_id)
    if card is None or card.found_since is None:
        return None
    return Named(label=card.person.name, url=reverse("network:card", kwargs={"public_id": public_id}))


def ask_them(viewer: Viewer, organisation: object) -> tuple[str, dict[str, object]] | None:
    """Those who speak for an organisation and may be asked for a talk, on its page."""
    if not isinstance(organisation, Organisation):
        return None
    is_signed_in = viewer.person is not None
    has_other_step = any(may(viewer, name, organisation) for name in _STEPS_OF_ITS_OWN)
    context: dict[str, object] = {
        "cards": [
            card for card in askable_speakers(organisation) if not is_signed_in or may_ask_for_talk(viewer, card)
        ],
        "is_next": not has_other_step,
        "is_signed_in": is_signed_in,
    }
    return "network/_ask_them.html", context


def on_my_page(viewer: Viewer, person: object) -> tuple[str, dict[str, object]] | None:
    """Whether others find one, and who asks for a talk, on My page."""
    if viewer.person is None:
        return None
    card = card_of(viewer.person.id)
    context: dict[str, object] = {"waiting": waiting_count(viewer.person), "is_found": bool(card and card.found_since)}
    return "network/_on_my_page.html", context


def demo() -> None:
    """Some of the invented people want to be found, and some have asked each other for a talk."""
    people = {one.person.name: one.person for one in representations()}
    people |= {person.name: person for person in coordinators()}
    now, rows = clock.now(), demo_network()
    for card in rows.cards:
        with clock.at(now - timedelta(days=card.days_ago)):
            words = {Side.KNOWS: card.knows, Side.OFFERS: card.offers, Side.NEEDS: card.needs}
            said = CardSaid(wants_to_be_found=True, may_be_asked=card.may_be_asked, words=words)
            keep_card(people[card.name], said=said)
    for row in rows.talks:
        with clock.at(now - timedelta(days=row.days_ago)):
            talk = ask_for_talk(asker=people[row.asker], asked=people[row.asked], about=row.about)
            if row.is_agreed:
                agree_to_talk(talk)


def work() -> bool:
    """What the worker does again and again."""
    closed, sent = close_lapsed_talks(), send_owed_letters()
    return closed or sent


CAPABILITY = Capability(
    app="network",
    title=_("Who is with us"),
    ways=(Door(label=_("Who is with us"), url_name="network:directory", order=9),),
    refs={"card": named},
    panels_filled={"organisation.aside": ask_them, "person.page": on_my_page},
    personal_copy=copy_about,
    erase=forget_person,
    demo=demo,
    work=work,
    spoken=spoken,
    personal_data=(
        PersonalData(
            what=_("What people who want to be found say they know, offer and look for"),
            why=_("So that others find them; each purpose with a consent of its own"),
            kept_for=_("Until they no longer want to be found"),
        ),
        PersonalData(
            what=_("Who has asked whom for a talk, about what in one line, and the answer"),
            why=_("So that the two may meet, and nobody is asked again and again"),
            kept_for=_("As long as both are in the forum"),
        ),
    ),
)
