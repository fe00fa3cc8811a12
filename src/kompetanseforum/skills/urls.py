from django.urls import path

from kompetanseforum.skills import jobs
from kompetanseforum.skills.views import concepts, hearing, importing, judging

app_name = "skills"
urlpatterns = [
    path("sok", concepts.search, name="search"),
    path("ord.json", concepts.words, name="words"),
    path("hor", hearing.heard, name="hear"),
    path("kobling/<slug:public_id>/vurder", judging.judge, name="judge"),
    path("kobling/<slug:public_id>/angre", judging.unjudge, name="unjudge"),
    path("esco", importing.upload, {"job": jobs.import_esco}, name="import"),
    path("esco/hent", importing.fetch, {"job": jobs.fetch_esco}, name="fetch"),
    path("esco/<slug:public_id>", importing.progress, name="upload"),
    path("<str:slug>", concepts.skill, name="skill"),
]
