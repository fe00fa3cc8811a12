"""Those who ask the API: a program without a token, and one with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kompetanseforum.api.actions import make_token
from kompetanseforum.api.models import Scope
from kompetanseforum.core import clock
from kompetanseforum.forum.models import Forum
from tests.gapmap.conftest import counted, region, speak, teach

__all__ = ["counted", "region", "speak", "teach"]

TokenClient = Callable[..., Client]


@pytest.fixture
def secret(forum: Forum) -> str:
    """Of a token that may voice needs for others."""
    return token_secret()


def token_secret(*, scopes: tuple[str, ...] = (Scope.VOICE_NEEDS,), days: int = 30) -> str:
    expires_on = clock.today() + timedelta(days=days)
    return make_token(name="Næringshagen", scopes=scopes, expires_on=expires_on, by=None)[1]


@pytest.fixture
def system(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})
