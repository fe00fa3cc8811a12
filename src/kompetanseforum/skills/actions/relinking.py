"""Writes: all words heard anew, subject by subject, with what that changed; what people have judged stands."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.db.models import F

from kompetanse.linking import Polarity
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Words
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import ref
from kompetanseforum.skills.actions.linking import link_words
from kompetanseforum.skills.facts import AllHeardAnew, LinksRenewed
from kompetanseforum.skills.models import LinkOrigin, RelinkChange, Relinking, RelinkState, SkillLink
from kompetanseforum.skills.queries.relinking import relinking_under_way


def ask_to_relink(*, total: int, by: Ref | None, enqueue: Callable[[str], object]) -> Relinking:
    """Put it in the queue; asked twice, it is one."""
    with transaction.atomic():
        under_way = relinking_under_way()
        if under_way is not None:
            return under_way
        now = clock.now()
        relinking = Relinking.objects.create(total=total, by=str(by or ""), asked_at=now, changed_at=now)
        enqueue(relinking.public_id)
    return relinking


def relink(relinking: Relinking, words: Words) -> None:
    """Hear one subject's words anew, and note what is different. Done again, it changes nothing."""
    with transaction.atomic():
        before = _polarities(words.subject)
        link_words(
            subject=words.subject,
            whole=words.whole,
            words=words.text,
            language=words.language,
            assume=Polarity(words.assume),
        )
        after = _polarities(words.subject)
        changes = [
            _change(relinking, words, concept_id, was=before.get(concept_id, ""), now=after.get(concept_id, ""))
            for concept_id in sorted(before.keys() | after.keys())
            if before.get(concept_id) != after.get(concept_id)
        ]
        RelinkChange.objects.bulk_create(changes, ignore_conflicts=True)
        if changes:
            publish(LinksRenewed(whole=words.whole), by=None, about=words.whole)
        Relinking.objects.filter(pk=relinking.pk).update(
            state=RelinkState.RUNNING,
            done=F("done") + 1,
            came=F("came") + sum(not one.was for one in changes),
            went=F("went") + sum(not one.now for one in changes),
            turned=F("turned") + sum(bool(one.was and one.now) for one in changes),
            kept=F("kept") + _judged(words.subject),
            changed_at=clock.now(),
        )


def end_relinking(relinking: Relinking) -> None:
    with transaction.atomic():
        Relinking.objects.filter(pk=relinking.pk).update(state=RelinkState.DONE, changed_at=clock.now())
        publish(AllHeardAnew(), by=None, about=ref(relinking))


def _polarities(subject: Ref) -> dict[int, str]:
    rows = SkillLink.objects.filter(subject_kind=subject.kind, subject_id=subject.id, origin=LinkOrigin.MACHINE)
    return dict(rows.values_list("concept_id", "polarity"))


def _judged(subject: Ref) -> int:
    rows = SkillLink.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return rows.exclude(confirmed_by=0, rejected_by=0).count()


def _change(relinking: Relinking, words: Words, concept_id: int, *, was: str, now: str) -> RelinkChange:
    return RelinkChange(
        relinking=relinking,
        subject_kind=words.subject.kind,
        subject_id=words.subject.id,
        whole_kind=words.whole.kind,
        whole_id=words.whole.id,
        concept_id=concept_id,
        was=was,
        now=now,
    )
