"""What the forum hears in words, as chips for a form; live while one types."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kompetanse.linking import guess_language
from kompetanseforum.core.http import Request
from kompetanseforum.core.limits import limit
from kompetanseforum.core.permissions import public
from kompetanseforum.core.templatetags.ui import ChipOption
from kompetanseforum.core.text import capital
from kompetanseforum.skills.queries import MOST_CHARACTERS, Heard, hear


@public
@require_POST
def heard(request: Request) -> HttpResponse:
    limit(request.viewer.network, "skills.hear", most=120, per_seconds=60)
    words = request.POST.get("words", "")[:MOST_CHARACTERS]
    language = request.POST.get("language", "")
    found = hear(words, language=language if language in ("nb", "nn", "en") else guess_language(words))
    return render(request, "skills/_heard.html", {"chips": [chip(one) for one in found]})


def chip(heard: Heard) -> ChipOption:
    """One chip with its why: from «sveise aluminium», or perhaps."""
    words = " … ".join(heard.cause_words)
    before = _("from «") if heard.is_sure else _("perhaps, from «")
    return ChipOption(
        value=heard.slug,
        label=capital(heard.label),
        is_checked=heard.is_sure,
        why=((before, False), (words, True), ("»", False)),
    )
