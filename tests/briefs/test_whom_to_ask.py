"""Whom a brief may go to."""

from __future__ import annotations

import pytest
from django.test import Client

from kompetanseforum.needs.models import Need
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_school_that_stands_only_in_an_offer_nobody_has_looked_at_is_not_asked(
    client: Client, coordinator_client: Client, need: Need, school: Organisation
) -> None:
    typed = {
        "title": "Sveising",
        "provider": "Funnet På skole",
        "kind": "course",
        "outcomes": "Sveise",
        "language": "nb",
    }
    client.post("/tilbud/nytt", typed | {"sending_key": "k1"})
    address = f"/foresporsler/ny?behov={need.public_id}"
    page = coordinator_client.get(address).content.decode()
    assert school.name in page and "Funnet På skole" not in page
    coordinator_client.post(f"/tilbud/{Offer.objects.get().public_id}/slipp-fram")
    assert "Funnet På skole" in coordinator_client.get(address).content.decode()
