from django.urls import path

from kompetanseforum.skills import jobs
from kompetanseforum.skills.views import concepts, hearing, importing, judging, linking

app_name = "skills"
urlpatterns = [
    path("sok", concepts.search, name="search"),
    path("ord.json", concepts.words, name="words"),
    path("hor", hearing.heard, name="hear"),
    path("kobling/<slug:public_id>/vurder", judging.judge, name="judge"),
    path("kobling/<slug:public_id>/angre", judging.unjudge, name="unjudge"),
    path("slik-kobler-vi", linking.how, name="how"),
    path("kobling", linking.overview, name="linking"),
    path("kobling/bygg", linking.build, {"job": jobs.build_index}, name="build"),
    path("kobling/hor-pa-nytt", linking.renew, {"job": jobs.relink_words}, name="renew"),
    path("kobling/endret/<slug:public_id>", linking.changes, name="changes"),
    path("kobling/ord/<slug:public_id>/ta-tilbake", linking.take_back, name="take_back"),
    path("kobling/ord/<slug:public_id>/la-sta", linking.let_stand, name="let_stand"),
    path("esco", importing.upload, {"job": jobs.import_esco}, name="import"),
    path("esco/hent", importing.fetch, {"job": jobs.fetch_esco}, name="fetch"),
    path("esco/folg", importing.follow, name="follow_esco"),
    path("esco/<slug:public_id>", importing.progress, name="upload"),
    path("<str:slug>", concepts.skill, name="skill"),
]
