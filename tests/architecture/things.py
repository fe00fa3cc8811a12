"""One of each thing that an address may name, made by the capabilities' own actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Model

from kompetanse.refs import Ref
from kompetanse.vocabulary.entries import Entry, Vocabulary
from kompetanseforum.accounts.actions import add_person
from kompetanseforum.accounts.models import Passkey, Person
from kompetanseforum.api.actions import add_webhook, make_token
from kompetanseforum.api.models import Scope, Token, Webhook
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.forum.actions import give_role, invite, make_start_secret
from kompetanseforum.forum.models import Invitation, Role
from kompetanseforum.forum.queries import invitation_secret
from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.intake.actions import add_feed, start_batch
from kompetanseforum.intake.models import Batch, Feed
from kompetanseforum.needs.actions import Said, merge_needs, voice_need
from kompetanseforum.needs.models import Merge, Need, Voice
from kompetanseforum.needs.queries.shown import link_secret
from kompetanseforum.network.actions import CardSaid, ask_for_talk, keep_card
from kompetanseforum.network.models import Card, Talk
from kompetanseforum.offers.actions.registering import change_offer, register_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content
from kompetanseforum.organisations.actions import (
    Presented,
    add_organisation,
    ask_to_represent,
    present_organisation,
)
from kompetanseforum.organisations.actions.register import start_import
from kompetanseforum.organisations.models import Organisation, Register, RegisterImport, Representation
from kompetanseforum.skills.actions.uploads import start_upload as start_esco_upload
from kompetanseforum.skills.actions.vocabulary import load_vocabulary
from kompetanseforum.skills.models import EscoUpload, LocalWord, Relinking, SkillLink

# The one skill this forum knows.
_WELDING = Entry(
    uri="http://data.europa.eu/esco/skill/0a5bb2b1-0000-4000-8000-000000000001",
    kind="skill",
    trade="industry",
    labels={"nb": "sveise aluminium", "nn": "sveise aluminium", "en": "weld aluminium"},
    words={},
)


@dataclass(frozen=True, slots=True)
class Things:
    """What the holder holds, what another holds, and secrets that open."""

    voice: Voice
    offer: Offer
    held: tuple[Ref, ...]
    # Capability → what a stranger holds there; one thing, as most do who come by a link.
    held_by_another: Mapping[str, Ref]
    start_secret: str
    member: Person
    passkey: Passkey
    invitation: Invitation
    # With every scope.
    token: Token
    token_secret: str
    webhook: Webhook
    link: SkillLink
    esco_upload: EscoUpload
    offer_link: SkillLink
    local_word: LocalWord
    relinking: Relinking
    other_need: Need
    merge: Merge
    register_import: RegisterImport
    organisation: Organisation
    representation: Representation
    card: Card
    talk: Talk
    batch: Batch
    feed: Feed


def make_things() -> Things:
    """In a forum with its built-in rows."""
    load_vocabulary(Vocabulary(skills=(_WELDING,), occupations=(), pairs=()))
    member = add_person(name="Ola Vik")
    give_role(person=member, role=Role.COORDINATOR)
    voice = _voice("Vi mangler folk som kan sveise aluminium", firm="Båtbygger'n")
    link = SkillLink.objects.get()
    offer = _offer("Aluminiumssveising for båtbyggere")
    organisation = add_organisation(name="Elvekanten Mekaniske AS", kind="workshop")
    present_organisation(organisation, said=Presented(wants_to_be_found=True), by=None)
    change_offer(offer=offer, content=Content(title="Aluminiumssveising", provider="Fagskolen"), by=None)
    other = _voice("Vi trenger en som kan lese tegninger", firm="Snekker'n")
    twin = _voice("Sveise aluminium igjen", firm="Skipsbygger'n")
    ola = add_person(name="Ola Nes")
    merge = merge_needs(kept=other.need, merged=twin.need, by=add_person(name="Ingrid"))
    rebuild()
    token, token_secret = make_token(name="Næringshagen", scopes=Scope.values, expires_on=clock.today(), by=None)
    return Things(
        other_need=other.need,
        merge=merge,
        voice=voice,
        offer=offer,
        held=(ref(voice), ref(offer)),
        held_by_another={
            "needs": ref(other),
            "offers": ref(_offer("Tegning")),
        },
        start_secret=make_start_secret() or "",
        member=member,
        passkey=Passkey.objects.create(
            person=member, name="Phone", credential_id="abc", credential=b"abc", made_at=clock.now()
        ),
        invitation=invite(role=Role.PARTICIPANT, by=ref(member), occasion="A workshop"),
        token=token,
        token_secret=token_secret,
        webhook=add_webhook(name="Næringshagen", url="https://hook.example/", kinds=["needs.NeedVoiced"], by=None)[0],
        link=link,
        offer_link=SkillLink.objects.create(
            subject_kind="offer",
            subject_id=offer.public_id,
            whole_kind="offer",
            whole_id=offer.public_id,
            concept=link.concept,
            score=1,
            polarity="offer",
            origin="person",
            linked_at=clock.now(),
        ),
        local_word=LocalWord.objects.create(concept=link.concept, language="nb", text="alu", made_at=clock.now()),
        relinking=Relinking.objects.create(asked_at=clock.now(), changed_at=clock.now()),
        esco_upload=start_esco_upload(
            public_id="7h3k2m9qxa", file_name="esco.zip", stored_as="esco.zip", version="1.2.0", by=None, enqueue=str
        ),
        batch=start_batch(
            public_id="8h3k2m9qxa",
            intake="tilbud",
            name="fair",
            file_name="kurs.csv",
            stored_as="kurs.csv",
            matching={},
            by=None,
        ),
        register_import=start_import(register=Register.UNITS, by=None, enqueue=str),
        organisation=organisation,
        representation=ask_to_represent(person=ola, organisation=organisation),
        card=keep_card(ola, said=CardSaid(wants_to_be_found=True, may_be_asked=True)),
        talk=ask_for_talk(asker=add_person(name="Liv Berg"), asked=ola, about="Sveising"),
        feed=add_feed(
            intake="tilbud", name="Skolen", address="https://skole.example/kurs", every_days=7, by=None, enqueue=str
        ),
    )


def _offer(title: str) -> Offer:
    return register_offer(content=Content(title=title, provider="Fagskolen"), source="form", by=None)


def _voice(words: str, *, firm: str) -> Voice:
    place = Municipality.objects.order_by("code").first()
    organisation = add_organisation(name=firm, kind="boatbuilder", size="5-19", municipality=place)
    return voice_need(said=Said(words=words, place=place), by=None, organisation=organisation)


Arguments = Callable[[Things], dict[str, object]]

_NEED: Arguments = lambda things: {"public_id": things.voice.need.public_id}  # noqa: E731 one line says it
_VOICE: Arguments = lambda things: {"public_id": things.voice.public_id}  # noqa: E731
_OFFER: Arguments = lambda things: {"public_id": things.offer.public_id}  # noqa: E731
_BATCH: Arguments = lambda things: {"public_id": things.batch.public_id}  # noqa: E731
_LINK: Arguments = lambda things: {"public_id": things.link.public_id}  # noqa: E731

# What stands in each address that takes something. A route that is missing here fails the test.
ARGUMENTS: dict[str, Arguments] = {
    **dict.fromkeys(("accounts:elsewhere", "accounts:back"), lambda things: {"provider": "feide"}),
    "accounts:remove_passkey": lambda things: {"public_id": things.passkey.public_id},
    "forum:invitation": lambda things: {"secret": invitation_secret(things.invitation)},
    **dict.fromkeys(("forum:invited", "forum:revoke"), lambda things: {"public_id": things.invitation.public_id}),
    **dict.fromkeys(("forum:member", "forum:put_on_duty"), lambda things: {"public_id": things.member.public_id}),
    "forum:start": lambda things: {"secret": things.start_secret},
    "needs:export": lambda things: {"extension": "csv"},
    "offers:export": lambda things: {"extension": "json"},
    "gapmap:export": lambda things: {"extension": "csv"},
    "offers:version": lambda things: {"public_id": things.offer.public_id, "number": 1},
    **dict.fromkeys(("offers:thanks", "offers:offer", "offers:change", "offers:end", "offers:release"), _OFFER),
    **dict.fromkeys(("api:gap", "api:skill"), lambda things: {"slug": things.link.concept.slug}),
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
    "needs:link": lambda things: {"secret": link_secret(things.voice)},
    **dict.fromkeys(
        ("skills:skill", "gapmap:skill", "gapmap:follow", "gapmap:unfollow"),
        lambda things: {"slug": things.link.concept.slug},
    ),
    **dict.fromkeys(
        ("organisations:organisation", "organisations:change", "organisations:contact", "organisations:represent"),
        lambda things: {"public_id": things.organisation.public_id},
    ),
    **dict.fromkeys(
        ("organisations:confirm", "organisations:end"),
        lambda things: {"public_id": things.representation.public_id},
    ),
    **dict.fromkeys(("network:card", "network:ask"), lambda things: {"public_id": things.card.public_id}),
    "network:answer": lambda things: {"public_id": things.talk.public_id},
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
    "needs:merge": _NEED,
    "needs:merge_into": lambda things: _NEED(things) | {"into": things.other_need.public_id},
    **dict.fromkeys(("needs:move", "needs:move_out"), _VOICE),
    "needs:move_to": lambda things: _VOICE(things) | {"into": things.other_need.public_id},
    "needs:part": lambda things: {"public_id": things.merge.public_id},
    **dict.fromkeys(("needs:thanks", "needs:mine", "needs:change", "needs:withdraw", "needs:confirm"), _VOICE),
}


def contents(models: list[type[Model]]) -> Iterator[tuple[str, object]]:
    """Every row of every table, for comparing before and after."""
    for model in models:
        yield model._meta.label, list(model._default_manager.order_by("pk").values_list())
