"""The desk: what waits for a coordinator is counted there."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_the_desk_says_how_many_offers_and_ideas_wait_for_a_look(client: Client, coordinator_client: Client) -> None:
    def desk() -> str:
        return coordinator_client.get("/skrivebord").content.decode()

    assert "Tilbud holdt til du har sett på dem" in desk() and "venter på at du ser" not in desk()
    course = {"title": "Varmepumper", "provider": "Moss fagskole", "kind": "course", "outcomes": "Måle trykk"}
    client.post("/tilbud/nytt", course | {"language": "nb", "sending_key": "k1"})
    client.post("/ideer/ny", {"words": "Ring 900 00 123 om bytte", "sending_key": "k2"})
    assert "Ett tilbud venter på at du ser på det" in desk()
    assert "Én idé venter på at du ser på den" in desk()
    client.post("/tilbud/nytt", course | {"language": "nb", "title": "Kulde", "sending_key": "k3"})
    assert "To tilbud venter på at du ser på dem" in desk()
