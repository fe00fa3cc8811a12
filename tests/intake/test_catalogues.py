"""A catalogue is undone whole: what is new goes, what was changed is set back, what people have touched stays."""

from __future__ import annotations

import pytest
from django.test import Client

from kompetanseforum.gapmap.models import SupplyLine
from kompetanseforum.offers.actions import change_offer
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import Content, content_of
from kompetanseforum.skills.models import SkillLink
from tests.intake.conftest import Send

pytestmark = pytest.mark.django_db

FIRST = "Kode;Tittel;Læringsutbytte;Pris\nS1;Sveis;sveise aluminium;100\nS2;Truck;kjøre truck;200\n"


def bring(send: Send, text: str):
    return send(text, key="tilbud", name="Glomma", file_name="kurs.csv", bring=True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_what_is_new_goes_with_all_that_was_counted(send: Send, coordinator_client: Client):
    batch = bring(send, FIRST)
    assert SupplyLine.objects.filter(until=None).count() == 1
    coordinator_client.post(f"/innhenting/{batch.public_id}/angre")
    assert (Offer.objects.count(), SkillLink.objects.count()) == (0, 0)
    assert SupplyLine.objects.filter(until=None).count() == 0
    assert bring(send, FIRST).counts["new"] == 2


@pytest.mark.slow
def test_what_was_changed_is_set_back_and_told_as_a_change(send: Send, coordinator_client: Client):
    bring(send, FIRST)
    second = bring(send, FIRST.replace("100", "150").replace("S2;Truck", "S3;Kran"))
    coordinator_client.post(f"/innhenting/{second.public_id}/angre")
    assert sorted(Offer.objects.values_list("source_id", "price_nok", "version")) == [("S1", 100, 3), ("S2", 200, 1)]


@pytest.mark.slow
def test_what_a_person_has_changed_since_stays(send: Send, coordinator_client: Client, page):
    batch = bring(send, FIRST)
    change_offer(offer=Offer.objects.get(source_id="S1"), content=Content(title="Sveis for alle"), by=None)
    assert "Ett blir stående" in page(f"/innhenting/{batch.public_id}")
    coordinator_client.post(f"/innhenting/{batch.public_id}/angre")
    assert [content_of(offer).title for offer in Offer.objects.all()] == ["Sveis for alle"]


def test_a_catalogue_again_says_what_differs(send: Send):
    bring(send, FIRST)
    again = send(FIRST.replace("100", "150"), key="tilbud", name="GLOMMA")
    assert {name: again.counts[name] for name in ("new", "changed", "unchanged")} == {
        "new": 0,
        "changed": 1,
        "unchanged": 1,
    }
