"""The first and the newest need are read from one end of an index; all needs are not put in order for them."""

from __future__ import annotations

import pytest

from kompetanseforum.needs.queries.first_and_last import found_by_all

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("order", [("voiced_at", "pk"), ("-voiced_at", "-pk")])
def test_the_index_of_times_leads(order: tuple[str, str]):
    plan = found_by_all().order_by(*order)[:1].explain()
    assert "USING INDEX need_newest_first" in plan
    assert "TEMP B-TREE" not in plan
