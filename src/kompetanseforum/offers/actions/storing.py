"""What every write of an offer shares: rows made and altered, outcomes kept apart from new ones, words linked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from django.db import transaction

from kompetanse.refs import Ref
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text_index import note_texts, plain
from kompetanseforum.offers.actions.linking import Heard, link_again, link_new_outcomes
from kompetanseforum.offers.models import LearningOutcome, Offer, OfferVersion, Start
from kompetanseforum.offers.queries.content import PLAIN_FIELDS, Content, OutcomeContent
from kompetanseforum.offers.queries.searching import searchable_texts
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.models import Organisation, Sector
from kompetanseforum.skills.actions import unlink

AT_ONCE = 500
# An outcome whose words are so alike is the same outcome, said anew: what people judged of it stays with it.
_SAME_FROM = 0.6

_IsSame = Callable[[LearningOutcome, OutcomeContent], bool]


@dataclass(slots=True)
class Places:
    """Providers and municipalities found once for a whole import."""

    _providers: dict[str, Organisation] = field(default_factory=dict)
    _municipalities: dict[str, Municipality] = field(default_factory=dict)

    def provider(self, name: str) -> Organisation | None:
        if name and name not in self._providers:
            self._providers[name] = find_or_add_organisation(name=name, sector=Sector.EDUCATION)
        return self._providers.get(name)

    def municipality(self, code: str) -> Municipality | None:
        if code and not self._municipalities:
            self._municipalities = {row.code: row for row in Municipality.objects.all()}
        return self._municipalities.get(code)


def set_content(offer: Offer, content: Content, *, places: Places) -> None:
    """Put the plain fields in the row; starts and outcomes have rows of their own."""
    for name in PLAIN_FIELDS:
        setattr(offer, name, getattr(content, name))
    offer.delivery = list(content.delivery)
    offer.provider = places.provider(content.provider)
    offer.municipality = places.municipality(content.municipality)
    offer.is_counted = not content.outcomes or any(outcome.is_counted for outcome in content.outcomes)


def create_offers(offers: Sequence[tuple[Offer, Content]], *, heard: Heard) -> None:
    """Rows that are not there yet, with starts, outcomes and links."""
    Offer.objects.bulk_create((offer for offer, _ in offers), batch_size=AT_ONCE)
    Start.objects.bulk_create(
        (Start(offer=offer, on=on) for offer, content in offers for on in _days(content)), batch_size=AT_ONCE
    )
    outcomes = [
        _outcome(offer, said, position) for offer, content in offers for position, said in enumerate(content.outcomes)
    ]
    LearningOutcome.objects.bulk_create(outcomes, batch_size=AT_ONCE)
    link_new_outcomes(outcomes, heard=heard)


def _days(content: Content) -> list[date]:
    return sorted(set(content.starts))


def _outcome(offer: Offer, said: OutcomeContent, position: int) -> LearningOutcome:
    return LearningOutcome(
        offer=offer,
        text=said.text,
        language=said.language,
        code=said.code,
        curriculum=said.curriculum,
        is_counted=said.is_counted,
        declared=list(said.skills),
        position=position,
    )


def replace_starts(offer: Offer, content: Content) -> None:
    there = {start.on for start in offer.starts.all()}
    wanted = set(_days(content))
    offer.starts.filter(on__in=there - wanted).delete()
    Start.objects.bulk_create(Start(offer=offer, on=on) for on in sorted(wanted - there))


def merge_outcomes(offer: Offer, wanted: Sequence[OutcomeContent]) -> None:
    """Outcomes that say the same keep their rows and links; only changed words are linked anew."""
    rows = list(LearningOutcome.objects.filter(offer=offer))
    paired = _pairs(rows, wanted)
    kept = {row.pk for row in paired if row is not None}
    gone = [row for row in rows if row.pk not in kept]
    for outcome in gone:
        unlink(ref(outcome))
    LearningOutcome.objects.filter(pk__in=[outcome.pk for outcome in gone]).delete()
    altered: list[LearningOutcome] = []
    new: list[LearningOutcome] = []
    to_link: list[LearningOutcome] = []
    for position, (row, said) in enumerate(zip(paired, wanted, strict=True)):
        if row is None:
            new.append(_outcome(offer, said, position))
            continue
        if (row.text, row.language, row.declared) != (said.text, said.language, list(said.skills)):
            to_link.append(row)
        row.text, row.language, row.code = said.text, said.language, said.code
        row.curriculum, row.is_counted, row.position = said.curriculum, said.is_counted, position
        row.declared = list(said.skills)
        altered.append(row)
    LearningOutcome.objects.bulk_update(
        altered, ["text", "language", "code", "curriculum", "is_counted", "declared", "position"], batch_size=AT_ONCE
    )
    LearningOutcome.objects.bulk_create(new, batch_size=AT_ONCE)
    link_again(to_link)
    link_new_outcomes(new, heard=Heard())


def _pairs(rows: Sequence[LearningOutcome], wanted: Sequence[OutcomeContent]) -> list[LearningOutcome | None]:
    """For each wanted outcome the row that said it before: the same words, else the same code, else nearly the same."""
    paired: list[LearningOutcome | None] = [None] * len(wanted)
    left = list(rows)

    def pair(is_same: _IsSame) -> None:
        for index, said in enumerate(wanted):
            if paired[index] is None and (row := next((row for row in left if is_same(row, said)), None)) is not None:
                paired[index] = row
                left.remove(row)

    pair(lambda row, said: row.text == said.text and row.code == said.code)
    pair(lambda row, said: bool(said.code) and row.code == said.code)
    pair(lambda row, said: row.text == said.text)
    pair(lambda row, said: not said.code and SequenceMatcher(None, row.text, said.text).ratio() >= _SAME_FROM)
    return paired


def refresh_searchable(ids: Sequence[int]) -> None:
    """What a search may find: the offer's own words and what its skills are called."""
    for start in range(0, len(ids), AT_ONCE):
        texts = {pk: plain(text) for pk, text in searchable_texts(ids[start : start + AT_ONCE]).items()}
        with transaction.atomic():
            Offer.objects.bulk_update([Offer(pk=pk, searchable=text) for pk, text in texts.items()], ["searchable"])
            note_texts(Offer, texts.items())


def forget_provider(organisation: Ref) -> None:
    """The organisation has no name any more: neither a search nor an earlier version tells the one it had."""
    offers = Offer.objects.filter(provider__public_id=organisation.id)
    refresh_searchable(list(offers.values_list("pk", flat=True)))
    for version in OfferVersion.objects.filter(offer__in=offers):
        version.content = version.content | {"provider": ""}
        version.save(update_fields=["content"])


def forget_person(erasure: Erasure) -> None:
    """Offers stay; nothing says who changed them."""
    OfferVersion.objects.filter(changed_by=str(erasure.person)).update(changed_by="")
