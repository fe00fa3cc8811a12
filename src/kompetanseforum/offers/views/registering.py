"""An educator registers an offer or changes it; a coordinator releases or ends it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kompetanseforum.core.held import hold
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import TooMany, limit
from kompetanseforum.core.permissions import requires
from kompetanseforum.core.refs import ref
from kompetanseforum.core.sending import new_sending_key
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.offers.actions import change_offer, end_offer, register_offer, release_offer
from kompetanseforum.offers.forms import OfferForm
from kompetanseforum.offers.models import Offer
from kompetanseforum.offers.queries.content import content_of
from kompetanseforum.offers.queries.shown import held_offers, show_offers
from kompetanseforum.offers.rules import (
    MOST_REGISTERED,
    MOST_REGISTERED_SECONDS,
    is_coordinator,
    reason_to_hold,
    reason_to_hold_change,
)
from kompetanseforum.offers.views.reading import offer_or_404
from kompetanseforum.skills.queries import named_concepts

SOURCE = "form"


@requires("offers.register_offer")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Request) -> HttpResponse:
    language = get_language() or "nb"
    asked = named_concepts([request.GET.get("skill", "")[:60]], language=language) if request.GET.get("skill") else []
    form = OfferForm(
        request.POST or None,
        initial={"outcomes": "\n".join(concept.label for concept in asked), "language": language},
    )
    if request.method == "POST" and form.is_valid() and _is_in_time(request, form):
        given = form.cleaned_data
        offer = register_offer(
            content=form.content(),
            source=SOURCE,
            by=request.viewer.person,
            held_reason=reason_to_hold(request.viewer, trap_is_filled=bool(given["website"])),
            sending_key=given["sending_key"],
        )
        if is_coordinator(request.viewer):
            messages.success(request, _("Registered. Everybody can see it now."))
            return redirect("offers:offer", public_id=offer.public_id)
        hold(request, ref(offer))
        return redirect("offers:thanks", public_id=offer.public_id)
    context = {
        "form": form,
        "asked": capital(asked[0].label) if asked else "",
        "is_held": not is_coordinator(request.viewer),
        "sending_key": request.POST.get("sending_key") or new_sending_key(),
    }
    return render(request, "offers/register.html", context, status=422 if request.method == "POST" else 200)


def _is_in_time(request: Request, form: OfferForm) -> bool:
    """False, with words about it, when many have come from one place in a short while; what was typed stays."""
    try:
        limit(request.viewer.network, "offers.register", most=MOST_REGISTERED, per_seconds=MOST_REGISTERED_SECONDS)
    except TooMany as error:
        minutes = in_words(max(2, -(-error.wait_seconds // 60)))
        form.add_error(
            None, _("Many have just written from where you are. Try again in %(count)s minutes.") % {"count": minutes}
        )
        return False
    return True


@requires("offers.change_offer", of=offer_or_404)
@require_safe
def thanks(request: Request, offer: Offer) -> HttpResponse:
    return render(request, "offers/thanks.html", {"offer": offer})


@requires("offers.change_offer", of=offer_or_404)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, offer: Offer) -> HttpResponse:
    before = content_of(offer)
    form = OfferForm(request.POST or None, before=before, initial=OfferForm.initial_of(before))
    if request.method == "POST" and form.is_valid() and _is_in_time(request, form):
        content = form.content()
        is_changed = change_offer(
            offer=offer,
            content=content,
            by=request.viewer.person,
            held_reason=reason_to_hold_change(
                request.viewer,
                url_is_new=content.url not in ("", before.url),
                trap_is_filled=bool(form.cleaned_data["website"]),
            ),
        )
        messages.success(
            request, _("Changed. What it said before is kept.") if is_changed else _("Nothing was changed.")
        )
        return redirect("offers:offer", public_id=offer.public_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "offers/change.html", {"offer": offer, "form": form}, status=status)


@requires("offers.change_offer", of=offer_or_404)
@require_POST
def end(request: Request, offer: Offer) -> HttpResponse:
    end_offer(offer=offer, by=request.viewer.person)
    messages.success(request, _("Ended. It is kept with its history, but found in no list."))
    return redirect("offers:held_for_look" if offer.held_reason and is_coordinator(request.viewer) else "offers:offers")


@requires("offers.release_offer", of=offer_or_404)
@require_POST
def release(request: Request, offer: Offer) -> HttpResponse:
    release_offer(offer=offer, by=request.viewer.person)
    messages.success(request, _("Released. Everybody can see it now."))
    return redirect("offers:held_for_look")


@requires("offers.see_held")
@require_safe
def held_for_look(request: Request) -> HttpResponse:
    """Held until a coordinator has looked."""
    return render(request, "offers/held_for_look.html", {"rows": show_offers(held_offers())})
