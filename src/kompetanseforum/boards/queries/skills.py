"""Reads: which skills the forum hears in a note, and what people on the board have said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kompetanse.linking import guess_language
from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.people import Who, note_ref
from kompetanseforum.skills.models import LinkVerdict
from kompetanseforum.skills.queries import LinkedSkill, hear, links_for

# A note is a line or two; more than this says nothing.
MOST_ON_A_NOTE = 4


@dataclass(frozen=True, slots=True)
class NoteSkill:
    slug: str
    label: str
    label_language: str
    is_foreign: bool
    cause_words: tuple[str, ...]
    is_sure: bool
    confirmed_by: int
    # What the one who asks has said of it.
    own: bool | None


def may_judge_skills_of(item: Item, who: Who) -> bool:
    """Whose words they are, and the one who leads."""
    return who.is_leading or (bool(who.ref) and item.author == who.ref)


def skills_in(item: Item, who: Who) -> list[NoteSkill]:
    """Heard now, so nothing is stored before somebody says yes or no; what most say is wrong is left out."""
    stored = {link.slug: link for link in links_for(note_ref(item))}
    own = _own_verdicts(stored.values(), who) if stored else {}
    found = []
    for heard in hear(item.text, language=guess_language(item.text), limit=MOST_ON_A_NOTE):
        link = stored.get(heard.slug)
        said = own.get(link.public_id) if link else None
        if link and link.is_rejected and said is None:
            continue
        found.append(
            NoteSkill(
                slug=heard.slug,
                label=heard.label,
                label_language=heard.label_language,
                is_foreign=heard.is_foreign,
                cause_words=heard.cause_words,
                is_sure=heard.is_sure,
                confirmed_by=link.confirmed_by if link else 0,
                own=said,
            )
        )
    return found


def _own_verdicts(links: Iterable[LinkedSkill], who: Who) -> dict[str, bool]:
    said = LinkVerdict.objects.filter(link__public_id__in=[link.public_id for link in links], by=who.ref)
    return dict(said.values_list("link__public_id", "is_right"))
