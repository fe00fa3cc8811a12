"""Reads: what people and organisations say they need, offer and know, for whoever hears it anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kompetanse.linking import Polarity, guess_language
from kompetanseforum.core.capability import Words
from kompetanseforum.core.refs import ref
from kompetanseforum.network.models import CardLine, Side
from kompetanseforum.organisations.models import Organisation

# What words on a side say of a skill, unless they say otherwise.
MEANS: Final = {Side.NEEDS: Polarity.NEED, Side.OFFERS: Polarity.OFFER, Side.KNOWS: Polarity.HAVE}


def spoken() -> Iterator[Words]:
    """Oldest first, so that the order holds while new ones come. A card nobody may find is heard when it is kept anew."""
    lines = CardLine.objects.select_related("card").exclude(card__found_since=None).order_by("pk")
    for line in lines.iterator(chunk_size=500):
        yield Words(
            subject=ref(line),
            whole=ref(line.card),
            text=line.words,
            language=guess_language(line.words),
            assume=MEANS[Side(line.side)],
        )
    for organisation in Organisation.objects.exclude(knows="").order_by("pk").iterator(chunk_size=500):
        yield Words(
            subject=ref(organisation),
            whole=ref(organisation),
            text=organisation.knows,
            language=guess_language(organisation.knows),
            assume=MEANS[Side.KNOWS],
        )
