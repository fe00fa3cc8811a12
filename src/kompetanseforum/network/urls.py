from django.urls import path

from kompetanseforum.network.views import directory, talks

app_name = "network"
urlpatterns = [
    path("", directory.everybody, name="directory"),
    path("meg", directory.mine, name="mine"),
    path("samtaler", talks.talks, name="talks"),
    path("samtaler/<slug:public_id>/svar", talks.answer, name="answer"),
    path("<slug:public_id>", directory.card, name="card"),
    path("<slug:public_id>/be-om-samtale", talks.ask, name="ask"),
]
