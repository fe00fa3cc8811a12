"""Offers are registered once, change with their history kept, and link to skills by their outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from kompetanseforum.core import clock
from kompetanseforum.core.capability import Named, resolve
from kompetanseforum.core.models import FactRow
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.actions import bring_offers, change_offer, end_offer, register_offer, release_offer
from kompetanseforum.offers.models import LearningOutcome, Offer, OfferVersion
from kompetanseforum.offers.queries import offer_by_id, offers_teaching, shown_offers
from kompetanseforum.offers.queries.changes import shown_versions
from kompetanseforum.offers.queries.comparing import Brought, Tally
from kompetanseforum.offers.queries.content import Content, OutcomeContent, as_plain, content_of, from_plain
from kompetanseforum.skills.actions import judge_link
from kompetanseforum.skills.models import Concept, SkillLink
from tests.offers.conftest import TRUCK, WELDING, WELDING_COURSE, MakeOffer

pytestmark = pytest.mark.django_db


def read(offer: Offer) -> Offer:
    found = offer_by_id(offer.public_id)
    assert found is not None
    return found


def facts() -> list[str]:
    return list(FactRow.objects.order_by("pk").values_list("name", flat=True))


def concept(uri: str) -> int:
    return Concept.objects.get(uri=uri).pk


def test_an_offer_says_what_was_registered(offered: MakeOffer):
    offer = read(offered())
    assert content_of(offer) == WELDING_COURSE
    assert (offer.version, offer.is_counted, facts()) == (1, True, ["offers.OfferRegistered"])


def test_its_outcomes_mean_skills(offered: MakeOffer):
    offer = offered()
    link = SkillLink.objects.get(concept__uri=WELDING)
    assert (link.whole_kind, link.whole_id) == ("offer", offer.public_id)
    assert LearningOutcome.objects.get(public_id=link.subject_id).text == "sveise aluminium med MIG"
    assert [one.offer_id for one in offers_teaching([concept(WELDING)])] == [offer.public_id]


def test_a_change_keeps_what_it_said_before(offered: MakeOffer, noon: datetime):
    offer = offered()
    later = noon + timedelta(days=40)
    with clock.at(later):
        assert change_offer(offer=offer, content=replace(WELDING_COURSE, hours_per_week=12), by=None)
    version = OfferVersion.objects.get()
    assert (from_plain(version.content), version.number, version.since, version.until) == (
        WELDING_COURSE,
        1,
        noon,
        later,
    )
    assert (read(offer).version, facts()) == (2, ["offers.OfferRegistered", "offers.OfferChanged"])


def test_nothing_changed_is_no_version_and_no_fact(offered: MakeOffer):
    offer = offered()
    assert not change_offer(offer=offer, content=WELDING_COURSE, by=None)
    assert (OfferVersion.objects.count(), facts()) == (0, ["offers.OfferRegistered"])


def test_the_diff_says_it_in_words(offered: MakeOffer, noon: datetime):
    offer = offered()
    after = replace(
        WELDING_COURSE,
        hours_per_week=12,
        delivery=("online",),
        outcomes=(OutcomeContent("sveise aluminium med MIG"), OutcomeContent("kjøre gaffeltruck")),
    )
    change_offer(offer=offer, content=after, by=None)
    [shown] = shown_versions(read(offer))
    assert shown.summary == "30 → 12 timer i uka"
    assert [(change.label, change.before, change.after) for change in shown.changes] == [
        ("Læringsutbytte", "lese tegninger", "kjøre gaffeltruck"),
        ("Timer i uka", "30 timer i uka", "12 timer i uka"),
        ("Hvordan det foregår", "I klasserom, kveld", "På nett"),
    ]


def test_only_changed_outcomes_are_linked_anew(offered: MakeOffer, coordinator):
    offer = offered()
    link = SkillLink.objects.get()
    judge_link(link=link, by=coordinator.person, is_right=True)
    after = replace(WELDING_COURSE, outcomes=(OutcomeContent("kjøre gaffeltruck"), *WELDING_COURSE.outcomes))
    change_offer(offer=offer, content=after, by=None)
    assert SkillLink.objects.get(concept__uri=WELDING) == link
    assert SkillLink.objects.get(concept__uri=WELDING).confirmed_by == 1
    assert [outcome.text for outcome in read(offer).outcomes.all()] == [one.text for one in after.outcomes]


def test_an_outcome_taken_out_teaches_nothing_any_more(offered: MakeOffer):
    offer = offered()
    change_offer(offer=offer, content=replace(WELDING_COURSE, outcomes=()), by=None)
    assert (SkillLink.objects.count(), offers_teaching([concept(WELDING)])) == (0, [])


def test_the_same_form_sent_twice_is_one_offer(region):
    first = register_offer(content=WELDING_COURSE, source="form", by=None, sending_key="k")
    second = register_offer(content=replace(WELDING_COURSE, title="Noe annet"), source="form", by=None, sending_key="k")
    assert (first.pk, Offer.objects.get().title) == (second.pk, "Sveising for folk i jobb")


def test_what_is_held_or_ended_is_not_supply(offered: MakeOffer):
    held, ended, open_one = offered(held=True), offered(), offered()
    end_offer(offer=ended, by=None)
    assert [one.offer_id for one in offers_teaching([concept(WELDING)])] == [open_one.public_id]
    assert [one.public_id for one in shown_offers([held.public_id, ended.public_id, open_one.public_id])] == [
        open_one.public_id
    ]
    release_offer(offer=held, by=None)
    assert {one.offer_id for one in offers_teaching([concept(WELDING)])} == {held.public_id, open_one.public_id}


def test_ending_and_releasing_twice_say_it_once(offered: MakeOffer):
    offer = offered(held=True)
    for _ in range(2):
        release_offer(offer=offer, by=None)
        end_offer(offer=offer, by=None)
    assert facts() == ["offers.OfferRegistered", "offers.OfferChanged", "offers.OfferEnded"]


def test_a_rejected_skill_is_not_taught(offered: MakeOffer, coordinator):
    offered()
    judge_link(link=SkillLink.objects.get(), by=coordinator.person, is_right=False)
    assert offers_teaching([concept(WELDING)]) == []


def test_those_who_teach_most_of_what_is_asked_come_first(offered: MakeOffer):
    one = offered(replace(WELDING_COURSE, title="Sveis"))
    both = offered(replace(WELDING_COURSE, outcomes=(*WELDING_COURSE.outcomes, OutcomeContent("kjøre gaffeltruck"))))
    wanted = [concept(WELDING), concept(TRUCK)]
    assert [(found.offer_id, found.concept_ids) for found in offers_teaching(wanted)] == [
        (both.public_id, frozenset(wanted)),
        (one.public_id, frozenset([concept(WELDING)])),
    ]


def test_expired_outcomes_are_kept_but_not_counted(offered: MakeOffer):
    expired = OutcomeContent("sveise aluminium", code="K4034", curriculum="LK06", is_counted=False)
    offer = offered(Content(title="Bilskade, Vg2", outcomes=(expired,)))
    assert content_of(read(offer)).outcomes == (expired,)
    assert (read(offer).is_counted, SkillLink.objects.count(), offers_teaching([concept(WELDING)])) == (False, 1, [])


def test_bringing_again_never_doubles(region, noon: datetime):
    other = replace(WELDING_COURSE, title="Truckførerbevis", outcomes=(OutcomeContent("kjøre gaffeltruck"),))
    rows = [Brought("1", WELDING_COURSE), Brought("2", other)]
    assert bring_offers(offers=rows, source="csv:Glomma", by=None) == Tally(new=2)
    later = noon + timedelta(days=1)
    with clock.at(later):
        changed = [Brought("1", WELDING_COURSE), Brought("2", replace(other, price_nok=0))]
        assert bring_offers(offers=changed, source="csv:Glomma", by=None) == Tally(changed=1, unchanged=1)
        assert bring_offers(offers=changed, source="csv:Glomma", by=None) == Tally(unchanged=2)
    assert (Offer.objects.count(), LearningOutcome.objects.count(), OfferVersion.objects.count()) == (2, 3, 1)
    assert facts() == ["offers.OfferRegistered", "offers.OfferRegistered", "offers.OfferChanged"]
    assert {offer.fresh_at for offer in Offer.objects.all()} == {later}


def test_bringing_is_all_or_nothing(region):
    unfit = Brought("2", replace(WELDING_COURSE, places_per_year=-1))
    with pytest.raises(Exception):  # noqa: B017 whatever the database calls it
        bring_offers(offers=[Brought("1", WELDING_COURSE), unfit], source="csv:Glomma", by=None)
    assert (Offer.objects.count(), facts()) == (0, [])


def test_a_search_finds_by_everyday_words_of_a_skill(offered: MakeOffer):
    assert "alusveising" in read(offered()).searchable


def test_content_survives_the_way_through_json():
    assert from_plain(as_plain(WELDING_COURSE)) == WELDING_COURSE


def test_the_ref_of_an_outcome_leads_to_its_offer(offered: MakeOffer):
    offer = read(offered())
    found = resolve(ref(offer.outcomes.all()[0]))
    assert found == Named(label="sveise aluminium med MIG", url=f"/tilbud/{offer.public_id}")
