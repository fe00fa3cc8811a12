"""Who may do what with skills."""

from __future__ import annotations

from kompetanse.refs import Ref
from kompetanseforum.core.permissions import Viewer, permission
from kompetanseforum.skills.models import LocalWord, SkillLink


@permission("skills.import_esco")
def may_import_esco(viewer: Viewer, about: object) -> bool:
    return viewer.is_a("coordinator")


@permission("skills.renew_links")
def may_renew_links(viewer: Viewer, about: object) -> bool:
    """Build the index, hear all words anew, and see what that changed."""
    return viewer.is_a("coordinator")


@permission("skills.take_back_word")
def may_take_back_word(viewer: Viewer, word: LocalWord) -> bool:
    return viewer.is_a("coordinator")


@permission("skills.judge_link")
def may_judge_link(viewer: Viewer, link: SkillLink) -> bool:
    """Whoever we can tell from others: a person, or the holder of a personal link. A verdict each."""
    return judge_for(viewer, link) is not None


def judge_for(viewer: Viewer, link: SkillLink) -> Ref | None:
    """In whose name the viewer judges: the person's; else that of the subject, when it is their own; else the link held."""
    own = Ref(link.subject_kind, link.subject_id)
    if viewer.person is None and own in viewer.holds:
        return own
    return viewer.actor
