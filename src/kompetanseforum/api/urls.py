from django.urls import URLPattern, path, re_path

from kompetanseforum.api.views import answering, description, systems, webhooks
from kompetanseforum.api.views.interface import interface

# Ninja has a pattern for each method; an address is one. Its last is the root, where nothing is.
_operations = {str(found.pattern): found for found in reversed(interface.urls[0][:-1]) if isinstance(found, URLPattern)}

app_name = "api"
urlpatterns = [
    path("apne-data/api", description.page, name="page"),
    path("apne-data/katalog.ttl", description.catalogue, name="catalogue"),
    path("skrivebord/systemer", systems.systems, name="systems"),
    path("skrivebord/systemer/nokkel", systems.make, name="make_token"),
    path("skrivebord/systemer/nokkel/<slug:public_id>/trekk", systems.revoke, name="revoke_token"),
    path("skrivebord/systemer/varsel", webhooks.add, name="add_webhook"),
    path("skrivebord/systemer/varsel/<slug:public_id>/stans", webhooks.stop, name="stop_webhook"),
    path("skrivebord/systemer/varsel/<slug:public_id>/start", webhooks.start, name="start_webhook"),
    path("skrivebord/systemer/varsel/<slug:public_id>/fjern", webhooks.remove, name="remove_webhook"),
    path("api/v1/openapi.json", description.openapi, name="openapi"),
    *(
        path(f"api/v1/{address}", answering.answering(found.callback), name=found.name)
        for address, found in reversed(_operations.items())
    ),
    re_path(r"^api/.*$", answering.nothing_here, name="nothing"),
]
