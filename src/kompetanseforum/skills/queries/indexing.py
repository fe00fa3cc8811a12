"""Reads: which index is live, what is being built, and what one is built from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from kompetanseforum.core import clock
from kompetanseforum.skills.models import IndexState, LabelRevision, LinkingIndex

# Rises with `kompetanse.linking.artifact.FORMAT`, which is not read here: it brings numpy, and an idle worker has none.
FORMAT = 1
# Labels often come in several files, one after the other; the index waits until they have stood still.
QUIET = timedelta(minutes=2)
# After this much silence whoever built has been stopped.
GIVEN_UP_AFTER = timedelta(minutes=30)

_UNDER_WAY = (IndexState.WAITING, IndexState.BUILDING)
_ANSWERED = (IndexState.LIVE, IndexState.REFUSED, IndexState.FAILED)


@dataclass(frozen=True, slots=True)
class Revision:
    """What the lexicon is made from: the labels' token, what came from files, and the index that is live."""

    token: str
    source: str
    index: str


def revision() -> Revision:
    """Empty before any labels came in. One query."""
    row = LabelRevision.objects.filter(pk=1).first()
    return Revision(row.token, row.source or row.token, row.index) if row else Revision("", "", "")


def index_folder(public_id: str) -> Path:
    """Where an index lies, or would."""
    return Path(settings.DATA_DIR) / "linking" / public_id


def index_by_id(public_id: str) -> LinkingIndex | None:
    return LinkingIndex.objects.filter(public_id=public_id).first()


def live_index() -> LinkingIndex | None:
    return LinkingIndex.objects.filter(state=IndexState.LIVE).first()


def index_under_way() -> LinkingIndex | None:
    """One that waits or is being built, unless its builder has been silent for long."""
    rows = LinkingIndex.objects.filter(state__in=_UNDER_WAY, changed_at__gte=clock.now() - GIVEN_UP_AFTER)
    return rows.order_by("-asked_at").first()


def indices() -> list[LinkingIndex]:
    """The newest ones, newest first."""
    return list(LinkingIndex.objects.order_by("-asked_at", "-pk")[:8])


def is_index_wanted() -> bool:
    """Whether the labels have stood still for a while and no index has been made of them, or its folder is gone."""
    row = LabelRevision.objects.filter(pk=1).first()
    if row is None or (row.changed_at is not None and row.changed_at > clock.now() - QUIET):
        return False
    source = row.source or row.token
    answered = LinkingIndex.objects.filter(source=source, format=FORMAT, state__in=_ANSWERED).order_by("-asked_at")
    last = answered.first()
    if last is not None and (last.state != IndexState.LIVE or index_folder(last.public_id).is_dir()):
        return False
    return index_under_way() is None
