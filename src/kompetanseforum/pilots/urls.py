from django.urls import path

from kompetanseforum.pilots.views import notes, reading, recipes, running

app_name = "pilots"
urlpatterns = [
    path("", reading.pilots, name="pilots"),
    path("laerdom", reading.learnings, name="learnings"),
    path("ny", running.start, name="start"),
    path("ny/av-lapper/<slug:public_id>", notes.from_notes, name="from_notes"),
    path("oppskrift", recipes.bring_in, name="bring_in"),
    path("logg/<slug:public_id>/vedlegg", reading.attached, name="attached"),
    path("<slug:public_id>", reading.pilot, name="pilot"),
    path("<slug:public_id>/oppskrift.json", recipes.take_out, name="recipe"),
    path("<slug:public_id>/endre", running.change, name="change"),
    path("<slug:public_id>/logg", running.log, name="log"),
    path("<slug:public_id>/laerdom", running.learn, name="learn"),
    path("<slug:public_id>/avgjor", running.decide, name="decide"),
]
