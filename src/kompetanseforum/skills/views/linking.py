"""How words and skills are linked: the public page, and the coordinators' pages of indices and of hearing anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import public, requires
from kompetanseforum.skills.actions.indexing import ask_for_index
from kompetanseforum.skills.actions.local_words import let_word_stand, take_back_word
from kompetanseforum.skills.actions.relinking import ask_to_relink
from kompetanseforum.skills.imports import Bench, BenchRow, bench_figures
from kompetanseforum.skills.models import LocalWord
from kompetanseforum.skills.queries import named
from kompetanseforum.skills.queries.indexing import index_under_way, indices, live_index
from kompetanseforum.skills.queries.local_words import local_word_by_id, local_words
from kompetanseforum.skills.queries.relinking import (
    all_words,
    changes_of,
    relinking_by_id,
    relinking_under_way,
    relinkings,
    shown_changes,
)

PER_PAGE = 50


class Job(Protocol):
    """A job of jobs.py; urls.py gives it, since views and jobs are strangers."""

    def enqueue(self, public_id: str) -> object: ...


@public
@require_safe
def how(request: Request) -> HttpResponse:
    """For anybody: how it works, how good it is, and where it fails."""
    bench = bench_figures()
    rows = [shown for row in bench.rows if row.is_ours and (shown := _measured(row, bench))]
    return render(request, "skills/how.html", {"rows": rows, "bench": bench, "live": live_index()})


@dataclass(frozen=True, slots=True)
class Measured:
    """One set as the page tells it; shares in per cent."""

    name: str
    ours: float
    best_other: float
    is_seen: bool


def _measured(row: BenchRow, bench: Bench) -> Measured | None:
    """None for a set that says nothing to people outside."""
    name = set_name(row.set)
    others = [one.rp5 for one in bench.rows if one.set == row.set and not one.is_ours]
    return Measured(name, row.rp5, max(others, default=0.0), row.is_seen) if name else None


def set_name(code: str) -> str:
    """What a set of the bench is, in words."""
    return {
        "needs_unseen": _("Needs in Norwegian that nobody looked at while it was made"),
        "needs_seen": _("Needs in Norwegian that it was made with"),
        "tech_test": _("Sentences of English job ads in technology"),
        "official_norwegian_labels": _("ESCO's official Norwegian names"),
    }.get(code, "")


@requires("skills.renew_links")
@require_safe
def overview(request: Request) -> HttpResponse:
    words, over = local_words(), relinkings()
    labels = {one.uri: one for one in named([word.concept for word in words], language=get_language() or "nb")}
    context = {
        "live": live_index(),
        "building": index_under_way(),
        "indices": indices(),
        "relinking": relinking_under_way(),
        # Whoever saw it under way is told when it is over.
        "heard": next((one for one in over if one.public_id == request.GET.get("hort")), None),
        "relinkings": over,
        "words": [(word, labels[word.concept.uri]) for word in words if word.concept.uri in labels],
    }
    template = "skills/_under_way.html" if request.htmx else "skills/linking.html"
    return render(request, template, context)


@requires("skills.renew_links")
@require_POST
def build(request: Request, job: Job) -> HttpResponse:
    ask_for_index(by=request.viewer.person, enqueue=job.enqueue)
    return redirect("skills:linking")


@requires("skills.renew_links")
@require_POST
def renew(request: Request, job: Job) -> HttpResponse:
    ask_to_relink(total=sum(1 for _words in all_words()), by=request.viewer.person, enqueue=job.enqueue)
    return redirect("skills:linking")


@requires("skills.renew_links")
@require_safe
def changes(request: Request, public_id: str) -> HttpResponse:
    """What one hearing changed, thing by thing."""
    relinking = relinking_by_id(public_id)
    if relinking is None:
        raise Http404
    page = Paginator(changes_of(relinking), PER_PAGE).get_page(request.GET.get("side"))
    context = {"relinking": relinking, "page": page, "rows": shown_changes(page)}
    return render(request, "skills/changes.html", context)


def word_or_404(public_id: str) -> LocalWord:
    word = local_word_by_id(public_id)
    if word is None:
        raise Http404
    return word


@requires("skills.take_back_word", of=word_or_404)
@require_POST
def take_back(request: Request, word: LocalWord) -> HttpResponse:
    if request.viewer.actor is not None:
        take_back_word(word=word, by=request.viewer.actor)
    undo = reverse("skills:let_stand", kwargs={"public_id": word.public_id})
    messages.success(
        request, _("«%(words)s» no longer means it here.") % {"words": word.text}, extra_tags=f"undo {undo}"
    )
    return redirect("skills:linking")


@requires("skills.take_back_word", of=word_or_404)
@require_POST
def let_stand(request: Request, word: LocalWord) -> HttpResponse:
    let_word_stand(word=word)
    messages.success(request, _("Undone."))
    return redirect("skills:linking")
