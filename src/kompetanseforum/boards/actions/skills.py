"""Writes: somebody on a board says whether a skill that was heard in a note is right."""

from __future__ import annotations

from kompetanse.linking import Polarity, guess_language
from kompetanse.refs import Ref
from kompetanseforum.boards.models import Item
from kompetanseforum.boards.queries.people import Who, note_ref
from kompetanseforum.skills.actions import judge_link, link_words, withdraw_verdict


def judge_skill(*, item: Item, slug: str, is_right: bool | None, who: Who) -> bool:
    """None takes back what one has said. False: it is not heard in these words."""
    subject = note_ref(item)
    # First now: what nobody has said yes or no to is not worth a row.
    links = link_words(
        subject=subject, whole=subject, words=item.text, language=guess_language(item.text), assume=Polarity.NEED
    )
    link = next((each for each in links if each.concept.slug == slug), None)
    if link is None:
        return False
    if is_right is None:
        withdraw_verdict(link=link, by=Ref.parse(who.ref))
    else:
        judge_link(link=link, by=Ref.parse(who.ref), is_right=is_right)
    return True
