"""Who may let other systems in, and what those may do."""

from __future__ import annotations

from kompetanseforum.api.models import Scope
from kompetanseforum.core.permissions import Viewer, permission

# Without a token one network may ask so often; a token may more, wherever it asks from.
MOST_BY_NETWORK = 100
MOST_BY_TOKEN = 600
SECONDS = 60
# Text to skills costs more.
MOST_TEXTS_BY_NETWORK = 60
MOST_TEXTS_BY_TOKEN = 300
# Needs voiced with one token.
MOST_VOICES = 200
VOICES_SECONDS = 600
# Tokens that do not open, from one network.
MOST_WRONG_TOKENS = 30
WRONG_TOKENS_SECONDS = 600


@permission("api.manage_systems")
def may_manage_systems(viewer: Viewer, about: object) -> bool:
    return viewer.is_a("coordinator")


@permission("api.voice_for_others")
def may_voice_for_others(viewer: Viewer, about: object) -> bool:
    """Only by a token made for it: a cookie that a browser sends along by itself opens nothing here."""
    return Scope.VOICE_NEEDS in viewer.scopes
