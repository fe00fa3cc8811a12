from django.urls import path, re_path

from kompetanseforum.offers.views import reading, registering

app_name = "offers"
urlpatterns = [
    path("", reading.offers, name="offers"),
    re_path(r"^alle\.(?P<extension>csv|json)$", reading.export, name="export"),
    path("nytt", registering.register, name="register"),
    path("holdt", registering.held_for_look, name="held_for_look"),
    path("takk/<slug:public_id>", registering.thanks, name="thanks"),
    path("hvorfor/<slug:link>", reading.why, name="why"),
    path("<slug:public_id>", reading.offer, name="offer"),
    path("<slug:public_id>/endre", registering.change, name="change"),
    path("<slug:public_id>/avslutt", registering.end, name="end"),
    path("<slug:public_id>/slipp-fram", registering.release, name="release"),
    path("<slug:public_id>/endret/<slug:number>", reading.version, name="version"),
]
