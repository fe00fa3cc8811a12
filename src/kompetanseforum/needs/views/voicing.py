"""Voice a need in two steps, without an account; and see what the forum hears while typing.

Nothing is stored before the last button: the first step's answers travel in the form, so "back" loses nothing
and a page works without its script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kompetanse.linking import Polarity, guess_language
from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import TooMany, count, limit
from kompetanseforum.core.permissions import public
from kompetanseforum.core.refs import ref
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.templatetags.ui import ChipChoice
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.needs.actions import Said, voice_need
from kompetanseforum.needs.forms import MOST_CHARACTERS, DetailsForm, WordsForm
from kompetanseforum.needs.queries.shown import organisation_of, shown_needs, similar_needs
from kompetanseforum.needs.rules import ALIKE_WINDOW_SECONDS, reason_to_hold
from kompetanseforum.needs.views.saying import said_of, says_choice, says_name
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.skills.queries import Heard, hear, hear_denied, named_concepts, search_concepts

# A school class or a fair may share one address: generous, and what was typed stays in the form.
MOST_VOICES = 40
MOST_VOICES_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Chip:
    """A skill the forum heard, as `ui/chips.html` draws it. Where it was heard as not asked for, it has no `choice`."""

    uri: str
    value: str
    label: str
    is_checked: bool
    why: tuple[tuple[str, bool], ...]
    choice: ChipChoice | None


def _chips(words: str, *, ticked: set[str], shown: set[str], added: list[str], said: Mapping[str, str]) -> list[Chip]:
    """What stood there before keeps its tick; what is newly heard is ticked when it is sure."""
    heard = hear(words[:MOST_CHARACTERS], language=guess_language(words)) if words.strip() else []
    chips = [
        Chip(
            uri=skill.uri,
            value=skill.slug,
            label=capital(skill.label),
            is_checked=skill.slug in ticked if skill.slug in shown else skill.is_sure or skill.slug in added,
            why=_why(words, skill),
            choice=says_choice(skill.slug, label=skill.label, heard=skill.polarity, said=said.get(skill.slug, "")),
        )
        for skill in heard
    ]
    # What was heard as not asked for, and is said to be needed after all, stands with the others.
    denied = [skill for skill in _denied(words) if skill.slug in ticked | shown]
    chips += [
        Chip(
            uri=skill.uri,
            value=skill.slug,
            label=capital(skill.label),
            is_checked=skill.slug in ticked,
            why=_why(words, skill),
            choice=says_choice(
                skill.slug, label=skill.label, heard=skill.polarity, said=said.get(skill.slug, Polarity.NEED)
            ),
        )
        for skill in denied
    ]
    known = {chip.value for chip in chips}
    for concept in named_concepts([slug for slug in added if slug not in known], language=get_language() or "nb"):
        is_kept = concept.slug in ticked or concept.slug not in shown
        choice = says_choice(concept.slug, label=concept.label, heard=Polarity.NEED, said=said.get(concept.slug, ""))
        chips.append(
            Chip(
                uri=concept.uri,
                value=concept.slug,
                label=capital(concept.label),
                is_checked=is_kept,
                why=(),
                choice=choice,
            )
        )
    return chips


def _denied(words: str) -> list[Heard]:
    return hear_denied(words[:MOST_CHARACTERS], language=guess_language(words))


def _quiet_chips(words: str, *, but: set[str]) -> list[Chip]:
    """What the words say one has or does not need, to be ticked by whoever needs it after all."""
    return [
        Chip(
            uri=skill.uri,
            value=skill.slug,
            label=capital(skill.label),
            is_checked=False,
            why=(
                (_("you have it, from «") if skill.polarity == Polarity.HAVE else _("not needed, from «"), False),
                *_why(words, skill)[1:],
            ),
            choice=None,
        )
        for skill in _denied(words)
        if skill.slug not in but
    ]


def _why(words: str, skill: Heard) -> tuple[tuple[str, bool], ...]:
    """`fra «sveise aluminium»`, with the words marked; «kanskje, fra …» where the forum is not sure."""
    said = " … ".join(words[start:end] for start, end in skill.causes)
    before = _("from «") if skill.is_sure else _("perhaps, from «")
    return ((before, False), (said, True), ("»", False))


def _found(looked_for: str) -> list[str]:
    """Slugs of the skills nearest to what somebody typed under "add something yourself"."""
    if not looked_for:
        return []
    return [
        concept.slug
        for concept in search_concepts(looked_for, language=get_language() or "nb", kinds=("skill",), limit=3)
    ]


def _words_context(request: Request, form: WordsForm, *, words: str) -> dict[str, object]:
    given = request.POST or request.GET
    ticked, shown = set(given.getlist("skill")), set(given.getlist("shown"))
    added = given.getlist("added") or ([given["skill"]] if request.method == "GET" and "skill" in given else [])
    looked_for = given.get("look_for", "").strip()[:100]
    found = _found(looked_for)
    # The nearest stands ticked, the others beside it to choose from.
    ticked.update(found[:1])
    shown.update(found)
    added += [slug for slug in found if slug not in added]
    chips = _chips(words, ticked=ticked, shown=shown, added=added, said=said_of(given))
    uris = [chip.uri for chip in chips if chip.is_checked]
    return {
        "form": form,
        "chips": chips,
        "quiet": _quiet_chips(words, but={chip.value for chip in chips}),
        "added": added,
        "looked_for": looked_for,
        "found_none": bool(looked_for) and not found,
        # Kept while one goes on writing and the chips are drawn anew.
        "found_for": looked_for if found else "" if looked_for else given.get("found", "").strip()[:100],
        "neighbours": shown_needs(similar_needs(uris, viewer=request.viewer, most=1), viewer=request.viewer)
        if uris
        else [],
        "carried": _carried(request),
        "sending_key": given.get("sending_key") or new_sending_key(),
    }


# What step 2 asks, carried in hidden fields when one goes back to step 1.
_STEP_TWO = (
    "people", "horizon", "level", "forms_wanted", "organisation", "municipality", "kind", "size", "sector",
    "spokesperson", "has_consent", "words_are_public", "name_is_public", "email",
)  # fmt: skip


def _carried(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name in _STEP_TWO for value in request.POST.getlist(name)]


@public
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: Request) -> HttpResponse:
    """Step 1 (words), step 2 (when and how) and the sending, told apart by the button pressed."""
    step = request.POST.get("step", "words")
    if step == "details":
        return _details(request)
    if step == "send":
        return _send(request)
    words = request.POST.get("words", request.GET.get("words", ""))
    form = WordsForm(initial={"words": words})
    return render(request, "needs/voice.html", _words_context(request, form, words=words))


def _details(request: Request) -> HttpResponse:
    words = WordsForm(request.POST)
    if not words.is_valid():
        context = _words_context(request, words, words=request.POST.get("words", ""))
        return render(request, "needs/voice.html", context, status=422)
    looked_for = request.POST.get("look_for", "").strip()[:100]
    if looked_for and looked_for != request.POST.get("sought"):
        # Something was typed to be found, and the button for it was not pressed.
        return render(request, "needs/voice.html", _words_context(request, words, words=words.cleaned_data["words"]))
    known = organisation_of(request.viewer)
    start = {"organisation": known[0].name} if known else {}
    if known and known[0].municipality:
        start["municipality"] = known[0].municipality.code
    already = {
        name: request.POST.getlist(name) if name == "forms_wanted" else request.POST.get(name)
        for name in _STEP_TWO
        if name in request.POST
    }
    return _render_details(request, words, DetailsForm(initial=start | already))


def _render_details(request: Request, words: WordsForm, details: DetailsForm, *, status: int = 200) -> HttpResponse:
    context = {
        "words": words,
        "form": details,
        "skills": request.POST.getlist("skill"),
        "shown": request.POST.getlist("shown"),
        "said": [(says_name(slug), polarity) for slug, polarity in said_of(request.POST).items()],
        "sending_key": words.cleaned_data["sending_key"] if words.is_valid() else new_sending_key(),
    }
    return render(request, "needs/voice_details.html", context, status=status)


def _send(request: Request) -> HttpResponse:
    words, details = WordsForm(request.POST), DetailsForm(request.POST)
    if not words.is_valid():
        return render(request, "needs/voice.html", _words_context(request, words, words=""), status=422)
    if not details.is_valid():
        return _render_details(request, words, details, status=422)
    try:
        limit(request.viewer.network, "needs.voice", most=MOST_VOICES, per_seconds=MOST_VOICES_SECONDS)
    except TooMany as error:
        minutes = in_words(max(2, -(-error.wait_seconds // 60)))
        details.add_error(
            None, _("Many have just written from where you are. Try again in %(count)s minutes.") % {"count": minutes}
        )
        return _render_details(request, words, details, status=429)
    given, typed = details.cleaned_data, words.cleaned_data
    alike = count(request.viewer.network, "needs.alike", per_seconds=ALIKE_WINDOW_SECONDS, once=typed["sending_key"])
    place = details.place
    organisation = (
        find_or_add_organisation(
            name=given["organisation"],
            kind=given["kind"],
            sector=given["sector"],
            size=given["size"],
            municipality=place,
        )
        if given["organisation"]
        else None
    )
    known = organisation_of(request.viewer)
    spoken = voice_need(
        said=Said(
            words=typed["words"],
            language=guess_language(typed["words"]),
            people=details.people_count(),
            forms=given["forms_wanted"],
            place=place,
            words_are_public=given["words_are_public"],
            name_is_public=given["name_is_public"],
            email=given["email"],
            skills_shown=_uris(request.POST.getlist("shown")),
            skills_kept=_uris(request.POST.getlist("skill")),
            skills_said=_said_by_uri(request),
        ),
        by=request.viewer.person,
        sending_key=typed["sending_key"],
        organisation=organisation,
        spokesperson=find_or_add_organisation(name=given["spokesperson"]) if given["spokesperson"] else None,
        is_confirmed=bool(known and organisation and known[0].pk == organisation.pk and known[1]),
        horizon=given["horizon"] or "now",
        level=given["level"],
        held_reason=reason_to_hold(typed["words"], trap_is_filled=bool(typed["website"]), alike=alike),
    )
    hold(request, ref(spoken))
    return redirect("needs:thanks", public_id=spoken.public_id)


def _said_by_uri(request: Request) -> dict[str, str]:
    said = said_of(request.POST)
    return {concept.uri: said[concept.slug] for concept in named_concepts(list(said), language="nb")}


def _uris(slugs: list[str]) -> list[str]:
    return [concept.uri for concept in named_concepts(slugs, language="nb")]


@public
@require_POST
def heard(request: Request) -> HttpResponse:
    """The chips and the neighbours, while typing."""
    limit(request.viewer.network, "needs.hear", most=240, per_seconds=60)
    context = _words_context(request, WordsForm(), words=request.POST.get("words", ""))
    return render(request, "needs/_heard_and_neighbours.html", context)
