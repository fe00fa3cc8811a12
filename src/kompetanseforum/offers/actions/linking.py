"""Writes: links of many new outcomes at once.

A catalogue's words are heard before its transaction opens, each text once, so that the database is held for the
writing alone. What was there before goes through `skills.actions.link_words`, which keeps what people have judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kompetanse.linking import Link, Polarity
from kompetanseforum.core import clock
from kompetanseforum.core.refs import ref
from kompetanseforum.offers.models import LearningOutcome
from kompetanseforum.skills.actions import link_words
from kompetanseforum.skills.actions.linking import MOST_LINKS
from kompetanseforum.skills.models import LinkOrigin, SkillLink
from kompetanseforum.skills.queries import hear_all

_AT_ONCE = 1000


@dataclass(slots=True)
class Heard:
    """What each text means, heard once: a goal may stand in twenty programmes."""

    _links: dict[tuple[str, str], dict[int, Link]] = field(default_factory=dict)

    def links(self, text: str, *, language: str) -> dict[int, Link]:
        key = (text, language)
        if key not in self._links:
            self._links[key] = hear_all(text, language=language, assume=Polarity.OFFER, limit=MOST_LINKS)
        return self._links[key]


def link_new_outcomes(outcomes: Iterable[LearningOutcome], *, heard: Heard) -> None:
    SkillLink.objects.bulk_create(_new_links(outcomes, heard=heard), batch_size=_AT_ONCE)


def _new_links(outcomes: Iterable[LearningOutcome], *, heard: Heard) -> Iterator[SkillLink]:
    now = clock.now()
    for outcome in outcomes:
        subject, whole = ref(outcome), ref(outcome.offer)
        for concept_id, link in heard.links(outcome.text, language=outcome.language).items():
            yield SkillLink(
                subject_kind=subject.kind,
                subject_id=subject.id,
                whole_kind=whole.kind,
                whole_id=whole.id,
                concept_id=concept_id,
                causes=[[span.start, span.end] for span in link.causes],
                cause_words=[outcome.text[span.start : span.end] for span in link.causes],
                score=link.score,
                polarity=link.polarity,
                origin=LinkOrigin.MACHINE,
                linked_at=now,
            )


def link_again(outcomes: Iterable[LearningOutcome]) -> None:
    """Outcomes whose words have changed."""
    for outcome in outcomes:
        link_words(
            subject=ref(outcome),
            whole=ref(outcome.offer),
            words=outcome.text,
            language=outcome.language,
            assume=Polarity.OFFER,
        )
