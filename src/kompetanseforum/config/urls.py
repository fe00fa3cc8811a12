"""Every address, capability by capability."""

from django.urls import include, path

urlpatterns = [
    path("", include("kompetanseforum.home.urls")),
    path("", include("kompetanseforum.core.urls")),
    path("", include("kompetanseforum.forum.urls")),
    path("", include("kompetanseforum.accounts.urls")),
    path("virksomheter/", include("kompetanseforum.organisations.urls")),
    path("innhenting/", include("kompetanseforum.intake.urls")),
    path("kompetanse/", include("kompetanseforum.skills.urls")),
    path("trad/", include("kompetanseforum.threads.urls")),
    path("behov/", include("kompetanseforum.needs.urls")),
    path("tilbud/", include("kompetanseforum.offers.urls")),
    path("moteplasser/", include("kompetanseforum.events.urls")),
    path("ideer/", include("kompetanseforum.ideas.urls")),
    path("referat/", include("kompetanseforum.minutes.urls")),
    path("utfordringer/", include("kompetanseforum.challenges.urls")),
    path("foresporsler/", include("kompetanseforum.briefs.urls")),
    path("nytt-tilbud/", include("kompetanseforum.codesign.urls")),
    path("tavler/", include("kompetanseforum.boards.urls")),
    path("hvem-er-med/", include("kompetanseforum.network.urls")),
    path("piloter/", include("kompetanseforum.pilots.urls")),
    path("forankring/", include("kompetanseforum.anchoring.urls")),
    path("resultater/", include("kompetanseforum.results.urls")),
    path("", include("kompetanseforum.insight.urls")),
    path("udekket/", include("kompetanseforum.gapmap.urls")),
    path("", include("kompetanseforum.api.urls")),
]

handler400 = "kompetanseforum.core.views.bad_request"
handler403 = "kompetanseforum.core.views.forbidden"
handler404 = "kompetanseforum.core.views.not_found"
handler500 = "kompetanseforum.core.views.server_error"
