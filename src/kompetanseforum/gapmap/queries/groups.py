"""Groups of skills: ESCO's own once its files are in, and until then the trades of the built-in vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from django.utils.translation import gettext as _

from kompetanse.vocabulary import read_vocabulary
from kompetanseforum.skills.models import Broader, Concept, ConceptKind
from kompetanseforum.skills.queries import label_token, named

# A trade's key; an ESCO group's is its URI.
_TRADE = "fag-"

_kept: dict[str, dict[str, tuple[str, ...]]] = {}


def groups_of_skills() -> Mapping[str, tuple[str, ...]]:
    """Skill URI → keys of its groups, as the tables stand now."""
    token = label_token()
    if token not in _kept or not token:
        _kept.clear()
        _kept[token] = _esco_groups() or _trades()
    return _kept[token]


def _esco_groups() -> dict[str, tuple[str, ...]]:
    """Each skill in the groups right below ESCO's four roots: some forty, which one can look over."""
    above: dict[int, set[int]] = defaultdict(set)
    for concept_id, broader_id in Broader.objects.filter(
        concept__kind__in=(ConceptKind.SKILL, ConceptKind.SKILL_GROUP)
    ).values_list("concept_id", "broader_id"):
        above[concept_id].add(broader_id)
    rows = Concept.objects.filter(kind__in=(ConceptKind.SKILL, ConceptKind.SKILL_GROUP)).values_list(
        "pk", "uri", "kind"
    )
    uris = {pk: uri for pk, uri, _kind in rows}
    known: dict[int, frozenset[int]] = {}

    def tops(pk: int) -> frozenset[int]:
        if pk not in known:
            known[pk] = frozenset()  # a ring in the data ends here
            parents = [parent for parent in above.get(pk, ()) if parent in uris]
            roots = [parent for parent in parents if not above.get(parent)]
            known[pk] = frozenset({pk} if roots else set()).union(*(tops(parent) for parent in parents))
        return known[pk]

    skills = [pk for pk, _uri, kind in rows if kind == ConceptKind.SKILL and above.get(pk)]
    return {uris[pk]: tuple(sorted(uris[top] for top in tops(pk) - {pk})) for pk in skills}


@cache
def _trades() -> dict[str, tuple[str, ...]]:
    trades: dict[str, set[str]] = defaultdict(set)
    for entry in read_vocabulary().skills:
        trades[entry.uri].add(f"{_TRADE}{entry.trade}")
    return {uri: tuple(sorted(keys)) for uri, keys in trades.items()}


def slug_of(key: str) -> str:
    """How a skill or a group stands in our addresses."""
    return key.rsplit("/", 1)[-1]


def is_trade(slug: str) -> bool:
    return slug in _trade_names()


def trade_name(slug: str) -> str:
    return _trade_names().get(slug, slug)


def group_names(keys: Iterable[str], *, language: str) -> dict[str, tuple[str, str]]:
    """Key → what the group is called, and in which language ("" for the reader's own)."""
    wanted = list(keys)
    names = {key: (trade_name(key), "") for key in wanted if key.startswith(_TRADE)}
    concepts = Concept.objects.filter(uri__in=[key for key in wanted if key not in names])
    for one in named(concepts, language=language) if len(names) < len(wanted) else ():
        names[one.uri] = (one.label, one.label_language if one.is_foreign else "")
    return names


def _trade_names() -> dict[str, str]:
    return {
        "fag-agriculture": _("Farming, forestry and fishing"),
        "fag-building": _("Building and construction"),
        "fag-business": _("Business and administration"),
        "fag-digital": _("Digital work"),
        "fag-education": _("Schools and kindergartens"),
        "fag-energy": _("Energy and electricity"),
        "fag-food": _("Food and hospitality"),
        "fag-green": _("Environment and reuse"),
        "fag-health": _("Health and care"),
        "fag-industry": _("Manufacturing and maintenance"),
        "fag-maritime": _("Boats and the sea"),
        "fag-public": _("Public services"),
        "fag-retail": _("Shops and customer service"),
        "fag-transport": _("Transport and storage"),
        "fag-transversal": _("Working together and learning"),
    }
