"""What tells one offer of a source from another."""

from __future__ import annotations

import hashlib

from kompetanseforum.offers.queries.content import Content


def source_id_of(content: Content, *, given: str) -> str:
    """The provider's own id, else its title and who gives it."""
    if given:
        return given
    said = f"{content.title.casefold()}\n{content.provider.casefold()}"
    return f"title:{hashlib.sha256(said.encode()).hexdigest()[:32]}"
