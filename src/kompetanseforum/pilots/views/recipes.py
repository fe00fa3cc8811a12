"""A pilot taken out as a recipe, and one from another forum brought in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.forum.queries import this_forum
from kompetanseforum.pilots.exports import recipe_response
from kompetanseforum.pilots.forms import PlanForm, RecipeForm, first_plan
from kompetanseforum.pilots.models import Decision, Pilot
from kompetanseforum.pilots.views.reading import pilot_or_404


@requires("pilots.see_pilot", of=pilot_or_404)
@require_safe
def take_out(request: Request, pilot: Pilot) -> HttpResponse:
    return recipe_response(pilot, forum=this_forum())


@requires("pilots.start_pilot")
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """The file is read into the form of a new pilot; nothing is kept before that form is sent."""
    is_sent = request.method == "POST"
    form = RecipeForm(request.POST, request.FILES) if is_sent else RecipeForm()
    if is_sent and form.is_valid():
        recipe = form.cleaned_data["file"]
        context = {
            "form": PlanForm(initial=first_plan(request.viewer, recipe=recipe)),
            "recipe": recipe,
            "decision": dict(Decision.choices).get(recipe.decision, ""),
        }
        return render(request, "pilots/start.html", context)
    return render(request, "pilots/bring_in.html", {"form": form}, status=422 if is_sent else 200)
