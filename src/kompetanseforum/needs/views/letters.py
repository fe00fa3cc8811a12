"""The two small doors of a letter: "did it help?" and "no more letters". Opening one changes nothing; its button does."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.needs.actions import say_if_helped, stop_letters
from kompetanseforum.needs.forms import HelpedForm
from kompetanseforum.needs.models import Voice
from kompetanseforum.needs.queries.shown import letter_secret, voice_by_letter_secret


def _voice_or_404(request: Request, secret: str) -> Voice:
    limit(request.viewer.network, "needs.letter", most=60, per_seconds=600)
    voice = voice_by_letter_secret(secret.strip().lower())
    if voice is None or voice.withdrawn_at is not None:
        raise Http404
    return voice


@public
@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: Request, secret: str) -> HttpResponse:
    voice = _voice_or_404(request, secret)
    is_sent = request.method == "POST"
    form = HelpedForm(request.POST if is_sent else None, initial={"helped": request.GET.get("svar", voice.helped)})
    if is_sent and form.is_valid():
        say_if_helped(
            voice=voice, helped=form.helped_given(), words=form.cleaned_data["words"], by=request.viewer.person
        )
        messages.success(request, _("Thank you. We have noted it."))
        return redirect("needs:need", public_id=voice.need.public_id)
    context = {"voice": voice, "helped_form": form, "helped_url": helped_url(voice)}
    return render(request, "needs/helped.html", context, status=422 if is_sent else 200)


def helped_url(voice: Voice) -> str:
    return reverse("needs:helped", kwargs={"secret": letter_secret(voice)})


# A mail program posts here for its reader, without a page of ours before it (RFC 8058); the secret is all there is.
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, secret: str) -> HttpResponse:
    voice = _voice_or_404(request, secret)
    if request.method == "POST":
        stop_letters(voice)
    return render(request, "needs/stop_letters.html", {"is_stopped": request.method == "POST"})
