from django.urls import path

from kompetanseforum.minutes.views import bringing, deciding

app_name = "minutes"
urlpatterns = [
    path("", bringing.everything, name="all"),
    path("fra-mote/<slug:public_id>", bringing.from_meeting, name="from_meeting"),
    path("<slug:public_id>", deciding.minutes, name="minutes"),
    path("<slug:public_id>/slett", bringing.delete, name="delete"),
    path("setning/<slug:public_id>/tilbake", deciding.reconsider, name="reconsider"),
]
