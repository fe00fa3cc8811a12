from django.urls import URLPattern, path, re_path

from kompetanseforum.api.views import answering, description, tokens
from kompetanseforum.api.views.interface import interface

# Ninja has a pattern for each method; an address is one. Its last is the root, where nothing is.
_operations = {str(found.pattern): found for found in reversed(interface.urls[0][:-1]) if isinstance(found, URLPattern)}

app_name = "api"
urlpatterns = [
    path("apne-data/api", description.page, name="page"),
    path("skrivebord/systemer", tokens.systems, name="systems"),
    path("skrivebord/systemer/nokkel", tokens.make, name="make_token"),
    path("skrivebord/systemer/nokkel/<slug:public_id>/trekk", tokens.revoke, name="revoke_token"),
    path("api/v1/openapi.json", description.openapi, name="openapi"),
    *(
        path(f"api/v1/{address}", answering.answering(found.callback), name=found.name)
        for address, found in reversed(_operations.items())
    ),
    re_path(r"^api/.*$", answering.nothing_here, name="nothing"),
]
