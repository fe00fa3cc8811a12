"""How often one network may ask, and what a network is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import RequestFactory

from kompetanseforum.core import clock
from kompetanseforum.core.limits import TooMany, limit, network_of


def _network(address: str, **headers: str) -> str:
    return network_of(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers))


def test_a_household_on_ipv6_is_one_network():
    assert _network("2001:db8:1:2::1") == _network("2001:db8:1:2:ffff::9")
    assert _network("2001:db8:1:2::1") != _network("2001:db8:1:3::1")


def test_each_ipv4_address_is_a_network_however_it_is_written():
    assert _network("192.0.2.1") == _network("::ffff:192.0.2.1")
    assert _network("192.0.2.1") != _network("192.0.2.2")


def test_a_network_does_not_tell_its_address():
    assert "192" not in _network("192.0.2.1")


def test_nobody_chooses_their_own_address(settings):
    settings.TRUSTED_PROXIES = 0
    assert _network("192.0.2.1", x_forwarded_for="198.51.100.7") == _network("192.0.2.1")


def test_behind_one_proxy_the_last_hop_counts(settings):
    settings.TRUSTED_PROXIES = 1
    claimed = _network("10.0.0.1", x_forwarded_for="203.0.113.5, 198.51.100.7")
    settings.TRUSTED_PROXIES = 0
    assert claimed == _network("198.51.100.7")


def test_past_the_limit_one_is_told_how_long_to_wait(limits: None, noon: datetime):
    for _ in range(3):
        limit("here", "ring", most=3, per_seconds=60)
    with pytest.raises(TooMany) as error:
        limit("here", "ring", most=3, per_seconds=60)
    assert error.value.wait_seconds == 60
    limit("there", "ring", most=3, per_seconds=60)
    with clock.at(noon + timedelta(seconds=60)):
        limit("here", "ring", most=3, per_seconds=60)


def test_limits_can_be_off(settings):
    settings.LIMITS_ARE_ON = False
    for _ in range(10):
        limit("here", "ring", most=3, per_seconds=60)
