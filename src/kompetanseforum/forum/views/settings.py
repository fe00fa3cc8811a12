"""What the forum is called, how it looks and what it says of itself, for coordinators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kompetanseforum.accounts.queries import came_in_strongly
from kompetanseforum.core.http import Request
from kompetanseforum.core.permissions import requires
from kompetanseforum.forum.actions import change_forum
from kompetanseforum.forum.forms import SettingsForm
from kompetanseforum.forum.queries import this_forum


@requires("forum.change_forum")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request) -> HttpResponse:
    form = SettingsForm.of(this_forum(), request.POST or None)
    if request.method == "POST" and form.is_valid() and not _shuts_out(request, form):
        assert request.viewer.person is not None  # the permission asks for a role, and only people have roles
        change_forum(by=request.viewer.person, values=form.cleaned_data)
        messages.success(request, _("Changed. Everybody sees it from now on."))
        return redirect("forum:settings")
    return render(request, "forum/settings.html", {"form": form}, status=422 if request.method == "POST" else 200)


def _shuts_out(request: Request, form: SettingsForm) -> bool:
    """Whoever asks it of the others has shown that it works."""
    if form.cleaned_data["demands_passkey"] and not this_forum().demands_passkey and not came_in_strongly(request):
        form.add_error("demands_passkey", form.fields["demands_passkey"].error_messages["alone"])
        return True
    return False
