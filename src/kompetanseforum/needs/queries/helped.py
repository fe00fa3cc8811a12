"""Reads: needs whose voices were asked whether it helped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef

from kompetanseforum.core import clock
from kompetanseforum.needs.models import CLOSED_STATES, Helped, Need, Voice
from kompetanseforum.needs.rules import HELPED_WAITS_DAYS


def asked_and_unsettled() -> list[Need]:
    """Those asked so long ago that the answers there are decide."""
    long_ago = clock.now() - timedelta(days=HELPED_WAITS_DAYS)
    answered = Voice.objects.filter(need=OuterRef("pk"), withdrawn_at=None, repeats=None).exclude(helped="")
    needs = Need.objects.filter(Exists(answered), asked_if_helped_at__lte=long_ago)
    return list(needs.exclude(state__in=CLOSED_STATES))


@dataclass(frozen=True, slots=True)
class SaidIfHelped:
    """What those behind a need have said; all counts of organisations."""

    yes: int
    no: int
    silent: int


def said_if_helped(need: Need) -> SaidIfHelped | None:
    """None where they have not been asked. `need` has its voices with it; asks the database nothing."""
    if need.asked_if_helped_at is None:
        return None
    said = [voice.helped for voice in need.voices.all() if voice.repeats_id is None]
    yes, no = said.count(Helped.YES), said.count(Helped.NO)
    return SaidIfHelped(yes=yes, no=no, silent=len(said) - yes - no)
