"""What ideas bring: a room for a start without a need, ideas in threads, and the demo forum's four."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.refs import Ref
from kompetanseforum.core import clock
from kompetanseforum.core.capability import Capability, Door, Named, PersonalData, Step
from kompetanseforum.core.permissions import NOBODY, Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.ideas.actions import became_need, forget_person, say_idea
from kompetanseforum.ideas.imports import demo_ideas
from kompetanseforum.ideas.models import Idea
from kompetanseforum.ideas.queries import idea_by_id, ideas_by, ideas_by_id
from kompetanseforum.ideas.rules import may_see_idea
from kompetanseforum.needs.imports.demo import needs_of_demo

MOST_IN_A_TITLE = 120


def named(public_id: str) -> Named | None:
    idea = idea_by_id(public_id)
    url = reverse("ideas:idea", kwargs={"public_id": public_id})
    return Named(label=gettext("An idea"), url=url) if idea else None


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> Mapping[Ref, Step]:
    ideas = ideas_by_id([one.id for one in refs])
    steps = ((one, _step(ideas[one.id], viewer)) for one in refs if one.id in ideas)
    return {one: step for one, step in steps if step is not None}


def _step(idea: Idea, viewer: Viewer) -> Step | None:
    if idea.withdrawn_at is not None:
        words, url = gettext("An idea that was withdrawn"), ""
    elif may_see_idea(viewer, idea):
        words = f"«{Truncator(idea.words).chars(MOST_IN_A_TITLE)}»"
        url = reverse("ideas:idea", kwargs={"public_id": idea.public_id})
    else:
        return None
    return Step(
        ref=ref(idea), on=idea.had_at, kind=_("Idea"), title=words, url=url, side="asked", here=gettext("the idea")
    )


def raised_here(viewer: Viewer, where: object) -> tuple[str, dict[str, object]] | None:
    """On the page of a meeting that has been held: say an idea that came up there."""
    return ("ideas/_raised_here.html", {"where": str(where)}) if isinstance(where, Ref) else None


def beside_needs(viewer: Viewer, about: object) -> tuple[str, dict[str, object]]:
    return "ideas/_beside_needs.html", {}


def demo() -> None:
    today = clock.now()
    for row in demo_ideas():
        with clock.at(today - timedelta(days=row.days_ago)):
            idea = say_idea(words=row.words, language=row.language, by=NOBODY)
            for need in needs_of_demo([row.became] if row.became else []):
                became_need(idea, need=need, by=NOBODY)


def personal_copy(person: Ref) -> dict[str, object]:
    return {"ideas": [{"words": idea.words, "had_at": idea.had_at.isoformat()} for idea in ideas_by(person)]}


CAPABILITY = Capability(
    app="ideas",
    title=_("Ideas"),
    ways=(Door(label=_("Ideas"), url_name="ideas:ideas", order=2),),
    desk=(
        Door(
            label=_("Ideas held until you have looked"),
            url_name="ideas:held_for_look",
            order=25,
            permission="ideas.see_held",
        ),
    ),
    refs={"idea": named},
    thread_steps={"idea": thread_steps},
    panels_offered=("idea.next",),
    panels_filled={"meeting.held": raised_here, "needs.list": beside_needs},
    demo=demo,
    personal_copy=personal_copy,
    erase=forget_person,
    personal_data=(
        PersonalData(
            what=_("Which ideas this device has written, in a cookie, and who wrote one while signed in"),
            why=_("So that you can withdraw them"),
            kept_for=_("One year, or until you choose «Forget»"),
        ),
    ),
)
