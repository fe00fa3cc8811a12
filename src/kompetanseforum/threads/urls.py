from django.urls import path

from kompetanseforum.threads.views import reading

app_name = "threads"
urlpatterns = [
    path("knytning/<slug:public_id>/ta-tilbake", reading.take_back, name="take_back"),
    path("<str:thing>", reading.thread, name="thread"),
]
