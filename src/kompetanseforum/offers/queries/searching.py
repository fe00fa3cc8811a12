"""Reads: the text of an offer that a search looks in."""

from __future__ import annotations

from collections.abc import Sequence

from kompetanseforum.core.refs import ref
from kompetanseforum.offers.queries.shown import with_parts
from kompetanseforum.skills.models import Label, LabelRole, SkillLink
from kompetanseforum.skills.queries.labels import SPOKEN


def searchable_texts(ids: Sequence[int]) -> dict[int, str]:
    """Offer row → its words and what its skills are called in every language we speak."""
    offers = list(with_parts().filter(pk__in=ids))
    linked: dict[str, set[int]] = {}
    links = SkillLink.objects.filter(whole_kind="offer", whole_id__in=[ref(offer).id for offer in offers])
    for whole_id, concept_id in links.values_list("whole_id", "concept_id").distinct():
        linked.setdefault(whole_id, set()).add(concept_id)
    names = _names({concept_id for concepts in linked.values() for concept_id in concepts})
    texts = {}
    for offer in offers:
        place = offer.municipality.name if offer.municipality else ""
        provider = offer.provider.name if offer.provider else ""
        said = [offer.title, provider, place, offer.description]
        said += [f"{outcome.text} {outcome.code}" for outcome in offer.outcomes.all()]
        said += sorted({name for concept_id in linked.get(offer.public_id, ()) for name in names.get(concept_id, ())})
        texts[offer.pk] = "\n".join(part for part in said if part)
    return texts


def _names(concept_ids: set[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    roles = (LabelRole.LABEL, LabelRole.EVERYDAY)
    rows = Label.objects.filter(concept__in=concept_ids, language__in=SPOKEN, role__in=roles)
    for concept_id, text in rows.values_list("concept_id", "text"):
        names.setdefault(concept_id, []).append(text)
    return names
