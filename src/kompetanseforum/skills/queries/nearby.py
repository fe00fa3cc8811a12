"""Reads: which other skills lie near one, so that "nobody teaches this" also tells what nearly is taught."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from kompetanseforum.skills.queries.lexicon import lexicon

# Of the skills that were asked for and not taught in the demo forum, those with a neighbour from here up had one that somebody
# who teaches it could go on from ("norsk" and "snakke norsk"); below it most had not.
_NEAR_ENOUGH: Final = 0.62


def nearby(uri: str, *, among: Collection[str], most: int) -> list[str]:
    """URIs of the skills of `among` that lie near a skill, nearest first; none before an index is live."""
    return [other for other, cosine in lexicon().nearest(uri, among)[:most] if cosine >= _NEAR_ENOUGH]
