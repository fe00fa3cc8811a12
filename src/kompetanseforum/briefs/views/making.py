"""A brief is made from needs, changed, sent and closed. One form: what the needs have said stands in it already."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from kompetanseforum.accounts.queries import the_person
from kompetanseforum.briefs.actions import change_brief, close_brief, make_brief, send_brief
from kompetanseforum.briefs.forms import BriefForm, SendForm
from kompetanseforum.briefs.models import Brief
from kompetanseforum.briefs.queries.missing import missing_in
from kompetanseforum.briefs.queries.preparing import (
    Educator,
    chosen_needs,
    educators,
    more_like,
    needs_asking,
    prepared,
    skills_of,
    surest,
)
from kompetanseforum.briefs.queries.shown import needs_in
from kompetanseforum.briefs.views.reading import brief_or_404
from kompetanseforum.challenges.models import Challenge
from kompetanseforum.challenges.queries.missing import needs_gathered
from kompetanseforum.challenges.queries.shown import challenge_by_id
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.templatetags.ui import ChipOption
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.needs.models import Need
from kompetanseforum.needs.queries.shown import shown_needs
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.models import Organisation, Sector
from kompetanseforum.skills.queries import named_concepts


@requires("briefs.make_brief")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    """`?behov=…` (several), `?kompetanse=…`: all open needs that ask for a skill, or `?utfordring=…`: all it gathers."""
    asked = request.POST if request.method == "POST" else request.GET
    challenge = challenge_by_id(asked.get("utfordring", ""))
    needs = chosen_needs(asked.getlist("behov"))
    if not needs and challenge:
        needs = chosen_needs([one.public_id for one in needs_gathered(challenge, viewer=request.viewer)])
    if not needs and asked.get("kompetanse"):
        needs = needs_asking(asked["kompetanse"])
    if not needs:
        return render(request, "briefs/choose.html", status=422 if request.method == "POST" else 200)
    return _form_page(request, needs, brief=None, challenge=challenge)


@requires("briefs.change_brief", of=brief_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, brief: Brief) -> HttpResponse:
    needs = chosen_needs(request.POST.getlist("behov")) if request.method == "POST" else []
    return _form_page(request, needs or needs_in(brief), brief=brief)


def _form_page(
    request: Request, needs: Sequence[Need], *, brief: Brief | None, challenge: Challenge | None = None
) -> HttpResponse:
    shown = shown_needs(needs, viewer=request.viewer)
    offered = skills_of(shown)
    askable = educators([skill.concept_id for skill in offered])
    is_posted = request.method == "POST"
    is_sent = request.POST.get("step") == "send"
    form = BriefForm(
        request.POST if is_posted else None,
        initial=BriefForm.initial_of(brief or prepared(needs)),
        educators=askable,
        is_sent=is_sent,
    )
    if is_posted and form.is_valid():
        return _kept(request, form, needs, brief=brief, challenge=challenge, is_sent=is_sent)
    ticked = (
        set(request.POST.getlist("skill")) if is_posted else _ticked(brief, [skill.slug for skill in surest(offered)])
    )
    context = {
        "brief": brief,
        "challenge": challenge,
        "form": form,
        "needs": shown,
        "more": more_like(shown, viewer=request.viewer),
        "skills": [ChipOption(one.slug, one.label, is_checked=one.slug in ticked) for one in offered],
        "missing": [] if is_posted else [reason for _field, reason in missing_in(brief)] if brief else _yet(form),
        "educators": _options(askable, chosen=request.POST.getlist("to")),
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "briefs/make.html", context, status=422 if is_posted else 200)


def _ticked(brief: Brief | None, offered: list[str]) -> set[str]:
    return {concept.slug for concept in brief.skills.all()} if brief else set(offered)


def _yet(form: BriefForm) -> list[str]:
    """What the needs have not said."""
    told = form.initial
    draft = Brief(**{name: told.get(name) for name in ("people", "level", "starts_by", "delivery", "languages")})
    left = [(field, reason) for field, reason in missing_in(draft) if field != "place" or not told.get("place")]
    return [reason for _field, reason in left]


def _options(askable: Sequence[Educator], *, chosen: list[str]) -> list[ChipOption]:
    """Who teaches some of it says so."""
    return [
        ChipOption(
            value=one.organisation.public_id,
            label=one.organisation.name,
            is_checked=one.organisation.public_id in chosen,
            why=_("teaches some of it today") if one.teaches else "",
        )
        for one in askable
    ]


def _kept(
    request: Request,
    form: BriefForm,
    needs: Sequence[Need],
    *,
    brief: Brief | None,
    challenge: Challenge | None,
    is_sent: bool,
) -> HttpResponse:
    person = the_person(request.viewer.person)
    concepts = named_concepts(request.POST.getlist("skill"), language=request.LANGUAGE_CODE)
    said = form.said(skills=[concept.concept_id for concept in concepts])
    if brief is None:
        key = form.cleaned_data["sending_key"]
        brief = make_brief(said=said, needs=needs, by=person, challenge=challenge, sending_key=key)
    else:
        change_brief(brief=brief, said=said, needs=needs)
    if is_sent:
        other = _other(form.cleaned_data["other"])
        sent = send_brief(brief=brief, to=form.asked(other=other), by=person)
        messages.success(request, _sent_words(len(sent)))
    else:
        messages.success(request, _("Kept as a draft. Only those who coordinate the forum see it."))
    return redirect("briefs:brief", public_id=brief.public_id)


def _other(name: str) -> Organisation | None:
    return find_or_add_organisation(name=name, sector=Sector.EDUCATION) if name.strip() else None


def _sent_words(number: int) -> str:
    told = ngettext("Sent to one educator.", "Sent to %(number)s educators.", number) % {"number": in_words(number)}
    return capital(told) + " " + _("Those who voiced the needs are told.")


@requires("briefs.send_brief", of=brief_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: Request, brief: Brief) -> HttpResponse:
    """To more educators than before."""
    has_it = {one.organisation_id for one in brief.recipients.all()}
    wanted = [concept.pk for concept in brief.skills.all()]
    askable = [one for one in educators(wanted) if one.organisation.pk not in has_it]
    is_posted = request.method == "POST"
    form = SendForm(request.POST if is_posted else None, educators=askable)
    if is_posted and form.is_valid():
        asked = form.asked(other=_other(form.cleaned_data["other"]))
        number = len(send_brief(brief=brief, to=asked, by=the_person(request.viewer.person)))
        told = ngettext("Sent to one more educator.", "Sent to %(number)s more educators.", number)
        messages.success(request, told % {"number": in_words(number)})
        return redirect("briefs:brief", public_id=brief.public_id)
    options = _options(askable, chosen=request.POST.getlist("to"))
    context = {"brief": brief, "form": form, "educators": options}
    return render(request, "briefs/send.html", context, status=422 if is_posted else 200)


@requires("briefs.send_brief", of=brief_or_404)
@require_POST
def close(request: Request, brief: Brief) -> HttpResponse:
    close_brief(brief=brief, by=the_person(request.viewer.person))
    messages.success(request, _("Closed. What was answered stands."))
    return redirect("briefs:brief", public_id=brief.public_id)
