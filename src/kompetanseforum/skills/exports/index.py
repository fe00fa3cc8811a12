"""The index of all concepts, built from the tables into the data folder, measured, and let live if it finds no less.

Only a process of its own imports this: training takes some hundred MB, which nobody should keep.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import asdict
from typing import cast

from django.db.models import Count

from kompetanse.linking import Kind, Linker, Role, Term
from kompetanse.linking.artifact import BrokenIndex
from kompetanse.linking.bench.gate import Figures, measured
from kompetanse.linking.building.build import build_index
from kompetanse.linking.building.sources import Source, nothing_known
from kompetanse.linking.building.training import Plan
from kompetanse.linking.concept_index import read_index
from kompetanseforum.skills.actions.indexing import end_building, note_building
from kompetanseforum.skills.models import (
    Broader,
    Concept,
    IndexState,
    Label,
    LabelOrigin,
    LinkingIndex,
    OccupationSkill,
)
from kompetanseforum.skills.queries.indexing import index_by_id, index_folder, live_index
from kompetanseforum.skills.queries.lexicon import LINKED_KINDS, own_terms

# How often the page is told; each time is a write.
_TOLD_EVERY = 20
# Past indices are kept this many, so that one can go back by hand.
_KEPT = 1


def build(public_id: str, *, plan: Plan | None = None) -> bool:
    """Build the index that was asked for. False when there was nothing to do, or it found less than what is live."""
    index = index_by_id(public_id)
    if index is None or index.state not in (IndexState.WAITING, IndexState.BUILDING):
        return False

    def tell(what: str, done: int, total: int) -> None:
        if done % _TOLD_EVERY == 0 or done == total:
            note_building(index, done=done, total=total)

    note_building(index)
    source = source_of_tables()
    folder = index_folder(public_id)
    build_index(source, folder, plan=plan, tell=tell)
    figures = measured(Linker(own_terms(), index=read_index(folder)))
    before = _figures_before()
    is_live = end_building(
        index,
        concepts=len(source.kinds),
        figures=_told(figures),
        before=_told(before),
        has_dropped=figures.has_dropped_from(before),
    )
    _clear(keep=public_id if is_live else "")
    return is_live


def _figures_before() -> Figures:
    """Of what is live now; of the words alone where that is nothing."""
    live = live_index()
    if live is not None:
        try:
            return measured(Linker(own_terms(), index=read_index(index_folder(live.public_id))))
        except BrokenIndex:
            pass
    return measured(Linker(own_terms()))


def _told(figures: Figures) -> Mapping[str, float]:
    return cast(Mapping[str, float], asdict(figures))


def _clear(*, keep: str) -> None:
    """What was refused goes; of past ones the newest stays."""
    past = LinkingIndex.objects.filter(state=IndexState.PAST).order_by("-asked_at").values_list("public_id", flat=True)
    live = live_index()
    kept = {keep, live.public_id if live else "", *past[:_KEPT]}
    root = index_folder("")
    for folder in root.iterdir() if root.is_dir() else ():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def source_of_tables() -> Source:
    """Every concept that is not obsolete, with its labels, what uses it and what is broader."""
    source = nothing_known()
    rows = Concept.objects.filter(kind__in=LINKED_KINDS, is_obsolete=False).order_by("uri")
    uris = dict(rows.values_list("pk", "uri"))
    source.kinds = {uri: cast(Kind, kind) for uri, kind in rows.values_list("uri", "kind")}
    labels = Label.objects.filter(concept__in=rows).exclude(origin__in=(LabelOrigin.MACHINE, LabelOrigin.CONFIRMED))
    # Official words first: the starter vocabulary's are the ones shown, so they are read last.
    for concept_id, language, role, origin, text in labels.order_by(
        "-origin", "concept__uri", "language", "role", "text"
    ).values_list("concept_id", "language", "role", "origin", "text"):
        uri = uris[concept_id]
        source.languages.add(language)
        source.terms.setdefault(
            Term(uri=uri, kind=source.kinds[uri], language=language, text=text, role=cast(Role, role))
        )
        if origin == LabelOrigin.LOCAL:
            source.own.add(uri)
    uses = OccupationSkill.objects.filter(skill__in=rows).values_list("skill__uri").annotate(n=Count("pk"))
    source.uses.update(dict(uses))
    for uri, broader in (
        Broader.objects.filter(concept__in=rows)
        .order_by("concept__uri", "broader__uri")
        .values_list("concept__uri", "broader__uri")
    ):
        source.broader.setdefault(uri, broader)
    return source
