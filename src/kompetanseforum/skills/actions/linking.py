"""Writes: links from words to concepts, and what people say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Count, Q

from kompetanse.linking import Link, Polarity
from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Erasure
from kompetanseforum.core.facts import publish
from kompetanseforum.core.refs import new_public_id, ref
from kompetanseforum.skills.actions.local_words import review_words
from kompetanseforum.skills.facts import LinkJudged
from kompetanseforum.skills.models import Concept, EscoUpload, LinkOrigin, LinkVerdict, SkillLink
from kompetanseforum.skills.queries import ASKED, hear_all

# A long text speaks of many things; more links than this say nothing.
MOST_LINKS = 20


def link_words(*, subject: Ref, whole: Ref, words: str, language: str, assume: Polarity) -> list[SkillLink]:
    """Link the subject to what its words speak of. Returns all its links.

    What is heard again keeps its row, so that addresses hold; what is not goes, unless somebody has judged it and its
    words still stand there. What people said of a link stands; what a person added without words stays.
    """
    heard = hear_all(words, language=language, assume=assume, limit=MOST_LINKS)
    with transaction.atomic():
        kept = _keep_judged(subject, whole=whole, words=words, heard=heard)
        new = [
            _machine_link(subject, whole=whole, concept_id=concept_id, link=link, words=words)
            for concept_id, link in heard.items()
            if concept_id not in kept
        ]
        SkillLink.objects.bulk_create(new)
    return _links_of(subject)


def _keep_judged(subject: Ref, *, whole: Ref, words: str, heard: dict[int, Link]) -> set[int]:
    """Clear away what is not heard any more, but judged links that still have their words. Returns what is kept, by concept."""
    kept: set[int] = set()
    for link in SkillLink.objects.filter(subject_kind=subject.kind, subject_id=subject.id):
        is_judged = link.confirmed_by > 0 or link.rejected_by > 0
        again = heard.get(link.concept_id)
        causes = _causes(again) if again else _places(link.cause_words, words)
        if link.origin != LinkOrigin.PERSON and not (is_judged and causes) and again is None:
            link.delete()
            continue
        kept.add(link.concept_id)
        link.whole_kind, link.whole_id = whole.kind, whole.id
        if causes:
            link.causes, link.cause_words = causes, _words_at(causes, words)
        if again is not None and link.origin == LinkOrigin.MACHINE and not is_judged:
            link.score, link.polarity = again.score, again.polarity
        link.save(update_fields=["whole_kind", "whole_id", "causes", "cause_words", "score", "polarity"])
    return kept


def _causes(link: Link) -> list[list[int]]:
    return [[span.start, span.end] for span in link.causes]


def _words_at(causes: Sequence[Sequence[int]], words: str) -> list[str]:
    return [words[start:end] for start, end in causes]


def _places(cause_words: Sequence[str], words: str) -> list[list[int]]:
    """Where the same words stand now; empty unless all of them do."""
    folded = words.lower()
    if len(folded) != len(words):  # a letter whose small form is longer: offsets would lie
        folded = words
    starts = [folded.find(word.lower()) for word in cause_words]
    if not starts or min(starts) < 0:
        return []
    return sorted([start, start + len(word)] for start, word in zip(starts, cause_words, strict=True))


def _machine_link(subject: Ref, *, whole: Ref, concept_id: int, link: Link, words: str) -> SkillLink:
    causes = _causes(link)
    return SkillLink(
        subject_kind=subject.kind,
        subject_id=subject.id,
        whole_kind=whole.kind,
        whole_id=whole.id,
        concept_id=concept_id,
        causes=causes,
        cause_words=_words_at(causes, words),
        score=link.score,
        polarity=link.polarity,
        origin=LinkOrigin.MACHINE,
        linked_at=clock.now(),
    )


def _links_of(subject: Ref) -> list[SkillLink]:
    rows = SkillLink.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return list(rows.select_related("concept").order_by("-score", "pk"))


def choose_skills(
    *,
    subject: Ref,
    whole: Ref,
    words: str,
    language: str,
    ticked: Sequence[str],
    shown: Sequence[str],
    by: Ref | None,
    said: Mapping[str, str] | None = None,
) -> list[SkillLink]:
    """What a person kept of the chips shown (URIs): ticked is right, shown but unticked is wrong.

    What was ticked without standing in the words becomes the person's own link. `said` is what they chose to say of a
    skill (a polarity by URI); it beats what was heard, and stands when the words are heard anew. Returns all the links.
    """
    judge = by or subject
    concepts = {row.uri: row for row in Concept.objects.filter(uri__in={*ticked, *shown})}
    kept = [concepts[uri] for uri in dict.fromkeys(ticked) if uri in concepts]
    dropped = {concepts[uri].pk for uri in shown if uri in concepts} - {concept.pk for concept in kept}
    with transaction.atomic():
        links = {link.concept_id: link for link in _links_of(subject)}
        missing = [concept for concept in kept if concept.pk not in links]
        if missing:
            links |= _chosen_links(subject, whole=whole, words=words, language=language, concepts=missing)
        for concept in kept:
            link = links[concept.pk]
            # Kept without a choice, what was not heard as asked for was misread: the person knows.
            meant = (said or {}).get(concept.uri) or (link.polarity if link.polarity in ASKED else Polarity.NEED)
            if link.polarity != meant:
                link.polarity = meant
                link.save(update_fields=["polarity"])
            judge_link(link=link, by=judge, is_right=True)
        for concept_id in sorted(dropped & links.keys()):
            judge_link(link=links[concept_id], by=judge, is_right=False)
    return _links_of(subject)


def _chosen_links(
    subject: Ref, *, whole: Ref, words: str, language: str, concepts: Sequence[Concept]
) -> dict[int, SkillLink]:
    heard = hear_all(words, language=language, assume=Polarity.NEED, limit=MOST_LINKS)
    rows = [
        _machine_link(subject, whole=whole, concept_id=concept.pk, link=heard[concept.pk], words=words)
        if concept.pk in heard
        else SkillLink(
            subject_kind=subject.kind,
            subject_id=subject.id,
            whole_kind=whole.kind,
            whole_id=whole.id,
            concept=concept,
            score=1.0,
            polarity=Polarity.NEED,
            origin=LinkOrigin.PERSON,
            linked_at=clock.now(),
        )
        for concept in concepts
    ]
    return {row.concept_id: row for row in SkillLink.objects.bulk_create(rows)}


def judge_link(*, link: SkillLink, by: Ref, is_right: bool) -> SkillLink:
    """One verdict each, which can be changed; the sums on the link follow. Says nothing when nothing changed."""
    with transaction.atomic():
        known = LinkVerdict.objects.filter(link=link, by=str(by)).first()
        if known is not None and known.is_right == is_right:
            return link
        LinkVerdict.objects.update_or_create(link=link, by=str(by), defaults={"is_right": is_right, "at": clock.now()})
        _sum_up(link, by=by)
    return link


def withdraw_verdict(*, link: SkillLink, by: Ref) -> SkillLink:
    """As if `by` had never said anything of the link: what "undo" does."""
    with transaction.atomic():
        removed, _ = LinkVerdict.objects.filter(link=link, by=str(by)).delete()
        if removed:
            _sum_up(link, by=by)
    return link


def _sum_up(link: SkillLink, *, by: Ref) -> None:
    sums = LinkVerdict.objects.filter(link=link).aggregate(
        right=Count("pk", filter=Q(is_right=True)), wrong=Count("pk", filter=Q(is_right=False))
    )
    link.confirmed_by, link.rejected_by = sums["right"], sums["wrong"]
    link.save(update_fields=["confirmed_by", "rejected_by"])
    review_words(link)
    whole = Ref(link.whole_kind, link.whole_id)
    publish(LinkJudged(link=ref(link), whole=whole), by=by, about=whole)


def move_links(*, subject: Ref, whole: Ref) -> None:
    """What the subject's words speak of is a part of another whole from now on; verdicts stay."""
    SkillLink.objects.filter(subject_kind=subject.kind, subject_id=subject.id).update(
        whole_kind=whole.kind, whole_id=whole.id
    )


def unlink(subject: Ref) -> None:
    """The subject links to nothing any more; verdicts go with their links."""
    with transaction.atomic():
        own = SkillLink.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
        judged = list(own.filter(confirmed_by__gt=0).select_related("concept"))
        own.delete()
        for link in judged:
            review_words(link)


def forget_judge(erasure: Erasure) -> None:
    """A verdict stands, and nothing says whose it was."""
    for verdict in LinkVerdict.objects.filter(by=str(erasure.person)):
        verdict.by = f"erased:{new_public_id()}"
        verdict.save(update_fields=["by"])
    EscoUpload.objects.filter(by=str(erasure.person)).update(by="")
